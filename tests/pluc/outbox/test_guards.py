"""Who may object to a mail, asked at the moment of sending (STANDARDS 2.6, 3.16)."""

from collections.abc import Iterator, Sequence
from uuid import UUID

import pytest
from django.core.mail import EmailMessage

from pluc.outbox import services
from pluc.outbox.guards import GUARDS
from pluc.outbox.models import Mail

pytestmark = pytest.mark.django_db

OTHER_KINDS = [Mail.Kind.SERVICE, Mail.Kind.NEWSLETTER]


@pytest.fixture
def unwanted(settings) -> Iterator[set[str]]:
    """Addresses that somebody objects to from now on. Mail becomes files."""
    settings.MAIL_SERVER = None
    addresses: set[str] = set()

    def guard(mails: Sequence[Mail]) -> dict[UUID, str]:
        return {mail.pk: "wants no mail" for mail in mails if mail.recipient in addresses}

    GUARDS.append(guard)
    yield addresses
    GUARDS.remove(guard)


def post(kind: Mail.Kind, to: str = "anna@klant.example") -> Mail:
    (mail,) = services.post(message=EmailMessage("Peren", "Rijp.", to=[to]), kind=kind)
    return mail


def sent(mail: Mail) -> Mail:
    services.send(mail_id=mail.pk)
    mail.refresh_from_db()
    return mail


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_an_objection_between_posting_and_sending_counts(unwanted: set[str], kind: Mail.Kind):
    mail = post(kind)
    unwanted.add(mail.recipient)
    sent(mail)
    assert (mail.state, mail.reason) == (Mail.State.WITHHELD, "wants no mail")


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_who_is_not_objected_to_gets_mail(unwanted: set[str], kind: Mail.Kind):
    unwanted.add("bram@klant.example")
    assert sent(post(kind)).state == Mail.State.SENT


def test_mail_about_a_login_is_always_sent(unwanted: set[str]):
    unwanted.add("anna@klant.example")
    assert sent(post(Mail.Kind.SECURITY)).state == Mail.State.SENT


def test_what_was_withheld_stays_withheld(unwanted: set[str]):
    unwanted.add("anna@klant.example")
    mail = sent(post(Mail.Kind.SERVICE))
    unwanted.clear()
    assert sent(mail).state == Mail.State.WITHHELD


def test_a_guard_that_fails_sends_nothing_and_holds_nobody_up(unwanted: set[str]):
    def broken(mails: Sequence[Mail]) -> dict[UUID, str]:
        raise LookupError("who is that?")

    GUARDS.append(broken)
    try:
        mail, other = post(Mail.Kind.SERVICE), post(Mail.Kind.SECURITY)
        services.send_for(seconds=20)
    finally:
        GUARDS.remove(broken)
    mail.refresh_from_db()
    other.refresh_from_db()
    assert (mail.state, mail.reason) == (Mail.State.WAITING, "LookupError")
    assert other.state == Mail.State.SENT
