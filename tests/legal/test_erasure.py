"""Who is erased is planned first, and then gone from every table but what the plan keeps (P23)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.utils import timezone
from wagtail.models import ReferenceIndex, UploadedFile

from legal.rights.queries import Plan, plan, subject_of
from legal.rights.registry import REGISTRY, Delete, Fate, Registry, WholePerson
from legal.rights.services import NotNow, PlanChanged, carry_out, lift, restrict
from pluc.outbox.models import Mail
from pluc.outbox.queries import again_prefix
from portal.accounts.models import Person, User
from portal.enrolments.models import BillingLine, Booking, Enrolment
from portal.meetings.models import Meeting
from tests.enrolling import assert_adds_up
from tests.legal.everything import NAME, PHONE, STREET, full_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]

Rows = dict[Any, dict[Any, dict[str, Any]]]
# Work on the site and for others: it stays, and does not say any more who did it.
NAMELESS = {
    *("headless_content.PreviewLink", "headless_tokens.ApiToken", "headless_webhooks.Endpoint"),
    "certificates.CertificateStep",
    "certificates.Issuing",
    "enrolments.Provenance",
    "enrolments.Supply",
    "accounts.PersonNote",
    *("announcements.Announcement", "announcements.Step", "contact.ContactMessage"),
    "contact.MessageStep",
    *("attendance.AttendanceStep", "attendance.ListPrint", "attendance.Mark"),
    *("attendance.Photograph", "attendance.PrintedRow", "attendance.WalkIn"),
    *("content.Download", "content.Picture"),
    *("enrolments.BillingExport", "enrolments.Booking", "enrolments.EnrolmentEvent"),
    *("wagtail_localize.SegmentOverride", "wagtail_localize.StringTranslation"),
    *("wagtailcore.Comment", "wagtailcore.ModelLogEntry", "wagtailcore.Page"),
    *("wagtailcore.PageLogEntry", "wagtailcore.Revision", "wagtailcore.TaskState"),
    "wagtailcore.WorkflowState",
    *("materials.Material", "materials.Version"),
    "newsletter.Mailing",
    "newsletter.MailingStep",
    "newsletter.SubscriptionStep",
}


@pytest.fixture(scope="module")
def xandra(kept_rows: None) -> int:
    """Somebody of whom every table holds something, beside somebody else of whom it does too."""
    full_person(name="Buitenstaander", phone="0201234567", street="Elders 1")
    return full_person().pk


@pytest.fixture
def leaver(xandra: int) -> User:
    """Xandra, as each test finds her."""
    return User.objects.select_related("person").get(pk=xandra)


def everything() -> Rows:
    """All rows of all tables, by key."""
    models = apps.get_models(include_auto_created=True)
    return {
        model: {row["pk"]: row for row in model._base_manager.values("pk", *names_of(model))}
        for model in models
        if model is not ReferenceIndex  # which follows the rows that it is about
    }


def names_of(model: Any) -> list[str]:
    return [column.attname for column in model._meta.local_concrete_fields]


def tables_that_hold(*words: str) -> dict[str, int]:
    """In how many rows of each table, with a model or without, a word stands in any column."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = [" ".join(map(text_of, row)).lower() for row in cursor.fetchall()]
            number = sum(any(word.lower() in row for word in words) for row in rows)
            if number:
                found[table] = number
    return found


def text_of(value: Any) -> str:
    is_bytes = isinstance(value, bytes | memoryview)
    return bytes(value).decode("utf-8", "replace") if is_bytes else str(value)


def erase(user: User) -> Plan:
    agreed = plan(person_id=user.person_id)
    carry_out(agreed=agreed, by=None)
    connection.check_constraints()
    return agreed


def test_every_table_with_personal_data_has_a_row_in_the_plan(leaver: User):
    subject, agreed = subject_of(person_id=leaver.person_id), plan(person_id=leaver.person_id)
    for one in REGISTRY.personal:
        rows = one.model._base_manager.filter(one.rows(subject)) if one.is_linked else None
        if rows is not None and one.ending != WholePerson():
            steps = [step for step in agreed.steps if step.model is one.model]
            assert rows.exists(), f"{one.table}: {one.title}"
            is_named = any(step.title == one.title for step in steps)
            assert is_named or not one.columns, f"{one.table}: {one.title}"
            planned = {key for step in steps for key in step.keys}
            assert set(rows.values_list("pk", flat=True)) <= planned, one.table


@pytest.mark.promise("P23")
def test_an_erased_person_is_nowhere_but_where_the_plan_keeps_them(leaver: User):
    assert len(tables_that_hold(NAME, PHONE, STREET)) > 10
    agreed = erase(leaver)
    kept = agreed.keys(Fate.KEPT)
    in_tables = {model._meta.db_table: len(keys) for model, keys in kept.items()}
    held = tables_that_hold(NAME, PHONE, STREET)
    assert held == {"enrolments_billingline": 2}, "one's own place, and the one that one booked"
    assert held["enrolments_billingline"] == in_tables["enrolments_billingline"]
    assert not Person.objects.filter(pk=leaver.person_id).exists()


@pytest.mark.promise("P23")
def test_what_is_done_is_what_was_planned_and_nothing_else(leaver: User):
    before = everything()
    agreed = erase(leaver)
    after = everything()
    for model, rows in before.items():
        gone = rows.keys() - after[model].keys()
        assert gone == agreed.keys(Fate.DELETED).get(model, set()), model
        changed = {key for key in rows.keys() - gone if rows[key] != after[model][key]}
        if model not in (BillingLine, Meeting):  # which lose a key, and are counted anew
            assert changed == agreed.keys(Fate.ANONYMISED).get(model, set()), model
    for step in agreed.with_fate(Fate.ANONYMISED):
        for row in step.model._base_manager.filter(pk__in=step.keys).values(*step.values):
            assert row == dict(step.values)


def test_what_one_declaration_keeps_no_other_deletes(leaver: User, monkeypatch):
    line = next(one for one in REGISTRY.personal if one.table == "enrolments.BillingLine")
    gone = replace(line, erasure=Delete())
    registry = Registry([gone, *REGISTRY.personal, gone])
    monkeypatch.setattr("legal.rights.queries.plans.REGISTRY", registry)
    erase(leaver)
    assert BillingLine.objects.count() == 4, "two of Xandra's, two of who stays"


def test_work_on_the_site_and_for_others_stays_without_who_did_it(leaver: User):
    agreed = plan(person_id=leaver.person_id)
    assert {model._meta.label for model in agreed.keys(Fate.ANONYMISED)} == NAMELESS


def test_what_was_kept_goes_too_once_its_day_is_over(leaver: User):
    with time_machine.travel(timezone.now() + timedelta(days=7 * 365 + 1)):
        agreed = plan(person_id=leaver.person_id)
    assert len(agreed.keys(Fate.DELETED)[BillingLine]) == 2
    assert not agreed.keys(Fate.KEPT)[BillingLine]


def test_what_is_kept_says_why_and_until_when(leaver: User):
    kept = plan(person_id=leaver.person_id).with_fate(Fate.KEPT)
    ends = {step.model._meta.label: step.until for step in kept}
    assert ends.keys() == {
        "attendance.Photograph",
        "enrolments.BillingLine",
        "newsletter.Suppression",
        "statements.Edition",
    }
    seven_years = timezone.localdate(timezone.now() + timedelta(days=7 * 365))
    assert ends["enrolments.BillingLine"] == seven_years
    assert ends["statements.Edition"] is ends["newsletter.Suppression"] is None, "for ever"
    assert all(str(step.ground) for step in kept)


def test_facts_for_the_books_outlive_place_and_person(leaver: User):
    erase(leaver)
    line = BillingLine.objects.get(facts__participant=leaver.person.full_name)
    assert line.enrolment is None
    assert line.amount == 195
    assert line.export.by is None


def test_a_booking_keeps_the_place_of_somebody_else_without_its_payer(leaver: User):
    booking = Booking.objects.get(payer=leaver.person)
    erase(leaver)
    booking.refresh_from_db()
    assert booking.payer is None
    assert (booking.name, booking.email, booking.invoice_name, booking.reference) == ("",) * 4
    assert Enrolment.objects.filter(booking=booking).count() == 1


def test_a_meeting_counts_who_is_left(leaver: User):
    meeting = Enrolment.objects.get(person=leaver.person).meeting
    erase(leaver)
    assert_adds_up(meeting)


def test_files_go_when_it_is_certain(leaver: User, django_capture_on_commit_callbacks):
    file = UploadedFile.objects.get(uploaded_by_user=leaver).file
    with django_capture_on_commit_callbacks() as callbacks:
        erase(leaver)
    assert file.storage.exists(file.name)
    for callback in callbacks:
        callback()
    assert not file.storage.exists(file.name)


def test_what_came_after_the_plan_was_read_is_not_erased_with_it(leaver: User):
    agreed = plan(person_id=leaver.person_id)
    restrict(person_id=leaver.person_id, ground="op verzoek", by=None)
    with pytest.raises(NotNow):
        carry_out(agreed=agreed, by=None)
    Person.objects.get(pk=leaver.person_id).user.groups.clear()
    lift(person_id=leaver.person_id, by=None)
    with pytest.raises(PlanChanged):
        carry_out(agreed=agreed, by=None)
    assert Person.objects.filter(pk=leaver.person_id).exists()


def test_a_row_more_than_was_read_keeps_all_of_them(leaver: User):
    """One that no key deletes along with the others, and none of them holds on to."""
    agreed = plan(person_id=leaver.person_id)
    mail = Mail.objects.first()
    Mail.objects.create(event="later", recipient=leaver.email, sender=mail.sender, message=b"")
    with pytest.raises(PlanChanged):
        carry_out(agreed=agreed, by=None)
    assert Person.objects.filter(pk=leaver.person_id).exists()
    assert {*agreed.keys(Fate.DELETED)[Mail]} < {*Mail.objects.values_list("pk", flat=True)}


def test_who_is_gone_is_not_erased_again(leaver: User):
    agreed = erase(leaver)
    with pytest.raises(PlanChanged):
        carry_out(agreed=agreed, by=None)


@pytest.mark.promise("P23")
def test_a_participant_goes_from_the_mail_to_their_payer_and_its_copies(leaver: User):
    place = Enrolment.objects.exclude(person=leaver.person).filter(booking__payer=leaver.person)
    copied = post(f"overview:{place.get().booking_id.hex}")
    again = post(f"{again_prefix(post(f'{again_prefix(copied.pk)}1').pk)}1")
    other = post(f"overview:{leaver.pk:032x}")
    planned = plan(person_id=place.get().person_id).keys(Fate.DELETED)[Mail]
    assert {copied.pk, again.pk} <= planned
    assert other.pk not in planned


def test_a_payer_of_very_many_bookings_can_be_planned(leaver: User):
    booking = Booking.objects.get(payer=leaver.person)
    names = {name.attname for name in Booking._meta.fields} - {"id", "form_id"}
    same = {name: getattr(booking, name) for name in names}
    rows = Booking.objects.bulk_create(Booking(**same) for _ in range(1200))
    about = post(f"overview:{rows[-1].pk.hex}")
    assert about.pk in plan(person_id=leaver.person_id).keys(Fate.DELETED)[Mail]


def post(event: str) -> Mail:
    to = {"recipient": "ander@elders.example", "sender": "backoffice@pluc.example"}
    return Mail.objects.create(event=event, message=b"Dag", state=Mail.State.SENT, **to)
