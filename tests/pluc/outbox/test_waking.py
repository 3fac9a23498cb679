"""Posting a mail wakes the worker: at once, and once for many (STANDARDS 7.7)."""

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import transaction
from django_q.models import OrmQ

from pluc.outbox import services
from pluc.outbox.models import Mail

pytestmark = [pytest.mark.usefixtures("committed")]


@pytest.fixture
def mail_to_files(settings: Any, tmp_path: Path) -> None:
    settings.MAIL_SERVER, settings.MAIL_DIR = None, tmp_path / "mail"


def letter() -> EmailMessage:
    return EmailMessage("Peren", "Ze zijn rijp.", to=["anna@klant.example"])


def sent() -> int:
    return Mail.objects.filter(state=Mail.State.SENT).count()


def test_a_transaction_that_is_rolled_back_wakes_nobody():
    with transaction.atomic():
        services.post(message=letter())
        transaction.set_rollback(True)
    assert not OrmQ.objects.exists()


def test_however_many_mails_a_request_posts_one_task_is_asked_for():
    with transaction.atomic():
        for _ in range(3):
            services.post(message=letter())
        assert not OrmQ.objects.exists()
    services.post(message=letter())
    assert OrmQ.objects.count() == 1


def test_a_mail_that_is_posted_while_the_worker_sends_is_not_forgotten(mail_to_files: None):
    services.post(message=letter())
    services.send_for(seconds=20)
    services.post(message=letter())
    assert OrmQ.objects.count() == 2


def test_what_is_left_when_time_is_up_is_for_a_next_task(mail_to_files: None):
    services.post(message=letter())
    OrmQ.objects.all().delete()
    services.send_for(seconds=-1)
    assert (sent(), OrmQ.objects.count()) == (0, 1)
    services.send_for(seconds=20)
    assert (sent(), OrmQ.objects.count()) == (1, 1)


def test_a_queue_that_fails_loses_no_mail(monkeypatch: Any, caplog: Any):
    def broken(*arguments: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr(services, "async_task", broken)
    services.post(message=letter())
    assert Mail.objects.get().state == Mail.State.WAITING
    assert "ConnectionError" in caplog.text
