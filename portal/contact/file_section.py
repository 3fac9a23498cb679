"""What this room puts in the file of a person: messages from their address."""

from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext as _t

from portal.accounts.files import Line
from portal.accounts.models import Person
from portal.contact.models import ContactMessage


def messages(person: Person, most: int) -> list[Line]:
    """What was written by the contact form from their address, the newest first.

    Nobody proves an address there: it may have been somebody else.
    """
    if not person.email:
        return []
    rows = ContactMessage.objects.alias(small=Lower("email")).filter(small=person.email.lower())
    return [
        Line(
            at=one.received_at,
            text=str(one.get_topic_display() or _t("A message")),
            state=_t("answered") if one.is_answered else _t("without an answer"),
            url=reverse("contact_message", args=[one.pk]),
        )
        for one in rows.defer("text").order_by("-received_at")[:most]
    ]
