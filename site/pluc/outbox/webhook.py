"""What a mail provider reports by a signed request (Standard Webhooks; STANDARDS 2.12).

The signature is over the bytes that came; nothing is parsed before it holds.
"""

import base64
import binascii
import hmac
import json
import re
import time
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from pluc.outbox.incoming import STATUS, Bounce, Complaint, NotUnderstood, Said, is_hard
from pluc.outbox.models import Return
from pluc.outbox.return_addresses import mail_of_bounce

TOLERANCE = 5 * 60  # seconds between the sender's clock and ours
BODY_AT_MOST = 64 * 1024  # bytes
ID = re.compile(r"[!-~]{1,200}")
SIGNATURES_AT_MOST = 10
BOUNCED, COMPLAINED = "mail.bounced", "mail.complained"


class Malformed(ValueError):
    """The report has not the shape of `docs/contract.md`. Says what is wrong with it."""


def is_signed(headers: Mapping[str, str], body: bytes) -> bool:
    """Whether somebody who has one of our secrets sent this, just now."""
    name, moment = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not ID.fullmatch(name) or not re.fullmatch(r"[0-9]{1,12}", moment):
        return False
    if abs(time.time() - int(moment)) > TOLERANCE:
        return False
    content = f"{name}.{moment}.".encode() + body
    expected = [hmac.digest(key, content, "sha256") for key in settings.RETURNS_WEBHOOK_KEYS]
    given = signatures_in(headers.get("webhook-signature", ""))
    return any(hmac.compare_digest(one, other) for one in expected for other in given)


def signatures_in(header: str) -> list[bytes]:
    """The signatures of version 1; several where the sender changes its secret."""
    found = []
    for one in header.split(" ")[:SIGNATURES_AT_MOST]:
        version, _, letters = one.partition(",")
        try:
            signature = base64.b64decode(letters, validate=True) if version == "v1" else b""
        except (binascii.Error, ValueError):
            continue
        found.append(signature)
    return found


def said_in(body: bytes) -> Said:
    """What a report says. Raises `Malformed`."""
    try:
        report = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Malformed("The body is no JSON.") from error
    kind, data = field(report, "type", str), field(report, "data", dict)
    if kind not in {BOUNCED, COMPLAINED}:
        return NotUnderstood(Return.Why.OTHER_REPORT)
    mail_id = mail_of_bounce(field(data, "sender", str))
    if kind == COMPLAINED:
        return Complaint(mail_id) if mail_id else NotUnderstood(Return.Why.NO_TOKEN)
    status = STATUS.fullmatch(field(data, "status", str))
    if status is None:
        raise Malformed("`status` is no status of RFC 3463.")
    if status[1].startswith("2"):
        return NotUnderstood(Return.Why.NOT_FAILED)
    if mail_id is None:
        return NotUnderstood(Return.Why.NO_TOKEN)
    return Bounce(mail_id, is_hard=is_hard(status[1]), status=status[1])


def field(report: Any, name: str, kind: type) -> Any:
    """A field of a report. Raises `Malformed` where it is not there, or of another kind."""
    value = report.get(name) if isinstance(report, dict) else None
    if not isinstance(value, kind):
        raise Malformed(f"`{name}` is missing, or not what it should be.")
    return value
