"""How an address is compared, and the keyed hash by which a suppressed one is known."""

import contextlib
import hashlib
import hmac

from django.conf import settings

from pluc.folding import clean_address


def normal(email: str) -> str:
    """An address as it is compared: without case, and its domain in ASCII (IDNA)."""
    name, _, domain = clean_address(email).casefold().rpartition("@")
    with contextlib.suppress(UnicodeError):  # no domain at all: compared as it is
        domain = domain.encode("idna").decode("ascii")
    return f"{name}@{domain}"


class NoKey(Exception):
    """`NEWSLETTER_KEY` is not set: who left cannot be known, so no newsletter goes."""


def suppression_key(email: str) -> str:
    """The hash by which this address is suppressed from now on, in hexadecimal. Raises `NoKey`."""
    return suppression_keys(email)[0]


def suppression_keys(email: str) -> list[str]:
    """Every hash by which this address may have been suppressed: also by keys of before.

    Raises `NoKey` where none is set.
    """
    if not settings.SUPPRESSION_KEYS:
        raise NoKey
    return [keyed(key, email) for key in settings.SUPPRESSION_KEYS]


def keyed(key: str, email: str) -> str:
    return hmac.new(key.encode(), normal(email).encode(), hashlib.sha256).hexdigest()
