"""A person who has rows in every table that the registry calls personal.

What is told of a table by hand is what copies a name, or what the database asks for; the rest is
filled in by column, so that a new table is in it by itself, or fails the test that asks for it.
"""

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.db import IntegrityError, models
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Page, Revision

from headless.offer.models import StoredAnswer
from headless.tokens.models import ApiToken
from legal.consent.models import AnalyticsId, OptOut
from legal.rights.models import Disclosure, Restriction
from legal.rights.queries import subject_of
from legal.rights.registry import REGISTRY, Path
from legal.rights.services import record_disclosure
from pluc.outbox.models import Mail
from portal.accounts.models import (
    AddressChange,
    ClaimDecision,
    Person,
    PersonNote,
    Registration,
    Title,
    User,
)
from portal.accounts.roles import SPEAKERS
from portal.announcements.models import Announcement
from portal.contact.models import ContactMessage, MessageStep
from portal.enrolments.models import Booking, Enrolment, EnrolmentEvent
from portal.enrolments.services import export_billing
from portal.meetings.models import Meeting
from portal.newsletter.models import Mailing, Subscription, SubscriptionStep, Suppression
from portal.newsletter.services.suppressing import suppress
from tests.attending import give_attendance, give_material
from tests.certificates import give_certificate
from tests.factories import PersonFactory, StandardPageFactory, UserFactory, home_page, image_file
from tests.legal.versions import EditionFactory
from tests.planning import ContactFactory, MeetingFactory, OrganisationFactory, SpeakerFactory
from tests.supplying import give_supply

NAME = "Zwaluwstaart"
PHONE = "0612987345"
STREET = "Koolwitjespad 7"


def full_person(name: str = NAME, phone: str = PHONE, street: str = STREET) -> User:
    """A login with rows in every table; all that leads back to them holds one of the words."""
    domain = f"{name.lower()}.example"
    person = PersonFactory(
        first_name="Xandra",
        last_name=name,
        email=f"xandra@{domain}",
        phone=phone,
        street=street,
        invoice_name=f"{name} B.V.",
        invoice_street=street,
        organisation=f"{name} Advies",
        job="controller",
    )
    person.titles.add(Title.objects.get(code="RA"))
    user = UserFactory(person=person)
    give_a_login(user, domain)
    give_places(person)
    give_mail(person)
    give_a_subscription(user)
    give_work(user)
    fill_the_rest(user)
    return user


def give_a_login(user: User, domain: str) -> None:
    """Roles, choices, another address that waits, a session."""
    user.groups.add(Group.objects.get(name=SPEAKERS))
    user.user_permissions.add(Permission.objects.get(codename="view_title"))
    Registration.objects.create(user=user, proven_at=timezone.now())
    ClaimDecision.objects.create(user=user, record=uuid.uuid4(), answer="taken", source="self")
    waiting = EmailAddress.objects.create(user=user, email=f"anders@{domain}")
    AddressChange.objects.create(address=waiting)
    OptOut.objects.create(user=user)
    AnalyticsId.objects.create(user=user)
    session = SessionStore()
    session["who"] = user.email
    session.create()
    UserSession.objects.create(
        user=user, session_key=session.session_key, ip="203.0.113.7", user_agent=domain
    )


def give_places(person: Person) -> None:
    """A place that was paid and billed, and one that they booked for somebody else."""
    now = timezone.now()
    meeting = MeetingFactory(starts_at=now - timedelta(hours=3), ends_at=now, day=None)
    Meeting.objects.filter(pk=meeting.pk).update(price=Decimal(195))
    booking = Booking.objects.create(
        payer=person,
        name=person.full_name,
        email=person.email,
        invoice_name=person.invoice_name,
        invoice_street=person.invoice_street,
        reference=person.last_name,
        price=Decimal(195),
        cancelling_days=14,
        moving_days=14,
        substituting_days=1,
        language="nl",
    )
    place = give_place(meeting, person, booking, number=1)
    other = give_place(meeting, PersonFactory(), booking, number=2)
    user = person.user
    EnrolmentEvent.objects.create(enrolment=place, kind="enrolled", by=user, other=other)
    EnrolmentEvent.objects.create(enrolment=other, kind="enrolled", by=user, other=place)
    export_billing(by=user)
    give_attendance(place)
    give_attendance(other, by=user)
    give_supply(place, by=user)
    give_material(place)
    give_material(other, by=user)
    give_certificate(place)
    give_certificate(other, by=user, person=UserFactory().person)
    give_supply(other, by=user)
    give_stored_answers(booking)
    speaker = SpeakerFactory(person=person, name=person.full_name)
    meeting.speakers.add(speaker)
    log_of(speaker, label=person.full_name)
    ContactFactory(person=person, starts_on=now.date(), ends_on=timezone.localdate())


def give_stored_answers(booking: Booking) -> None:
    """What a partner's program was answered, about a booking of theirs and of somebody else."""
    token = make(ApiToken, organisation=OrganisationFactory(), made_by=None)
    make(StoredAnswer, token=token, booking=booking, supply=None)
    make(StoredAnswer, token=token, booking=None, supply=None)


def give_place(meeting: Meeting, person: Person, booking: Booking, *, number: int) -> Enrolment:
    return Enrolment.objects.create(
        meeting=meeting,
        person=person,
        booking=booking,
        first_name=person.first_name,
        last_name=person.last_name,
        email=person.email,
        organisation=person.organisation,
        queue_number=number,
        identity=uuid.uuid4().hex,
    )


def give_mail(person: Person) -> None:
    """Mails to them and about them, a message, a disclosure, a restriction that was lifted."""
    place = Enrolment.objects.get(person=person)
    for event, recipient, whom in (
        ("welcome", person.email, person),
        ("contact-received", person.email, None),
        (f"replaced:{place.pk.hex}", "ander@elders.example", None),
    ):
        Mail.objects.create(
            event=event,
            recipient=recipient,
            person=whom,
            subject=f"Over {person.full_name}",
            sender="backoffice@pluc.example",
            message=f"Dag {person.full_name}".encode(),
            state=Mail.State.SENT,
        )
    own = {"name": person.full_name, "email": person.email, "phone": person.phone}
    for sender in (own, {"name": "Iemand anders", "email": "iemand@elders.example"}):
        message = ContactMessage.objects.create(
            **sender,
            text=f"Groet, {sender['name']}",
            answered_at=timezone.now(),
            answered_by=person.user,
            taken_by=person.user,
            language="nl",
            fingerprint=uuid.uuid4().hex,
        )
        answered = f"Dag {sender['name']}"
        MessageStep.objects.create(message=message, kind="answer", text=answered, by=person.user)
    record_disclosure(
        people=[person.pk], to="Spreker", kind=Disclosure.Kind.SPEAKER, data="name", ground="P14"
    )
    Restriction.objects.create(person=person, ground="op verzoek", lifted_at=timezone.now())


def give_a_subscription(user: User) -> None:
    """One that they left, and what they did for somebody else's."""
    now = timezone.now()
    own, other = (
        Subscription.objects.create(
            email=email, normal_email=email, person=whose, state="left", left_at=now
        )
        for email, whose in (
            (user.email, user.person),
            (f"{uuid.uuid4().hex[:8]}@elders.example", None),
        )
    )
    SubscriptionStep.objects.create(subscription=own, kind="left", form="account", reason="x")
    SubscriptionStep.objects.create(subscription=other, kind="left", form="back office", by=user)
    suppress(email=user.email, reason=Suppression.Reason.LEFT)


def give_work(user: User) -> None:
    """What somebody leaves who once worked on the site."""
    texts = {"subject": "Nieuws", "text": "Tekst", "subject_en": "News", "text_en": "Text"}
    Announcement.objects.create(written_by=user, changed_by=user, submitted_by=user, **texts)
    now = timezone.now()
    Announcement.objects.create(approved_by=user, approved_at=now, state="sent", **texts)
    Mailing.objects.create(issue_key=uuid.uuid4(), title="Oogst", submitted_by=user)
    Mailing.objects.create(
        issue_key=uuid.uuid4(), title="Pluk", approved_by=user, approved_at=now, starts_at=now
    )
    EditionFactory(version=uuid.uuid4().hex[:10], put_in_force_by=user.pk)
    PersonNote.objects.create(person=PersonFactory(), text="Belt liever.", by=user)
    page = StandardPageFactory(parent=home_page("nl"))
    Page.objects.filter(pk=page.pk).update(owner=user, locked_by=user, locked=True)
    revision = page.save_revision(user=user)
    Revision.objects.filter(pk=revision.pk).update(created_at=now)
    log(page, "wagtail.edit", user=user)
    log_of(Title.objects.get(code="RA"), label="RA", by=user)
    log_of(user.person, label=user.person.full_name)
    log_of(user, label=user.email)


def log_of(row: models.Model, label: str, by: User | None = None) -> None:
    """A line of Wagtail's log as its own screens write it, with a name in it."""
    ModelLogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(row),
        object_id=str(row.pk),
        label=label,
        user=by,
        action="wagtail.edit",
        timestamp=timezone.now(),
        data={"title": label},
    )


# --- By column -----------------------------------------------------------------------------------


def fill_the_rest(user: User) -> None:
    """A row in each linked table that has none yet, by the key that its declaration names."""
    subject = subject_of(person_id=user.person_id)
    for one in REGISTRY.personal:
        path = next((owner.path for owner in one.owners if isinstance(owner, Path)), "")
        if one.is_linked and path and not has_row(one, subject):
            make(one.model, **first_step(one.model, path, user))
            subject = subject_of(person_id=user.person_id)  # more may be theirs by that row


def has_row(one: Any, subject: Any) -> bool:
    return bool(one.model._base_manager.filter(one.rows(subject)).exists())


def first_step(model: Any, path: str, user: User) -> dict[str, Any]:
    """The key that the path begins with, and the row of this person that it points at."""
    key, _, rest = path.partition("__")
    related = model._meta.get_field(key).related_model
    own = {rest or "pk": user.person_id}
    return {key: related._base_manager.filter(**own).first()}


def make(model: Any, **given: Any) -> models.Model:
    """A row with something plausible in every column that has to be filled in."""
    values = {
        column.name: value_of(column)
        for column in model._meta.concrete_fields
        if column.name not in given and is_asked(column)
    }
    row: models.Model
    # Without the signals of libraries, which expect more of a row than its columns ask for.
    try:
        (row,) = model._base_manager.bulk_create([model(**values, **given)])
    except IntegrityError as error:
        error.add_note(f"A constraint asks for more: give {model._meta.label} a row by hand here.")
        raise
    return row


def is_asked(column: Any) -> bool:
    if isinstance(column, models.FileField):
        return True
    is_given = column.has_default() or column.null or column.auto_created
    return not (is_given or (column.primary_key and not column.is_relation))


def value_of(column: Any) -> Any:
    if column.is_relation:
        if column.related_model is ContentType:
            return ContentType.objects.get_for_model(Page)
        if column.related_model is User:
            return UserFactory()  # somebody else's
        found = column.related_model._base_manager.order_by("-pk").first()
        return found or make(column.related_model)
    if isinstance(column, models.FileField):
        return image_file(f"{uuid.uuid4().hex}.png", size=(2, 2))
    return simple_value(column)


def simple_value(column: Any) -> Any:
    match column:
        case models.DateTimeField():
            return timezone.now()
        case models.BooleanField():
            return False
        case models.IntegerField():
            return 1
        case models.UUIDField():
            return uuid.uuid4()
        case models.JSONField():
            return {}
    if column.choices:
        return column.choices[0][0]
    return uuid.uuid4().hex[: column.max_length or 32]
