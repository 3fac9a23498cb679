"""What the contact form keeps of people (P04, P10)."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from legal.rights.registry import (
    Address,
    Basis,
    Delete,
    Group,
    Retention,
    Source,
    personal,
    work_of_staff,
)
from pluc import periods

AFTER_THE_ANSWER = Retention(
    period=periods.MESSAGE,
    fact=_("our answer, or after your message if none came"),
    fields=("answered_at", "received_at"),
)
WITH_THE_MESSAGE = replace(AFTER_THE_ANSWER, fields=(), goes_with="message")

personal(
    "contact.ContactMessage",
    owner=Address(field="email"),
    title=_("Messages through the contact form"),
    group=Group.MESSAGES,
    purpose=_("To answer you."),
    basis=Basis.INTEREST,
    source=Source.YOU,
    retention=AFTER_THE_ANSWER,
    shown=["topic", "received_at", "answered_at"],
    # Nobody proves an address in that form: whoever typed this one may have been a stranger, and
    # what they wrote about themselves is not for its owner to read. The back office looks first.
    internal=[
        *("id", "name", "email", "phone", "text", "language", "confirmed_at", "fingerprint"),
        "spam_at",
    ],
    erasure=Delete(),
)
work_of_staff(
    "contact.ContactMessage",
    "answered_by",
    title=_("Messages that you answered"),
    purpose=_("So that colleagues know who answered."),
    retention=AFTER_THE_ANSWER,
    shown=["answered_at"],
)
work_of_staff(
    "contact.ContactMessage",
    "taken_by",
    title=_("Messages that you took on"),
    purpose=_("So that colleagues know who answers."),
    retention=AFTER_THE_ANSWER,
    shown=["received_at"],
)
personal(
    "contact.MessageStep",
    owner=Address(field="message__email"),
    title=_("What we did with your messages"),
    group=Group.MESSAGES,
    purpose=_("To answer you, and to know what we answered."),
    basis=Basis.INTEREST,
    source=Source.US,
    retention=WITH_THE_MESSAGE,
    shown=["kind", "at"],
    is_log=True,
    # Answer and note are about what a stranger may have typed: see above.
    internal=["id", "message", "text"],
    erasure=Delete(),
)
work_of_staff(
    "contact.MessageStep",
    "by",
    title=_("What you did with messages"),
    purpose=_("So that colleagues know who answered."),
    retention=WITH_THE_MESSAGE,
    shown=["kind", "at"],
)
