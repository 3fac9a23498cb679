"""What the worker does for the outbox. Each may run twice with one effect."""

import uuid

from django.utils import timezone

from pluc.outbox import services
from pluc.outbox.models import Mail

AT_ONCE = 200


def send(mail_id: str) -> None:
    """Task: sends one mail, if it is still due."""
    services.send(mail_id=uuid.UUID(mail_id))


def send_due() -> None:
    """Task, each minute: recovers what a killed worker left, and sends what is due."""
    services.recover()
    for mail_id in Mail.objects.due_at(timezone.now()).values_list("pk", flat=True)[:AT_ONCE]:
        services.send(mail_id=mail_id)
    services.alarm()


def purge() -> None:
    """Task, daily: deletes mails whose retention is over."""
    services.purge()
