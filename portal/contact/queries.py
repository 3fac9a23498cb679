"""Messages for the staff screens, and repeated ones."""

from datetime import datetime

from pluc.outbox.guards import objection
from pluc.outbox.models import Mail
from portal.accounts.models import User
from portal.contact.models import ContactMessage, ContactMessageQuerySet, MessageStep


def messages_to_list() -> ContactMessageQuerySet:
    """All messages, those without an answer first. A list has no use for their text."""
    return ContactMessage.objects.new_first().select_related("taken_by__person").defer("text")


def messages_without_answer() -> ContactMessageQuerySet:
    return ContactMessage.objects.without_answer()


def steps_of(message: ContactMessage) -> list[MessageStep]:
    """What colleagues did with it, the latest last."""
    return list(message.steps.select_related("by__person"))


def answers_to(message: ContactMessage) -> int:
    return message.steps.filter(kind=MessageStep.Kind.ANSWER).count()


def is_last_answer(message: ContactMessage, *, text: str, by: User) -> bool:
    """Whether this is what the same colleague answered just before."""
    last = message.steps.filter(kind=MessageStep.Kind.ANSWER).last()
    return last is not None and (last.text, last.by) == (text, by)


def is_mail_withheld(message: ContactMessage) -> bool:
    """Whether the outbox would keep an answer back: who has the address is restricted."""
    return objection(Mail(kind=Mail.Kind.SERVICE, recipient=message.email)) is not None


def message_numbered(*, number: int) -> ContactMessage | None:
    messages = ContactMessage.objects.select_related("answered_by__person", "taken_by__person")
    return messages.filter(pk=number).first()


def is_repeated(*, email: str, text: str, since: datetime) -> bool:
    """Whether the same was sent from the same address since a moment."""
    messages = ContactMessage.objects.filter(received_at__gte=since, email__iexact=email)
    return messages.filter(text=text).exists()


def was_confirmed(*, email: str, since: datetime) -> bool:
    """Whether an address was told since a moment that we have its message."""
    return ContactMessage.objects.filter(email__iexact=email, confirmed_at__gt=since).exists()
