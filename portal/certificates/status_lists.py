"""The signed status lists, made anew when something is revoked, and every ten minutes."""

from django.conf import settings
from django.core.cache import cache

from portal.certificates.credentials import FRESH, LIST_LENGTH, signed, status_list
from portal.certificates.keys import signing_key
from portal.certificates.queries.status import revoked_in


def cache_key(number: int) -> str:
    return f"certificate-status:{number}"


def signed_list(number: int) -> str | None:
    """The list as a JWT; nothing where there is none. Raises `KeyTrouble`."""
    known: str | None = cache.get(cache_key(number))
    if known is not None:
        return known
    revoked = revoked_in(number=number)
    if revoked is None:
        return None
    listed = status_list(number, revoked, provider=settings.CERTIFICATE_PROVIDER)
    token = signed(listed, signing_key())
    cache.set(cache_key(number), token, FRESH.total_seconds())
    return token


def forget(position: int) -> None:
    """What stands at a place has changed: whoever asks next gets a new list."""
    cache.delete(cache_key(position // LIST_LENGTH))
