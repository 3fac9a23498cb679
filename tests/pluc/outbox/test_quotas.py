"""What leaves for one mailbox within an hour has a ceiling; the rest waits and is not lost."""

import logging
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.mail import EmailMessage
from django.utils import timezone

from pluc.outbox import queries, services, tasks
from pluc.outbox.models import Mail
from portal.accounts.models import User
from tests.conftest import LimitTo

pytestmark = pytest.mark.django_db
Kind, State = Mail.Kind, Mail.State


def post(number: int, to: str = "vreemde@elders.example", kind: Mail.Kind = Kind.SERVICE) -> None:
    message = EmailMessage("Peren", "Rijp.", django_settings.DEFAULT_FROM_EMAIL, [to])
    for one in range(number):
        services.post(message=message, event=f"{to}{kind}{one}", template="pears", kind=kind)


def states(**which: object) -> list[str]:
    return sorted(Mail.objects.filter(**which).values_list("state", flat=True))


@pytest.fixture(autouse=True)
def small(limit_to: LimitTo, settings, tmp_path) -> None:
    settings.MAIL_DIR = tmp_path
    limit_to("mailbox", "3/h/key")
    limit_to("mailbox_security", "2/h/key")


def test_what_is_over_waits_an_hour_and_then_goes(caplog):
    post(5)
    post(2, to="Vreemde+x@Elders.example", kind=Kind.NEWSLETTER)
    post(1, to="ander@elders.example")
    start = timezone.now()
    tasks.send_posted()
    assert states() == ["sent"] * 4 + ["waiting"] * 4, "all kinds together, however it is written"
    assert states(recipient="ander@elders.example") == ["sent"]
    waiting = Mail.objects.held_back()
    assert {mail.attempts for mail in waiting} == {0}
    assert all(mail.due_at >= start + timedelta(hours=1) for mail in waiting)
    with caplog.at_level(logging.ERROR):
        assert services.alarm() == 4
    assert "4 e-mails wait" in caplog.text
    assert "elders" not in caplog.text
    for minutes, sent in ((62, 7), (125, 8)):
        with time_machine.travel(start + timedelta(minutes=minutes)):
            tasks.send_posted()
            assert states().count("sent") == sent
    assert set(Mail.objects.values_list("reason", flat=True)) == {""}


@pytest.mark.parametrize("state", [State.SENDING, State.UNKNOWN])
@pytest.mark.parametrize(("hours", "goes"), [(0, False), (-1, True), (1, True)])
def test_what_may_have_left_this_hour_counts_and_nothing_else(state: str, hours: int, goes: bool):
    """Not what a wrong clock took tomorrow, either."""
    post(3)
    Mail.objects.update(state=state, claimed_at=timezone.now() + timedelta(hours=hours))
    post(1, kind=Kind.NEWSLETTER)
    tasks.send_posted()
    assert states(kind=Kind.NEWSLETTER) == ["sent" if goes else "waiting"]


def test_mail_about_a_login_has_room_of_its_own():
    post(5)
    post(3, kind=Kind.SECURITY)
    tasks.send_posted()
    assert states(kind=Kind.SECURITY) == ["sent", "sent", "waiting"]
    assert states(kind=Kind.SERVICE).count("sent") == 3


def test_the_back_offices_own_mailbox_hears_of_every_message():
    post(6, to=django_settings.DEFAULT_FROM_EMAIL)
    tasks.send_posted()
    assert states() == ["sent"] * 6


def test_a_mail_costs_no_more_however_many_wait(django_assert_num_queries):
    post(40)
    tasks.send_posted()
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        mail = queries.most_urgent()
        with django_assert_num_queries(5):
            services.send(mail_id=mail.pk)


def test_the_back_office_sees_how_many_wait_and_why(sign_in, back_office: User):
    post(5)
    tasks.send_posted()
    browser = sign_in(back_office)
    assert "Misbruikt iemand onze formulieren?" in browser.get("/beheer/").text
    why = "Dit mailadres kreeg dit uur al zoveel mails als mag."
    assert browser.get("/beheer/mail/").text.count(why) == 2
    waiting = Mail.objects.held_back().first()
    assert why in browser.get(f"/beheer/mail/{waiting.pk}/").text
