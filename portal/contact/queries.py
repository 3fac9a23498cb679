"""Messages for the staff screens, and repeated ones."""

from datetime import datetime

from portal.contact.models import ContactMessage, ContactMessageQuerySet


def messages_to_list() -> ContactMessageQuerySet:
    """All messages, those without an answer first. A list has no use for their text."""
    return ContactMessage.objects.new_first().defer("text")


def messages_without_answer() -> ContactMessageQuerySet:
    return ContactMessage.objects.without_answer()


def message_numbered(*, number: int) -> ContactMessage | None:
    messages = ContactMessage.objects.select_related("answered_by__person")
    return messages.filter(pk=number).first()


def is_repeated(*, email: str, text: str, since: datetime) -> bool:
    """Whether the same was sent from the same address since a moment."""
    messages = ContactMessage.objects.filter(received_at__gte=since, email__iexact=email)
    return messages.filter(text=text).exists()


def was_confirmed(*, email: str, since: datetime) -> bool:
    """Whether an address was told since a moment that we have its message."""
    return ContactMessage.objects.filter(email__iexact=email, confirmed_at__gt=since).exists()
