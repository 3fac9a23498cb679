"""What is past its time goes, at night or within the hour, and nothing younger does (P10)."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.core.internal.ratelimit import parse_rates
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.utils import timezone
from django_q.models import Task

from headless.webhooks.models import Delivery, Endpoint
from legal.consent.models import Choice
from legal.rights.models import Disclosure
from legal.rights.registry import REGISTRY
from legal.rights.registry.declarations import Declared
from legal.rights.services import purge, purging, record_disclosure, restrict
from legal.rights.services.purging import timed
from legal.rights.tasks import purge_short_lived
from pluc import periods
from pluc.limits import LIMITS
from pluc.outbox.models import Return
from pluc.schedules import JOBS
from portal.accounts.models import Person, Registration, User
from portal.contact.models import ContactMessage
from portal.enrolments.models import Booking, Enrolment
from portal.meetings.models import Meeting
from tests.factories import PersonFactory, UserFactory
from tests.legal.everything import full_person, give_place
from tests.planning import SpeakerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]

# So long ago that all of it is past its time, for the database's own clock too.
THEN = datetime(2016, 1, 15, 12, tzinfo=UTC)
HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)
# How long each table is kept after the fact, told once more: who changes a period has to mean it.
KEPT = {
    "wagtailadmin.EditingSession": HOUR,
    "pluc_cache": 2 * HOUR,  # as the counter of this test
    "headless_content.PreviewLink": 2 * HOUR,  # an hour after its end
    "wagtailadmin.FormState": DAY,
    "enrolments.Wishes": DAY,
    "account.EmailAddress": DAY,
    "accounts.Registration": 3 * DAY,
    "newsletter.Asking": 7 * DAY,
    "enrolments.SupplyRow": 7 * DAY,
    "django_q.Task": 14 * DAY,
    "sessions.Session": 30 * DAY,
    "usersessions.UserSession": 30 * DAY,
    "headless_webhooks.Delivery": 30 * DAY,
    "outbox.Mail": 90 * DAY,
    "outbox.Return": 90 * DAY,
    "contact.ContactMessage": YEAR,
    "headless_offer.StoredAnswer": DAY,
    "headless_tokens.ApiToken": YEAR,
    "organisations.Contact": YEAR,
    "rights.Restriction": 3 * YEAR,
    "consent.Choice": 3 * YEAR,
    "newsletter.Subscription": 3 * YEAR,
    "rights.Disclosure": 5 * YEAR,
    "enrolments.Enrolment": 5 * YEAR,
    "accounts.Person": 5 * YEAR,
    "enrolments.Supply": 5 * YEAR,
    "attendance.WalkIn": 5 * YEAR,
    "attendance.ListPrint": 5 * YEAR,
    "attendance.Photograph": 5 * YEAR,
    "attendance.AttendanceStep": 5 * YEAR,
    "materials.HandedOut": 5 * YEAR,
    "enrolments.Booking": 7 * YEAR,
    "enrolments.BillingLine": 7 * YEAR,
    "enrolments.BillingExport": 7 * YEAR,
    "materials.Material": 7 * YEAR,
    "certificates.Issuing": 5 * YEAR,
    "certificates.Certificate": 7 * YEAR,
}
# From what each clock runs: columns, of which the first that is filled in counts, or a rule.
CLOCKS: dict[str, tuple[str, ...] | str] = {
    "wagtailadmin.EditingSession": ("last_seen_at",),
    "pluc_cache": ("expires",),
    "headless_content.PreviewLink": ("expires_at",),
    "wagtailadmin.FormState": ("last_updated_at",),
    "enrolments.Wishes": ("enrolment__meeting__ends_at", "consented_at"),
    "account.EmailAddress": "ended_changes",
    "accounts.Registration": "unproven_in_time",
    "newsletter.Asking": ("asked_at",),
    "enrolments.SupplyRow": ("supply__supplied_at",),
    "enrolments.Supply": ("supplied_at",),
    "newsletter.Subscription": "unconfirmed_or_proven_long_enough",
    "django_q.Task": ("stopped",),
    "sessions.Session": "ended_sessions",
    "usersessions.UserSession": "left_behind",
    "headless_webhooks.Delivery": ("created_at",),
    "outbox.Mail": ("created_at",),
    "outbox.Return": ("at",),
    "contact.ContactMessage": ("answered_at", "received_at"),
    "headless_offer.StoredAnswer": ("made_at",),
    "headless_tokens.ApiToken": ("expires_at",),
    "organisations.Contact": ("ends_on",),
    "rights.Restriction": ("lifted_at",),
    "consent.Choice": ("kept_until",),
    "rights.Disclosure": ("at",),
    "enrolments.Enrolment": ("meeting__ends_at", "asked_at"),
    "accounts.Person": ("created_at",),
    "attendance.WalkIn": ("added_at",),
    "attendance.ListPrint": ("made_at",),
    "attendance.Photograph": ("uploaded_at",),
    "attendance.AttendanceStep": ("at",),
    "materials.HandedOut": ("at",),
    "enrolments.Booking": ("created_at",),
    "enrolments.BillingLine": ("kept_until",),
    "enrolments.BillingExport": ("kept_until",),
    "certificates.Issuing": ("asked_at",),
    "certificates.Certificate": ("issued_at", "asked_at"),
    "materials.Material": ("added_at",),
}


@pytest.fixture
def of_then() -> None:
    """What arose then: a member with rows everywhere, a guest, a stranger who proved nothing."""
    with time_machine.travel(THEN, tick=False):
        member = full_person()
        Registration.objects.filter(user=member).update(proven_at=THEN)
        guest = PersonFactory()
        booking = Booking.objects.get()
        give_place(Meeting.objects.get(), guest, booking, number=3)
        stranger = UserFactory(proven=False)
        Registration.objects.create(user=stranger)
        Choice.objects.create(consent_id="0" * 32, groups={}, how=Choice.How.BAR)
        Return.objects.create(key="imap:1:1", kind=Return.Kind.UNCLEAR)
        endpoint = Endpoint.objects.create(name="Site")
        Delivery.objects.create(endpoint=endpoint, event="webhook.test", body="{}")
        cache.set("allauth:rl:login:ip:203.0.113.9", [1.0], timeout=2 * HOUR.seconds)
        Task.objects.create(id="a", name="a", func="f", success=False, started=THEN, stopped=THEN)
        Task.objects.create(id="b", name="b", func="f", success=True, started=THEN, stopped=THEN)


def numbers() -> dict[str, int]:
    """How many rows each table has that a period ends, the member's own person and login apart."""
    return {table: rows_in(table) for table in KEPT}


def rows_in(table: str) -> int:
    if table == "pluc_cache":
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM pluc_cache WHERE cache_key LIKE '%%203.0.113.9'")
            return int(cursor.fetchone()[0])
    rows = apps.get_model(table)._base_manager
    if table == "account.EmailAddress":  # beside the one that a login signs in with
        rows = rows.exclude(email=F("user__email"))
    return int(rows.count())


def test_every_period_of_the_registry_is_told_here():
    assert {one.table for one in timed()} == set(KEPT)


def test_each_clock_runs_from_the_fact_that_is_told_here():
    rules = [(one.table, one.retention) for one in timed()]
    told = {table: rule.due.__name__ if rule.due else rule.columns for table, rule in rules}
    assert told == CLOCKS


@pytest.mark.promise("P10")
def test_each_table_goes_when_its_time_is_over_and_not_before(of_then: None):
    before = numbers()
    assert all(before.values()), before
    for age in sorted(set(KEPT.values())):
        leeway = timedelta(minutes=1) if age < 7 * DAY else 25 * HOUR  # some count in days
        with time_machine.travel(THEN + age - leeway, tick=False):
            purge()
        assert still_there(before) == {name for name, kept in KEPT.items() if kept >= age}, age
        with time_machine.travel(THEN + age + leeway, tick=False):
            purge()
            purge()
        assert still_there(before) == {name for name, kept in KEPT.items() if kept > age}, age
    left = numbers()
    assert left["accounts.Person"] == User.objects.count(), "who has an account stays"
    assert left["django_q.Task"] == 1, "successes are the library's"
    connection.check_constraints()


def still_there(before: dict[str, int]) -> set[str]:
    """Tables of which rows of then are left; beside those, only what no period ends."""
    lasting = {"accounts.Registration": 1, "django_q.Task": 1}
    lasting["accounts.Person"] = User.objects.filter(emailaddress__verified=True).count()
    return {name for name, number in numbers().items() if number > lasting.get(name, 0)}


def test_a_dry_run_counts_and_changes_nothing(of_then: None, capsys):
    before = numbers()
    with time_machine.travel(THEN + 90 * DAY + HOUR, tick=False):
        call_command("purge", "--dry-run")
        told = capsys.readouterr().out
        assert numbers() == before
        report = {purged.one.table: purged.number for purged in purge()}
    assert "outbox.Mail: 90 dagen na" in told
    assert report["outbox.Mail"] == before["outbox.Mail"] == 3
    assert f"{report['outbox.Mail']:7} outbox.Mail" in told


def test_people_go_few_at_a_time(monkeypatch):
    """Each takes many queries, and SQLite lets nobody else write during a transaction."""
    monkeypatch.setattr(purging, "PEOPLE", 2)
    with time_machine.travel(THEN, tick=False):
        PersonFactory.create_batch(5)
    one = next(one for one in timed() if one.table == "accounts.Person")
    assert list(purging.batches(one, timezone.now())) == [2, 2, 1]


def test_what_was_purged_is_logged_without_whose_it_was(of_then: None, caplog):
    caplog.set_level("INFO", logger="pluc.rights")
    with time_machine.travel(THEN + 90 * DAY + HOUR, tick=False):
        purge()
    assert "outbox.Mail 3" in caplog.text
    assert "zwaluwstaart" not in caplog.text.lower()


def test_the_hour_ends_what_is_kept_for_days_and_leaves_the_rest_to_the_night(of_then: None):
    with time_machine.travel(THEN + 8 * YEAR, tick=False):
        purge_short_lived()
        gone = {name for name, number in numbers().items() if not number}
    short = {name for name, kept in KEPT.items() if kept < 7 * DAY}
    assert gone == short - {"accounts.Registration"}, "the member's registration stays"
    unproven = User.objects.exclude(emailaddress__verified=True)
    assert not unproven.exists(), "who proved nothing in three days is forgotten"


def test_the_worker_purges_each_night_and_each_hour():
    jobs = {job.task: job.minutes for job in JOBS}
    assert jobs["legal.rights.tasks.purge"] == 24 * 60
    assert jobs["legal.rights.tasks.purge_short_lived"] == 60


def test_a_purge_goes_batch_by_batch(monkeypatch):
    sizes, end = [], purging.end

    def noted(one: Declared, keys: set[Any]) -> int:
        sizes.append(len(keys))
        return end(one, keys)

    monkeypatch.setattr(purging, "BATCH", 2)
    monkeypatch.setattr(purging, "end", noted)
    person = PersonFactory()
    with time_machine.travel(THEN, tick=False):
        for _ in range(5):
            disclose(person)
    assert [(purged.one.table, purged.number) for purged in purge()] == [("rights.Disclosure", 5)]
    assert [size for size in sizes if size] == [2, 2, 1]
    assert purge() == []


def disclose(person: Person) -> None:
    kind = Disclosure.Kind.SPEAKER
    record_disclosure(people=[person.pk], to="Spreker", kind=kind, data="name", ground="P14")


@pytest.mark.promise("P26")
def test_what_is_restricted_is_kept_whatever_its_age():
    """By key and by address. A way in ends all the same."""
    with time_machine.travel(THEN, tick=False):
        person, other = PersonFactory(), PersonFactory()
        for one in (person, other):
            disclose(one)
            text = uuid.uuid4().hex
            ContactMessage.objects.create(name="X", email=one.email, text=text, fingerprint=text)
        login = UserFactory(person=person)
        UserSession.objects.create(user=login, session_key="x" * 32, ip="203.0.113.7")
    restrict(person_id=person.pk, ground="op verzoek", by=None)
    purge()
    assert list(Person.objects.all()) == [person]
    assert not UserSession.objects.exists()
    assert Disclosure.objects.get().person == person
    assert ContactMessage.objects.get().email == person.email


@pytest.mark.promise("P26")
def test_a_registration_of_somebody_restricted_is_kept():
    with time_machine.travel(THEN, tick=False):
        strangers = [UserFactory(proven=False) for _ in range(2)]
        for stranger in strangers:
            Registration.objects.create(user=stranger)
    restrict(person_id=strangers[0].person_id, ground="op verzoek", by=None)
    purge_short_lived()
    assert list(User.objects.all()) == strangers[:1]


@pytest.mark.parametrize("state", ["waiting", "sending"])
def test_what_waits_to_be_sent_is_not_done_with(of_then: None, state: str):
    from pluc.outbox.models import Mail

    Mail.objects.update(state=Mail.State(state))
    with time_machine.travel(THEN + 91 * DAY, tick=False):
        purge()
    assert Mail.objects.count() == 3


@pytest.mark.promise("P10")
def test_whose_time_is_over_takes_all_else_along():
    """Also what is younger, and would only lose the key to them."""
    from pluc.outbox.models import Mail

    with time_machine.travel(THEN, tick=False):
        person = PersonFactory()
    facts = {"recipient": person.email, "sender": "backoffice@pluc.example", "message": b""}
    Mail.objects.create(event="later", person=person, state=Mail.State.SENT, **facts)
    purge()
    assert not Person.objects.exists()
    assert not Mail.objects.exists()


@pytest.mark.promise("P10")
def test_a_message_that_was_answered_is_kept_from_the_answer_on(of_then: None):
    ContactMessage.objects.update(answered_at=THEN + YEAR)
    with time_machine.travel(THEN + 2 * YEAR - HOUR, tick=False):
        purge()
        assert ContactMessage.objects.exists()
    with time_machine.travel(THEN + 2 * YEAR + HOUR, tick=False):
        purge()
        assert not ContactMessage.objects.exists()


def test_a_mistyped_year_takes_no_place_away(of_then: None):
    with time_machine.travel(THEN + 5 * YEAR - DAY, tick=False):
        Meeting.objects.update(starts_at=THEN - 10 * YEAR, ends_at=THEN - 9 * YEAR)
        purge()
        assert Enrolment.objects.count() == 3
    with time_machine.travel(THEN + 5 * YEAR + DAY, tick=False):
        purge()
        assert not Enrolment.objects.exists()


@pytest.mark.promise("P10")
def test_a_person_stays_while_anything_of_theirs_has_its_own_time(monkeypatch, capsys):
    """A payer with a booking, a speaker, and who may not go now."""
    with time_machine.travel(THEN, tick=False):
        payer, speaker, busy, _gone = (PersonFactory() for _ in range(4))
    terms = {"price": 195, "cancelling_days": 14, "moving_days": 14, "substituting_days": 1}
    Booking.objects.create(payer=payer, name="P", email=payer.email, **terms)
    Booking.objects.create(payer=None, name="Q", email="q@elders.example", **terms)
    SpeakerFactory(person=speaker)
    SpeakerFactory(person=None)
    tell = [lambda person_id: ["Niet nu."] if person_id == busy.pk else []]
    monkeypatch.setattr("legal.rights.obstacles.OBSTACLES", tell)
    call_command("purge", "--dry-run")
    assert "      1 accounts.Person:" in capsys.readouterr().out
    purge()
    assert set(Person.objects.all()) == {payer, speaker, busy}
    assert Booking.objects.filter(payer=payer, name="P").exists()


def test_a_table_that_fails_stops_no_other_and_is_seen(of_then: None, monkeypatch, caplog):
    def fail(one, now):
        return 1 / 0 if one.table == "outbox.Mail" else purging_end_all(one, now)

    purging_end_all = purging.end_all
    monkeypatch.setattr(purging, "end_all", fail)
    before = numbers()
    with time_machine.travel(THEN + 8 * YEAR, tick=False):
        with pytest.raises(purging.NotAllPurged, match=r"outbox\.Mail"):
            purge()
        assert still_there(before) == {"outbox.Mail"}
    assert "Not purged: outbox.Mail" in caplog.text
    assert "ZeroDivisionError" in caplog.text


# --- Each number once ----------------------------------------------------------------------------


def test_every_period_is_the_one_that_was_agreed():
    """Told once more, those that no table keeps as well: who changes one has to mean it."""
    agreed = {
        "DAY": DAY,
        "WEEK": 7 * DAY,
        "YEAR": YEAR,
        "MAIL": 90 * DAY,
        "RETURN": 90 * DAY,
        "READ_MAIL": 30 * DAY,
        "MESSAGE": YEAR,
        "ACCESS": YEAR,
        "CONSENT_PROOF": 3 * YEAR,
        "RESTRICTION": 3 * YEAR,
        "DISCLOSURE": 5 * YEAR,
        "PLACE": 5 * YEAR,
        "BOOKS": 7 * YEAR,
        "MATERIAL": 7 * YEAR,
        "CERTIFICATE": 7 * YEAR,
        "CERTIFICATE_KEY_ENDS": 90 * DAY,
        "FAILED_TASK": 14 * DAY,
        "REGISTRATION": 3 * DAY,
        "ADDRESS_CHANGE": DAY,
        "DRAFT_FORM": DAY,
        "OPEN_SCREEN": HOUR,
        "COUNTER": DAY,
        "CONFIRMATION": 7 * DAY,
        "ISSUE_IS_COUNTED": 14 * DAY,
        "HELD_LINK": HOUR,
        "UNDO": HOUR,
        "SIGNED_IN": 30 * DAY,
        "CSRF_COOKIE": YEAR,
        "CONSENT_COOKIE": 182 * DAY,
        "OPT_OUT_COOKIE": 5 * YEAR,
        "MEASUREMENT_COOKIE": 390 * DAY,
        "RESET_LINK": DAY,
        "PREVIEW_LINK": HOUR,
        "HOLD": HOUR / 4,
        "OFFER": DAY,
        "SPEAKER_BEFORE": 14 * DAY,
        "SPEAKER_AFTER": 30 * DAY,
        "DOOR_OPENS": 2 * HOUR,
        "DOOR_CLOSES": 2 * HOUR,
        "SLIP": timedelta(seconds=10),
        "DRIFT": timedelta(minutes=2),
        "ATTENDANCE_SHOWN": 42 * DAY,
        "CHECK_IN": timedelta(minutes=1),
        "CHECK_IN_STAYS": timedelta(minutes=2),
        "NOTICE": 14 * DAY,
        "ANSWER": 28 * DAY,
        "WISHES": DAY,
        "API_TOKEN": YEAR,
        "STORED_ANSWER": DAY,
        "SUPPLY": 7 * DAY,
        "SUPPLIER_TELLS": 21 * DAY,
        "SOURCE_TOLD": 28 * DAY,
        "WEBHOOK": 30 * DAY,
        "WEBHOOK_FAILS": 5 * DAY,
        "SECRETS_OVERLAP": DAY,
    }
    told = {name: one for name, one in vars(periods).items() if isinstance(one, timedelta)}
    assert told == agreed


def test_no_counter_is_kept_longer_than_the_registry_says():
    rates = [rate for one in LIMITS.values() for rate in parse_rates(one.production)]
    assert max(rate.duration for rate in rates) == periods.COUNTER.total_seconds()


@pytest.mark.parametrize(
    ("period", "dutch", "english"),
    [
        (timedelta(minutes=15), "15 minuten", "15 minutes"),
        (timedelta(hours=1), "1 uur", "1 hour"),
        (timedelta(hours=24), "1 dag", "1 day"),
        (timedelta(days=14), "14 dagen", "14 days"),
        (timedelta(days=28), "4 weken", "4 weeks"),
        (timedelta(days=90), "90 dagen", "90 days"),
        (timedelta(days=365), "1 jaar", "1 year"),
        (timedelta(days=730), "2 jaar", "2 years"),
    ],
)
def test_a_period_is_said_as_people_say_it(period: timedelta, dutch: str, english: str):
    from django.utils import translation

    assert periods.in_words(period) == dutch
    with translation.override("en"):
        assert periods.in_words(period) == english


def test_cookies_and_links_last_as_long_as_the_texts_say(settings: Any):
    seconds = {
        "SESSION_COOKIE_AGE": 30 * DAY,
        "CSRF_COOKIE_AGE": YEAR,
        "COOKIE_CONSENT_MAX_AGE": 182 * DAY,
        "OPT_OUT_MAX_AGE": 5 * YEAR,
        "PASSWORD_RESET_TIMEOUT": DAY,
    }
    for name, lasts in seconds.items():
        assert getattr(settings, name) == lasts.total_seconds(), name
    assert settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS == 3
    assert settings.SESSION_EXPIRE_AT_BROWSER_CLOSE, "but for who asks to stay"


def test_no_declaration_tells_a_period_that_stands_elsewhere():
    """All of them are objects of `pluc.periods`, so that a number is changed in one place."""
    known = [value for value in vars(periods).values() if isinstance(value, timedelta)]
    for one in [*REGISTRY.personal, *REGISTRY.others]:
        assert one.retention.period is None or one.retention.period in known
