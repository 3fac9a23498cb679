"""Codes that stand in addresses: the one of a person, and the one in the room that changes.

None is stored. Each is a keyed digest of 128 bits, by `SECRET_KEY` or what it was before; logs
leave them out (`pluc.logs`).
"""

import base64
import binascii
import datetime as dt
import hmac
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac

from pluc.periods import CHECK_IN, CHECK_IN_STAYS

SIZE = 16  # bytes: 128 bits
PERSON, ROOM = "portal.attendance.person", "portal.attendance.room"


def digest(salt: str, value: str, secret: str) -> bytes:
    return salted_hmac(salt, value, secret=secret, algorithm="sha256").digest()[:SIZE]


def is_digest(given: bytes, salt: str, value: str) -> bool:
    """Whether this is the digest of a value, by the secret key or one before it."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(hmac.compare_digest(given, digest(salt, value, one)) for one in secrets)


def written(data: bytes) -> str:
    """Bytes in letters that an address may hold."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def read(text: str) -> bytes:
    """The bytes of such letters; none for what is no such text."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""


# --- Of a person ---------------------------------------------------------------------------------


def person_code(enrolment_id: UUID) -> str:
    """What the QR code of a participant says of their place: which it is, and that we made it."""
    made = digest(PERSON, enrolment_id.hex, settings.SECRET_KEY)
    return written(enrolment_id.bytes + made)


def place_in(code: str) -> UUID | None:
    """The enrolment of a participant's code; nothing for one that is not ours."""
    data = read(code)
    if len(data) != 2 * SIZE:
        return None
    key = UUID(bytes=data[:SIZE])
    return key if is_digest(data[SIZE:], PERSON, key.hex) else None


# --- In the room ---------------------------------------------------------------------------------


def minute_of(now: dt.datetime) -> int:
    """The number of the period that a code in the room is for."""
    return int(now.timestamp() // CHECK_IN.total_seconds())


def room_code(session_id: UUID, now: dt.datetime) -> str:
    """What the screen in the room shows at a moment, for one session."""
    value = f"{session_id.hex}:{minute_of(now)}"
    return written(digest(ROOM, value, settings.SECRET_KEY))


def is_room_code(code: str, session_id: UUID, now: dt.datetime) -> bool:
    """Whether the room of this session shows a code now, or did so up to two minutes ago."""
    given = read(code)
    back = range(int(CHECK_IN_STAYS / CHECK_IN))
    values = [f"{session_id.hex}:{minute_of(now) - minutes}" for minutes in back]
    return any(is_digest(given, ROOM, value) for value in values)
