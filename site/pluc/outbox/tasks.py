"""What the worker does for the outbox. Each may run twice with one effect."""

from pluc.outbox import mailbox, services

# A task is ended after a minute, and one mail may take twenty seconds to fail.
SECONDS = 20


def send_posted() -> None:
    """Task, when a mail was posted: sends what is due."""
    services.send_for(SECONDS)


def send_due() -> None:
    """Task, each minute: recovers what a killed worker left, and sends what is due."""
    services.recover()
    services.alarm()
    services.send_for(SECONDS)


def read_mailbox() -> None:
    """Task, every few minutes: reads what came back, where a mailbox is set."""
    mailbox.read_new()
