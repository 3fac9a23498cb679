"""Secrets of endpoints, and the signatures by which receivers know that a message is ours.

Standard Webhooks, version 1 (docs/decisions/0051). A signature needs the secret itself, so it
cannot be stored as a hash: it is encrypted by a key that follows from the SECRET_KEY, which is not
in the database.
"""

import base64
import secrets
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac
from standardwebhooks import Webhook

PREFIX = "whsec_"
SECRET_BYTES = 32  # the standard asks for 24 to 64
SALT = "headless.webhooks.signing"


class Unreadable(Exception):
    """A secret that no present key decrypts: the SECRET_KEY was changed without its fallback."""


def new_secret() -> str:
    """A random secret, as the receiver gets it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def locks_one_by_one() -> list[Fernet]:
    """One for the present SECRET_KEY, then one for each before it."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = (salted_hmac(SALT, "", secret=key, algorithm="sha256").digest() for key in keys)
    return [Fernet(base64.urlsafe_b64encode(one)) for one in digests]


def locks() -> MultiFernet:
    """Encrypts by the present SECRET_KEY; decrypts by those before it too."""
    return MultiFernet(locks_one_by_one())


def seal(secret: str) -> str:
    return locks().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """Raises `Unreadable`."""
    try:
        return locks().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unreadable from error


def is_by_a_former_key(sealed: str) -> bool:
    """Whether only a SECRET_KEY before the present one decrypts it."""
    try:
        locks_one_by_one()[0].decrypt(sealed.encode())
    except InvalidToken:
        return can_be_read(sealed)
    return False


def can_be_read(sealed: str) -> bool:
    try:
        unseal(sealed)
    except Unreadable:
        return False
    return True


def signed_headers(
    *, name: str, moment: datetime, body: str, sealed_secrets: list[str]
) -> dict[str, str]:
    """The headers of an attempt: one signature for each secret. Raises `Unreadable`."""
    signatures = [Webhook(unseal(one)).sign(name, moment, body) for one in sealed_secrets]
    return {
        "webhook-id": name,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
