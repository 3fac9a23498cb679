"""Django's mail backend: whatever a library sends goes through the outbox as well."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from pluc.outbox.services import post


class OutboxBackend(BaseEmailBackend):
    """Posts each message instead of sending it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            post(message=message, template="library")
        return len(email_messages)
