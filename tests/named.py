"""The objects that addresses are about: one of each kind; what is somebody's is one person's."""

import json
from decimal import Decimal
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.usersessions.models import UserSession
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from headless.tokens.services import make_token
from headless.webhooks.services import endpoints
from pluc.outbox.models import Mail
from portal.accounts.models import Person, PersonNote, User
from portal.announcements.models import Announcement
from portal.attendance.codes import person_code, room_code
from portal.attendance.models import HoursRule, Mark, Photograph, WalkIn
from portal.contact.models import ContactMessage
from portal.enrolments import order_links
from portal.enrolments.links import token_of
from portal.enrolments.models import BillingExport, Enrolment, Provenance
from portal.materials.models import Material, Version
from portal.meetings.models import Meeting
from portal.newsletter.models import Subscription
from portal.organisations.models import Organisation
from tests.certificates import give_certificate
from tests.enrolling import attendee, enrol
from tests.factories import AuthorFactory, PersonFactory, UserFactory, image_file
from tests.issues import write_issue
from tests.legal.versions import VersionPageFactory, statement_page
from tests.mailings import approved_issue
from tests.planning import (
    AccreditationFactory,
    ContactFactory,
    MeetingFactory,
    OrganisationFactory,
    SchemeFactory,
    SpeakerFactory,
    in_days,
)
from tests.receivers import endpoint_at
from tests.supplying import supply


def public_key() -> dict[str, Any]:
    """What a browser hands over when a passkey is added."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    data = AuthenticatorData.create(
        rp_id_hash=bytes(32),
        flags=AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT,
        counter=0,
        credential_data=AttestedCredentialData.create(bytes(16), b"telefoon", key),
    )
    client = {"type": "webauthn.create", "challenge": "", "origin": settings.PORTAL_URL}
    response = {
        "clientDataJSON": websafe_encode(json.dumps(client).encode()),
        "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
    }
    name = websafe_encode(b"telefoon")
    return {"id": name, "rawId": name, "type": "public-key", "response": response}


def names_of_a_place(participant: User) -> dict[str, object]:
    """A meeting that the participant has a place in, and what it is made of."""
    meeting = MeetingFactory(state=Meeting.State.DEFINITE, price=Decimal(195))
    accreditation = AccreditationFactory(meeting=meeting)
    person = attendee(is_payer=True, email=participant.email)
    (enrolment,) = enrol(meeting, person, user=participant)
    client = OrganisationFactory(is_client=True)
    closed = MeetingFactory(format=Meeting.Format.IN_COMPANY, client=client)
    return {
        "meeting": meeting.pk,
        "code": meeting.code,
        "closed_code": closed.code,
        "enrolment": enrolment.pk,
        "token": token_of(enrolment),
        # Nobody has read which page it is.
        "photograph": Photograph.objects.create(meeting=meeting, file=image_file("pagina.jpg")).pk,
        "order_token": order_links.token_of(enrolment.booking),
        "export": BillingExport.objects.create().pk,
        "course": meeting.course_id,
        "venue": meeting.venue_id,
        "one_speaker": SpeakerFactory().pk,
        "subject": meeting.course.subject_id,
        "region": meeting.venue.region_id,
        "scheme": accreditation.scheme_id,
        "policy": meeting.policy_id,
        "organisation": client.pk,
        "contact": ContactFactory(organisation=client, person=participant.person).pk,
    }


def source_of(person: Person, bureau: Organisation) -> Provenance:
    return Provenance.objects.create(
        person=person, organisation=bureau, supplied_by=bureau.name, failed_at=timezone.now()
    )


def names_of_a_day(participant: User, speaker: User, contact: User) -> dict[str, object]:
    """A meeting in two days with attendance and material; who takes part, gives it, and bought it.

    `speaker` is one of its speakers, `contact` acts for the client; `person_code` and `room_code`
    are what stands in the codes of its participant and its room.
    """
    client = OrganisationFactory(is_client=True)
    ContactFactory(organisation=client, person=contact.person)
    meeting = MeetingFactory(
        format=Meeting.Format.IN_COMPANY,
        client=client,
        state=Meeting.State.DEFINITE,
        day=in_days(2),
    )
    meeting.speakers.add(SpeakerFactory(person=speaker.person))
    (place,) = enrol(meeting, attendee(email=participant.email), user=participant, as_staff=True)
    Enrolment.objects.filter(pk=place.pk).update(person=participant.person)
    session = meeting.sessions.get()
    mark = Mark.objects.create(
        session=session, enrolment=place, kind="in", at=session.starts_at, source="office"
    )
    material = Material.objects.create(
        meeting=meeting, title="Uitreiking", moment="enrolled", approved_at=timezone.now()
    )
    bureau = OrganisationFactory(is_bureau=True)
    ContactFactory(organisation=bureau, person=contact.person, scope="bureau")
    agreed = MeetingFactory(partner=bureau)
    list_of_people = supply(participant, meeting=agreed, organisation=bureau)
    return {
        "agreed_meeting": agreed.pk,
        "agreed_code": agreed.code,
        "supply": list_of_people.pk,
        "source": source_of(place.person, bureau).pk,
        "day_meeting": meeting.pk,
        "day_code": meeting.code,
        "day_session": session.pk,
        "day_enrolment": place.pk,
        "certificate": give_certificate(place, person=participant.person).pk,
        "mark": mark.pk,
        "rule": HoursRule.objects.get_or_create(scheme=SchemeFactory())[0].pk,
        "walk_in": WalkIn.objects.create(meeting=meeting, last_name="Inloper").pk,
        "material": material.pk,
        "version": version_of(material).pk,
        "own_material": own_material(meeting, speaker).pk,
        "person_code": person_code(place.pk),
        "room_code": room_code(session.pk, timezone.now()),
        "speakers_person": speaker.person_id,
        "contacts_person": contact.person_id,
    }


def own_material(meeting: Meeting, speaker: User) -> Material:
    """What a speaker added, and nobody has released yet."""
    material = Material.objects.create(meeting=meeting, title="Dia's", added_by=speaker)
    version_of(material)
    return material


def version_of(material: Material) -> Version:
    """A file of it that its scan let go."""
    return Version.objects.create(
        material=material,
        number=1,
        file=ContentFile(b"cijfers", f"{material.pk}.txt"),
        name="uitreiking.txt",
        content_type="text/plain",
        size=7,
        sha256="0" * 64,
        scan="clean",
    )


def names_of_a_webhook() -> dict[str, object]:
    """An endpoint, and a message to it."""
    endpoint, _secret = endpoint_at("https://hook.peren.example/")
    message = endpoints.send_test(endpoint_id=endpoint.pk, by=UserFactory())
    return {"webhook": endpoint.pk, "webhook_message": message.pk}


def named_objects(participant: User) -> dict[str, object]:
    """By the names that addresses have for them (`tests.matrix`)."""
    passkey = Authenticator.objects.create(
        user=participant,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Telefoon", "credential": public_key()},
    )
    RecoveryCodes.activate(participant)
    session = UserSession.objects.create(
        user=participant, ip="127.0.0.1", session_key="elders", user_agent="Een telefoon"
    )
    record = PersonFactory(email=participant.email)
    announcement = Announcement.objects.create(
        subject="Verhuisd", text="Kom langs.", subject_en="Moved", text_en="Come by."
    )
    message = ContactMessage.objects.create(
        name="Puck", email="puck@klant.example", text="Hoi", language="nl", fingerprint="1"
    )
    mail = Mail.objects.create(
        event="1", template="1", recipient="puck@klant.example", message=b"Subject: Hoi\n\nHoi"
    )
    token, _ = make_token(
        organisation=OrganisationFactory(), name="x", scopes=["read"], last_day=in_days(9), by=None
    )
    subscription = Subscription.objects.create(
        email="puck@klant.example", normal_email="puck@klant.example"
    )
    return names_of_a_place(participant) | {
        "passkey": passkey.pk,
        "subscription": subscription.pk,
        "session": session.pk,
        "record": record.pk,
        "announcement": announcement.pk,
        "mailing": approved_issue(state="paused", started_at=timezone.now()).pk,
        "issue": write_issue()["nl"].pk,
        **names_of_a_webhook(),
        "message": message.pk,
        "api_token": token.pk,
        "mail": mail.pk,
        "person": participant.person_id,
        "note": PersonNote.objects.create(person=record, text="Belt liever.").pk,
        "user": participant.pk,
        "statement": VersionPageFactory(parent=statement_page()).pk,
        "author": AuthorFactory().pk,
    }
