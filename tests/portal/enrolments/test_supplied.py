"""People whom a bureau supplies are enrolled once, and nothing of them is kept but three fields."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from legal.rights.queries import plan
from legal.rights.services import carry_out, purge, restrict
from pluc.deeds import Refused
from pluc.documents.uploaded import HowToRead
from pluc.outbox.models import Mail
from portal.accounts.models import Person, User
from portal.accounts.search import people_found
from portal.accounts.services import take_record
from portal.enrolments import services
from portal.enrolments.models import (
    Booking,
    Enrolment,
    EnrolmentEvent,
    Provenance,
    Supply,
    SupplyRow,
)
from portal.enrolments.services import applying
from portal.enrolments.services.supplying import (
    AskedForColumns,
    Sent,
    approve,
    discard,
    take_in,
    undo,
)
from portal.enrolments.supply_pages import page_of
from portal.meetings.models import Meeting
from portal.newsletter.models import Subscription
from portal.newsletter.queries.audience import recipients_at
from tests.enrolling import attendee, enrol, states_in
from tests.factories import PersonFactory, UserFactory
from tests.planning import MeetingFactory
from tests.supplying import ROWS, bureau, supplied, supply, work_off
from tests.tables import sheet, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]
SECRET = "123456782"


def fates(found: Supply) -> list[tuple[str, str]]:
    rows = SupplyRow.objects.filter(supply=found).order_by("number")
    return list(rows.values_list("fate", "why"))


@pytest.mark.promise("P18")
def test_three_fields_are_stored_and_nothing_else_of_the_file(back_office: User) -> None:
    head = ("Voornaam", "Tussenvoegsel", "Achternaam", "E-mail", "BSN", "Telefoon")
    row = ("Saar", "de", "Vries", "saar@bureau.example", SECRET, "0612345678")
    organisation = bureau()
    found = take_in(
        meeting=MeetingFactory(),
        organisation=organisation,
        sent=Sent(content=sheet(row, (*row[3::-1], SECRET), head=head), how=HowToRead()),
        by=back_office,
    )
    approve(supply_id=found.pk)
    work_off(found)
    person = Person.objects.get(email="saar@bureau.example")
    assert (person.first_name, person.last_name) == ("Saar", "de Vries")
    assert (person.source, person.supplied_by) == ("supplied", organisation.name)
    assert not person.phone
    assert list(people_found("vries saar", limit=9)) == [person.pk]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert not [row for row in cursor.fetchall() if SECRET in str(row)], table


def test_nobody_pays_and_the_bureau_stands_in_the_booking(back_office: User) -> None:
    meeting, organisation = MeetingFactory(price=195), bureau()
    supplied(back_office, meeting=meeting, organisation=organisation)
    booking = Booking.objects.get(supplied_by=organisation)
    assert (booking.name, booking.payer, booking.email) == (organisation.name, None, "")
    assert booking.price == 0
    places = Enrolment.objects.filter(booking=booking)
    assert {one.organisation for one in places} == {""}
    assert (
        list(EnrolmentEvent.objects.values_list("kind", "by")) == [("enrolled", back_office.pk)] * 2
    )
    assert not Mail.objects.exists()


def test_whoever_finds_no_place_waits_in_the_order_of_the_file(back_office: User) -> None:
    meeting = MeetingFactory(capacity=3)
    enrol(meeting)
    rows = [f"Saar;Vries {name};{name}@b.example" for name in "abcd"]
    supplied(back_office, *rows, meeting=meeting)
    assert states_in(meeting) == ["enrolled"] * 3 + ["waiting"] * 2
    meeting.refresh_from_db()
    assert (meeting.taken, meeting.waiting) == (3, 2)
    supplied(back_office, "Laat;Komer;l@b.example", meeting=meeting)
    assert states_in(meeting)[-1] == "waiting"


def test_each_row_has_its_fate_and_keeps_it_when_sent_again(back_office: User) -> None:
    meeting, organisation = MeetingFactory(), bureau()
    account = UserFactory(person__first_name="Dirk", person__last_name="Deelnemer")
    other = UserFactory(person__first_name="Iemand", person__last_name="Anders")
    kept = PersonFactory(first_name="Rust", last_name="Roest", email="rust@b.example")
    restrict(person_id=kept.pk, ground="op verzoek", by=None)
    enrol(meeting, attendee(1))
    rows = (
        "Saar;de Vries;saar@b.example",
        f"dirk;DEELNEMER;{account.email}",
        f"Saar;de Vries;{other.email}",  # a proven mailbox with another name: an assistant's
        "Rust;Roest;RUST@b.example",
        "Guus;Gast 1;guus1@kantoor.example",
        "Saar;de Vries;saar@b.example",
        ";;",
    )
    expected = [
        ("new", ""),
        ("matched", "account"),
        ("new", ""),
        ("conflict", "restricted"),
        ("conflict", "enrolled"),
        ("error", "twice"),
    ]
    first = supplied(back_office, *rows, meeting=meeting, organisation=organisation)
    assert fates(first) == expected
    assert Enrolment.objects.filter(meeting=meeting, person=account.person).exists()
    assert not Enrolment.objects.filter(person__in=[other.person, kept]).exists()
    people = Person.objects.count()
    again = supplied(back_office, *rows, meeting=meeting, organisation=organisation)
    assert fates(again)[:3] == [("matched", "there")] * 3
    organisation.name = "Anders genoemd"
    organisation.save()
    elsewhere = supplied(back_office, *rows, organisation=organisation)
    assert fates(elsewhere)[:3] == [
        *(("matched", "record"), ("matched", "account"), ("matched", "record")),
    ]
    assert Person.objects.count() == people + 1  # Guus, of whom this bureau knows nothing
    of_another = supplied(back_office, rows[0])
    assert fates(of_another) == [("new", "")]


def test_what_becomes_of_a_row_is_decided_when_it_happens(back_office: User) -> None:
    meeting = MeetingFactory()
    found = supply(back_office, "Guus;Gast 1;guus1@kantoor.example", meeting=meeting)
    assert fates(found) == [("new", "")]
    enrol(meeting, attendee(1))
    approve(supply_id=found.pk)
    work_off(found)
    assert fates(found) == [("conflict", "enrolled")]
    assert len(states_in(meeting)) == 1


@pytest.mark.promise("P23")
def test_somebody_erased_is_new_again_and_nothing_of_them_comes_back(back_office: User) -> None:
    organisation = bureau()
    found = supplied(back_office, "Saar;Vries;saar@b.example", organisation=organisation)
    person = Person.objects.get(email="saar@b.example")
    services.cancel(
        enrolment_id=Enrolment.objects.get(person=person).pk, by=back_office, as_staff=True
    )
    carry_out(agreed=plan(person_id=person.pk), by=None)
    assert not SupplyRow.objects.filter(email="saar@b.example", supply=found).exists()
    again = supplied(back_office, "Saar;Vries;saar@b.example", organisation=organisation)
    assert fates(again) == [("new", "")]
    assert Provenance.objects.get().told_at is None


# --- The worker ----------------------------------------------------------------------------------


def test_a_worker_that_is_killed_leaves_each_row_applied_once(back_office, monkeypatch) -> None:
    meeting = MeetingFactory(capacity=50)
    rows = [f"Saar;Vries {n};s{n}@b.example" for n in range(10)]
    found = supply(back_office, *rows, meeting=meeting)
    approve(supply_id=found.pk)
    assert applying.work_on(supply_id=found.pk, chunk=4)

    def killed(*args: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(applying, "note_sources", killed)
        with pytest.raises(SystemExit):
            applying.work_on(supply_id=found.pk, chunk=4)
    assert Enrolment.objects.count() == Person.objects.filter(source="supplied").count() == 4
    found.refresh_from_db()
    assert (found.state, found.done) == ("applying", 4)
    work_off(found, chunk=4)
    assert (found.state, found.done, Enrolment.objects.count()) == ("applied", 10, 10)
    assert not applying.work_on(supply_id=found.pk)  # a task that comes too late
    assert Enrolment.objects.count() == 10


def queries_for(back_office: User, number: int) -> int:
    rows = [f"Saar;Vries {n};s{number}-{n}@b.example" for n in range(number)]
    found = supply(back_office, *rows, meeting=MeetingFactory(capacity=number))
    approve(supply_id=found.pk)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        applying.work_on(supply_id=found.pk)
    return len([one for one in queries if one["sql"].startswith(("SELECT", "UPDATE"))])


def test_three_rows_cost_as_many_statements_as_one(back_office: User) -> None:
    assert queries_for(back_office, 1) == queries_for(back_office, 30)


def test_a_meeting_that_was_cancelled_meanwhile_takes_nobody(back_office: User) -> None:
    found = supply(back_office)
    approve(supply_id=found.pk)
    Meeting.objects.filter(pk=found.meeting_id).update(state="cancelled")
    work_off(found)
    assert (found.state, Enrolment.objects.count()) == ("applied", 0)
    with pytest.raises(Refused):
        take_in(
            meeting=Meeting.objects.get(pk=found.meeting_id),
            organisation=found.organisation,
            sent=Sent(content=text("a;b;c@d.example"), how=HowToRead()),
            by=back_office,
        )


# --- Undo ----------------------------------------------------------------------------------------


def test_undo_takes_back_what_nobody_used_since(back_office: User) -> None:
    meeting = MeetingFactory()
    enrol(meeting)
    account = UserFactory(person__first_name="Dirk", person__last_name="Deelnemer")
    before = Person.objects.count()
    found = supplied(
        back_office,
        *("Saar;Vries;saar@b.example", f"Dirk;Deelnemer;{account.email}"),
        *("Sem;Boer;sem@b.example", "Bo;Wit;bo@b.example", "Gé;Groen;ge@b.example"),
        meeting=meeting,
    )
    claimed, cancelled, noted = (
        Enrolment.objects.get(email=f"{name}@b.example") for name in ("sem", "bo", "ge")
    )
    taker = UserFactory(email="sem@b.example", person__email="sem@b.example")
    take_record(user=taker, record_id=claimed.person_id)
    services.cancel(enrolment_id=cancelled.pk, by=back_office, as_staff=True)
    Person.objects.filter(pk=noted.person_id).update(phone="0612345678")
    undo(supply_id=found.pk)
    work_off(found)
    assert found.state == "undone"
    rows = SupplyRow.objects.filter(supply=found).order_by("number")
    assert list(rows.values_list("step", flat=True)) == [
        *("undone", "undone", "kept", "kept", "undone"),
    ]
    left = Enrolment.objects.filter(meeting=meeting).order_by("queue_number")
    assert [one.pk for one in left][1:] == [claimed.pk, cancelled.pk]
    # Somebody wrote down more of them: they stay, and so does where they came from.
    assert Provenance.objects.filter(person=noted.person_id).exists()
    assert not Provenance.objects.filter(person=account.person_id).exists()
    assert Person.objects.filter(pk=account.person_id).exists()
    assert Person.objects.count() == before + 3
    meeting.refresh_from_db()
    assert meeting.taken == 2
    with pytest.raises(Refused):
        undo(supply_id=found.pk)


def statements_to_undo(back_office: User, number: int) -> int:
    rows = [f"Saar;Vries {n};s{number}-{n}@b.example" for n in range(number)]
    found = supplied(back_office, *rows, meeting=MeetingFactory(capacity=number - 10))
    undo(supply_id=found.pk)
    with CaptureQueriesContext(connection) as queries:
        assert not applying.work_on(supply_id=found.pk)
    assert not Enrolment.objects.filter(meeting=found.meeting).exists()
    assert not Person.objects.filter(source="supplied").exists()
    return len(queries)


def test_undo_takes_as_many_statements_for_300_rows_as_for_100(back_office: User) -> None:
    assert statements_to_undo(back_office, 100) == statements_to_undo(back_office, 300) < 30


def test_who_stands_elsewhere_too_stays_when_the_list_is_undone(back_office: User) -> None:
    """Also by a key that has no name of its own, as those to a person have none."""
    organisation = bureau()
    first = supplied(back_office, ROWS[0], organisation=organisation)
    again = supplied(back_office, ROWS[0], organisation=organisation)
    (person,) = Person.objects.filter(source="supplied")
    undo(supply_id=first.pk)
    work_off(first)
    assert first.state == "undone"
    assert Enrolment.objects.get().meeting == again.meeting
    assert Person.objects.filter(pk=person.pk).exists()
    assert Provenance.objects.filter(person=person).exists()


def test_while_it_is_undone_nobody_of_the_list_is_offered_a_place(back_office: User) -> None:
    lines = [f"Saar;Vries {n};saar{n}@b.example" for n in "abcdef"]
    found = supplied(back_office, *lines, meeting=MeetingFactory(capacity=2))
    assert Enrolment.objects.filter(state="waiting").count() == 4
    translation.activate("en")
    labels = [row.label for row in page_of(found, for_bureau=True).rows]
    assert labels == ["Enrolled"] * 2 + ["On the waiting list"] * 4
    undo(supply_id=found.pk)
    while applying.work_on(supply_id=found.pk, chunk=2):
        assert not Enrolment.objects.filter(state="offered").exists()
    assert not Enrolment.objects.exists()
    assert {row.label for row in page_of(found, for_bureau=False).rows} == {"Undone"}


def test_undo_ends_with_the_rows_and_when_the_meeting_begins(
    back_office: User, time_machine
) -> None:
    found = supplied(back_office)
    Meeting.objects.filter(pk=found.meeting_id).update(starts_at=timezone.now())
    with pytest.raises(Refused):
        undo(supply_id=found.pk)
    waiting = supply(back_office)
    discard(supply_id=waiting.pk)
    assert not SupplyRow.objects.filter(supply=waiting.pk).exists()
    with pytest.raises(Refused):
        discard(supply_id=found.pk)
    time_machine.move_to(timezone.now() + timedelta(days=7, minutes=1))
    purge(short_lived=False)
    assert not SupplyRow.objects.exists()
    assert Supply.objects.filter(pk=found.pk).exists()
    assert Person.objects.filter(source="supplied").count() == 2


# --- Columns, claims, and the newsletter ---------------------------------------------------------


def test_what_is_not_clear_is_asked_and_nothing_is_stored(back_office: User) -> None:
    sent = Sent(content=text("Saar Vries;s@b.example", head="naam;e-mail"), how=HowToRead())
    with pytest.raises(AskedForColumns) as asked:
        take_in(meeting=MeetingFactory(), organisation=bureau(), sent=sent, by=back_office)
    assert asked.value.guess.head == ("naam", "e-mail")
    assert not Supply.objects.exists()


@pytest.mark.promise("P20")
def test_who_proves_the_mailbox_takes_the_record_with_place_and_source(back_office: User) -> None:
    organisation = bureau()
    supplied(back_office, "Saar;Vries;saar@b.example", organisation=organisation)
    record = Person.objects.get(email="saar@b.example")
    user = UserFactory(
        email="saar@b.example", person__email="saar@b.example", person__phone="0612345678"
    )
    take_record(user=user, record_id=record.pk)
    assert Enrolment.objects.get(booking__supplied_by=organisation).person == user.person
    source = Provenance.objects.get(person=user.person)
    assert (source.supplied_by, source.organisation) == (organisation.name, organisation)
    user.person.refresh_from_db()
    assert (user.person.source, user.person.phone) == ("self", "0612345678")


@pytest.mark.promise("P21")
def test_nobody_gets_a_newsletter_for_being_supplied(back_office: User) -> None:
    supplied(back_office, "Saar;Vries;saar@b.example")
    supplied(back_office, "Saar;Vries;saar@b.example")
    assert not Subscription.objects.exists()
    assert not recipients_at(["saar@b.example"])
    record = Person.objects.filter(email="saar@b.example").first()
    user = UserFactory(email="saar@b.example", person__email="saar@b.example")
    take_record(user=user, record_id=record.pk)
    assert not recipients_at(["saar@b.example"])
