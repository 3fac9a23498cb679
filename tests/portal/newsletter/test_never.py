"""Nobody gets the newsletter but who confirmed it, by whatever way we got the address (P21).

Hypothesis strings together everything that can touch an address. Beside it a set is kept of the
mailboxes whose reader said yes by themselves and has not taken it back.
"""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.accounts.models import Person, User
from portal.accounts.services import follow_address, register, take_record
from portal.accounts.services.entering import Entered, enter_person
from portal.accounts.services.merging import merge
from portal.newsletter.address_keys import normal
from portal.newsletter.demo import load_subscribers
from portal.newsletter.models import Asking, Form, Subscription
from portal.newsletter.queries.audience import recipients_at
from portal.newsletter.services import leaving, subscribing, suppressing
from portal.newsletter.services.steps import Agreed
from tests.enrolling import attendee, enrol
from tests.factories import PersonFactory, UserFactory
from tests.planning import MeetingFactory
from tests.portal.newsletter.subscribers import asked, subscriber, work

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P21")]
ADDRESSES = ("sam@lezer.example", "SAM@lezer.example", "kim@bücher.example", "noor@firma.example")
Said = set[str]  # mailboxes, as they are compared
WAYS: list[Callable[[str, Said], None]] = []


def way(deed: Callable[[str, Said], None]) -> Callable[[str, Said], None]:
    WAYS.append(deed)
    return deed


def proven_login(email: str) -> User:
    """Whoever has proven this mailbox; made where nobody has."""
    known = EmailAddress.objects.filter(email=email.lower(), verified=True).first()
    return known.user if known else UserFactory(email=email, person__email=email)


# --- Ways in which others give us an address -----------------------------------------------------


@way
def supplied(email: str, said: Said) -> None:
    PersonFactory(email=email, source=Person.Source.SUPPLIED, supplied_by="Klant")


@way
def entered_on_the_phone(email: str, said: Said) -> None:
    enter_person(entered=Entered(first_name="Sam", last_name="Lezer", email=email))


@way
def enrolled(email: str, said: Said) -> None:
    enrol(MeetingFactory(), attendee(email=email.lower()))


@way
def claimed(email: str, said: Said) -> None:
    user = proven_login(email)
    take_record(user=user, record_id=PersonFactory(email=email).pk)


@way
def merged(email: str, said: Said) -> None:
    stays, goes = PersonFactory(email=""), PersonFactory(email=email)
    merge(stays_id=stays.pk, goes_id=goes.pk, by=proven_login("bas@pluc.example"))


@way
def written_over_by_a_colleague(email: str, said: Said) -> None:
    login = UserFactory()
    subscribing.subscribe(user=login, language="nl")
    said.add(normal(login.email))
    Person.objects.filter(pk=login.person_id).update(email=email)


@way
def asked_for_on_the_site(email: str, said: Said) -> None:
    subscribing.store(email=email, language="nl")
    work()


@way
def added_by_a_colleague(email: str, said: Said) -> None:
    by = proven_login("bas@pluc.example")
    subscribing.ask(
        email=email, language="nl", form=Form.BACK_OFFICE, agreed=Agreed(), by=by, reason="Belde."
    )


@way
def ticked_by_a_stranger_who_registered(email: str, said: Said) -> None:
    register(
        first_name="Vera", last_name="Vreemd", email=email, password="x", language="nl",
        newsletter=True, measured=True,
    )  # fmt: skip


@way
def registered_and_proven_without_a_tick(email: str, said: Said) -> None:
    user = proven_login(email)
    follow_address(user=user, email=email)


@way
def bounced_or_complained(email: str, said: Said) -> None:
    suppressing.suppress(email=email, reason="complained")
    said.discard(normal(email))


# --- Ways of the reader themselves ---------------------------------------------------------------


@way
def confirmed(email: str, said: Said) -> None:
    subscription = asked(email)
    if subscription.confirm_token:
        subscribing.confirm(token=subscription.confirm_token)
    said.add(normal(email))


@way
def left(email: str, said: Said) -> None:
    for subscription in Subscription.objects.filter(normal_email=normal(email)):
        leaving.leave(subscription=subscription, form=Form.LINK)
    said.discard(normal(email))


@way
def erased(email: str, said: Said) -> None:
    for subscription in Subscription.objects.filter(normal_email=normal(email)):
        leaving.erase(subscription=subscription)
    said.discard(normal(email))


STEPS = st.lists(st.tuples(st.sampled_from(WAYS), st.sampled_from(ADDRESSES)), max_size=7)


@settings(max_examples=25, suppress_health_check=[*HealthCheck])
@given(steps=STEPS)
def test_nobody_is_in_the_audience_who_did_not_say_so(steps: list[tuple[Callable, str]]):
    said: Said = set()
    with transaction.atomic():
        for deed, email in steps:
            deed(email, said)
            assert audience() <= said, deed.__name__
        transaction.set_rollback(True)


def audience() -> set[str]:
    stored = Subscription.objects.values_list("email", flat=True)
    return {normal(email) for email in recipients_at({*stored, *ADDRESSES})}


def test_every_way_alone_and_after_having_left():
    """Each once for certain, also where the mailbox had left before."""
    for deed in WAYS:
        for begins in ([], [confirmed], [confirmed, left], [confirmed, erased]):
            with transaction.atomic():
                said: Said = set()
                for one in [*begins, deed]:
                    one("sam@lezer.example", said)
                assert audience() <= said, (deed.__name__, begins)
                transaction.set_rollback(True)


def test_the_demo_subscribes_nobody_without_the_steps_that_prove_it():
    for _ in range(2):
        load_subscribers()
    active = Subscription.objects.active()
    assert active.count() == len(audience()) == 60
    assert not active.exclude(steps__kind="confirmed").exists()
    assert not active.exclude(email__endswith=".example").exists()
    assert set(active.values_list("language", flat=True)) == {"nl", "en"}


def test_the_database_refuses_an_active_one_without_its_readers_word():
    row = asked()
    for fields in (
        {"state": "active"},
        {"state": "active", "confirmed_at": row.asked_at - timezone.timedelta(seconds=1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Subscription.objects.filter(pk=row.pk).update(**fields)


# --- Whose mailbox is proven by a login ----------------------------------------------------------


def registered(email: str, *, newsletter: bool) -> User:
    return register(
        first_name="Noor", last_name="Nieuw", email=email, password="x", language="en",
        newsletter=newsletter, measured=True,
    )  # fmt: skip


def prove(user: User) -> None:
    EmailAddress.objects.create(user=user, email=user.email.lower(), primary=True, verified=True)
    follow_address(user=user, email=user.email)


def test_a_tick_at_registration_counts_once_that_login_proves_the_mailbox():
    stranger = registered("noor@firma.example", newsletter=True)
    noor = registered("noor@firma.example", newsletter=False)
    prove(noor)
    assert audience() == set(), "the tick was a stranger's"
    stranger.delete()
    assert not Asking.objects.exists()
    kim = registered("kim@firma.example", newsletter=True)
    prove(kim)
    assert audience() == {"kim@firma.example"}
    subscription = Subscription.objects.get(person=kim.person)
    assert (subscription.language, subscription.steps.first().form) == ("en", "registration")


def test_who_registers_finds_their_subscription_and_takes_it_along():
    subscriber("oud@lezer.example")
    user = UserFactory(email="oud@lezer.example", person__email="oud@lezer.example")
    follow_address(user=user, email=user.email)
    subscription = Subscription.objects.get()
    assert subscription.person == user.person
    follow_address(user=user, email="nieuw@lezer.example")
    assert audience() == {"nieuw@lezer.example"}
    assert subscription.steps.last().kind == "moved"


def test_where_the_new_mailbox_has_left_nothing_goes_there_again():
    user = UserFactory(email="oud@lezer.example", person__email="oud@lezer.example")
    subscribing.subscribe(user=user, language="nl")
    leaving.leave(subscription=subscriber("nieuw@lezer.example"), form=Form.LINK)
    follow_address(user=user, email="nieuw@lezer.example")
    assert audience() == set()
