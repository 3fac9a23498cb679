"""Writing a mail from its template, `templates/mails/<room>/<name>.txt`, and posting it."""

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.encoders import encode_base64
from email.mime.nonmultipart import MIMENonMultipart
from typing import Any

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMultiAlternatives
from django.template import Context, Engine
from django.utils import timezone, translation

from pluc.outbox.elements import Letter
from pluc.outbox.models import Mail
from pluc.outbox.reading import statement_address
from pluc.outbox.services import post
from pluc.outbox.telling import hear

LINE_BREAK = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file that goes with a letter."""

    name: str
    content: bytes
    # With its parameters, such as "text/calendar; method=REQUEST; charset=utf-8".
    content_type: str


def post_letter(
    *,
    template: str,
    to: str,
    language: str,
    context: dict[str, Any],
    event: str = "",
    kind: Mail.Kind = Mail.Kind.SERVICE,
    person_id: uuid.UUID | None = None,
    headers: dict[str, str] | None = None,
    attachments: Iterable[Attachment] = (),
) -> Mail | None:
    """Writes the mail of `templates/mails/<template>.txt` in `language` and posts it.

    Call it in the transaction of its cause. `language` is "nl" or "en"; `context` is what the
    template shows, and dates in it are told in the site's own time zone. Returns `None` where this
    `event` was posted to this address before. Raises `BadHeaderError` for a line break in the
    subject, or in a value of `context` whose name ends in "name" (STANDARDS 2.16).
    """
    refuse_broken_names(context)
    with translation.override(language), timezone.override(settings.TIME_ZONE):
        message = written(template, context | surroundings(language), to=to, headers=headers)
    for attachment in attachments:
        message.attach(attached(attachment))
    posted = post(message=message, event=event, template=template, kind=kind, person_id=person_id)
    for mail in posted:
        hear(mail, language)
    return posted[0] if posted else None


def subject_of(template: str, language: str, context: dict[str, Any]) -> str:
    """The subject that a mail of this template would have, for who cannot be mailed."""
    with translation.override(language), timezone.override(settings.TIME_ZONE):
        message = written(template, context | surroundings(language), to="", headers=None)
    return str(message.subject)


def written(
    template: str, context: dict[str, Any], *, to: str, headers: dict[str, str] | None
) -> EmailMultiAlternatives:
    """The message in the active language: text first, then HTML (STANDARDS 2.11).

    Raises `BadHeaderError` for a line break in the subject.
    """
    letter = Letter()
    context = context | {"letter": letter}
    rendered(f"{template}.txt", context)  # fills in the letter
    if LINE_BREAK.search(letter.subject):
        raise BadHeaderError("A subject is one line.")
    # Stripped it is a plain string, not one that passes for safe HTML where a screen shows it.
    text = rendered("parts/page.txt", context).strip() + "\n"
    message = EmailMultiAlternatives(letter.subject, text, to=[to] if to else [], headers=headers)
    message.attach_alternative(rendered("parts/page.html", context), "text/html")
    return message


def attached(attachment: Attachment) -> MIMENonMultipart:
    """The MIME part of an attachment, with its content type as given."""
    part = MIMENonMultipart(*attachment.content_type.partition(";")[0].strip().split("/"))
    part.replace_header("Content-Type", attachment.content_type)
    part.add_header("Content-Disposition", "attachment", filename=attachment.name)
    part.set_payload(attachment.content)
    encode_base64(part)
    return part


def rendered(name: str, context: dict[str, Any]) -> str:
    """Renders a template of `templates/mails/`; only `.html` escapes what it shows."""
    template = Engine.get_default().get_template(f"mails/{name}")
    return template.render(Context(context, autoescape=name.endswith(".html")))


def surroundings(language: str) -> dict[str, str]:
    """What every letter shows: its language, who writes, from where, and the privacy statement."""
    return {
        "language": language,
        "sender": settings.BACK_OFFICE_ADDRESS,
        "postal_address": settings.POSTAL_ADDRESS,
        "statement_address": statement_address(language),
    }


def refuse_broken_names(context: Mapping[str, Any]) -> None:
    """Refuses line breaks in names, which could inject headers (STANDARDS 2.16).

    Raises `BadHeaderError`.
    """
    for key, value in context.items():
        if key.endswith("name") and isinstance(value, str) and LINE_BREAK.search(value):
            raise BadHeaderError("A name is one line.")
