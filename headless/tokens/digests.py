"""A token's text: how it is made, and by which digest we know it again."""

import re
import secrets

from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "headless.tokens"
MARK = "pluc_"  # scanners of leaked secrets look for such a mark
BYTES = 32
A_TOKEN = re.compile(MARK + r"[A-Za-z0-9_-]{43}")


def new_token() -> str:
    return MARK + secrets.token_urlsafe(BYTES)


def digest_of(token: str, *, key: str = "") -> str:
    """Keyed, so that whoever has the table alone can look nothing up."""
    return salted_hmac(
        SALT, token, secret=key or settings.SECRET_KEY, algorithm="sha256"
    ).hexdigest()


def digests_of(token: str) -> list[str]:
    """Under each key that still counts; none for a text that is no token of ours."""
    if not A_TOKEN.fullmatch(token):
        return []
    return [
        digest_of(token, key=key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]
