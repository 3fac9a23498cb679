"""Reading the mails that stand in the outbox."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

from pluc.outbox.models import Mail


def newest_to(recipient: str) -> EmailMessage:
    """The mail that was posted last to an address."""
    mail = Mail.objects.filter(recipient=recipient).latest("created_at")
    return message_from_bytes(bytes(mail.message), policy=policy.default)


def text_of(message: EmailMessage) -> str:
    body = message.get_body(["plain"])
    assert body is not None
    return body.get_content()


def links_in(message: EmailMessage) -> list[str]:
    """The addresses in a mail's text, in their order; those of the statement left out."""
    found = re.findall(r"https?://\S+", text_of(message))
    return [address for address in found if "/privacyverklaring/" not in address]


def sent_mails() -> list[EmailMessage]:
    """All that were posted, the first one first."""
    mails = Mail.objects.order_by("created_at", "pk").values_list("message", flat=True)
    return [message_from_bytes(bytes(one), policy=policy.default) for one in mails]
