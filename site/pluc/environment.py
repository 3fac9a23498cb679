"""What the environment may say: read and checked, for the settings.

Each function raises `ImproperlyConfigured`, with one sentence, for a value that cannot be.
"""

import base64
import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

KEY_LENGTH = 32  # characters, at least
RSA_LENGTH = 2048  # bits, at least (RFC 8301)
SELECTOR = re.compile(r"[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?", re.IGNORECASE)
SigningKey = RSAPrivateKey | Ed25519PrivateKey


def parts_of(name: str, value: str) -> SplitResult:
    """The parts of an address; refuses one that has none, or a port that cannot be."""
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018  reading it is what checks it
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is no address: {error}.") from error
    return parts


def split_origin(name: str, value: str) -> tuple[str, str]:
    """Scheme and host of a base address; refuses one that is not `http(s)://host[:port][/path]`."""
    parts = parts_of(name, value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.port == 0:
        raise ImproperlyConfigured(f"{name} must be an http(s) address, not {value!r}.")
    if parts.query or parts.fragment or value.endswith("/"):
        raise ImproperlyConfigured(
            f"{name} must end without a slash, query or fragment: {value!r}."
        )
    return parts.scheme, parts.hostname


def require_writable(folder: Path) -> Path:
    """The folder, made if needed; refuses one that cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"DATA_DIR {folder} cannot be made: {error.strerror}."
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(f"DATA_DIR {folder} is not writable.")
    return folder


def read_or_make_key(folder: Path, *, name: str = "secret-key") -> str:
    """A development key in `DATA_DIR`, made once, readable by its owner only.

    It gets its name when it is complete: a start that was broken off leaves no half key. Of
    commands that start together one makes it, while the others wait.
    """
    path = folder / name
    try:
        with alone_in(folder):
            if not path.exists() or not path.read_text().strip():
                with NamedTemporaryFile("w", dir=folder) as draft:
                    draft.write(get_random_secret_key())
                    draft.flush()
                    path.unlink(missing_ok=True)  # an empty one
                    os.link(draft.name, path)
            return path.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"The key in DATA_DIR cannot be read or made: {error.strerror} ({path})."
        ) from error


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """One process after the other, of those on this machine that ask for the same folder."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)


def require_strong_keys(keys: list[str]) -> None:
    """Refuses a key that can be guessed: who has it can sign in as anybody."""
    for key in keys:
        if len(key) < KEY_LENGTH:
            raise ImproperlyConfigured(
                "SECRET_KEY, SECRET_KEY_FALLBACKS, NEWSLETTER_KEY, NEWSLETTER_KEY_FALLBACKS: each "
                f"key must have at least {KEY_LENGTH} characters when SITE_URL is https."
            )


def read_mail_server(address: str) -> dict[str, Any]:
    """What Django's SMTP backend needs: `smtp://`, `smtp+tls://` (STARTTLS) or `smtps://` (TLS)."""
    parts = parts_of("EMAIL_URL", address)
    port = parts.port or (465 if parts.scheme == "smtps" else 25)
    if parts.scheme not in {"smtp", "smtp+tls", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured("EMAIL_URL must look like smtp://user:password@host:port.")
    return {
        "host": parts.hostname,
        "port": port,
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp+tls",
        "use_ssl": parts.scheme == "smtps",
        "timeout": 20,
    }


@dataclass(frozen=True, kw_only=True)
class Mailbox:
    """A mailbox that is read by IMAP."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str
    is_encrypted: bool


def read_mailbox(address: str) -> Mailbox | None:
    """The mailbox for what comes back: `imaps://user:password@host:port/folder`, or none.

    Without encryption only on this very machine: the password would travel in plain text.
    """
    if not address:
        return None
    parts = parts_of("RETURNS_IMAP_URL", address)
    is_encrypted = parts.scheme == "imaps"
    if parts.scheme not in {"imap", "imaps"} or not (parts.hostname and parts.username):
        raise ImproperlyConfigured(
            "RETURNS_IMAP_URL must look like imaps://user:password@host:port/INBOX."
        )
    if not is_encrypted and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise ImproperlyConfigured("RETURNS_IMAP_URL must be imaps:// but for this very machine.")
    return Mailbox(
        host=parts.hostname,
        port=parts.port or (993 if is_encrypted else 143),
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        is_encrypted=is_encrypted,
    )


def read_webhook_secrets(secrets: list[str]) -> list[bytes]:
    """The keys of Standard Webhooks: `whsec_` and 24 to 64 bytes in base 64, the newest first."""
    keys = []
    for secret in secrets:
        try:
            key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        except ValueError:
            key = b""
        if not secret.startswith("whsec_") or not 24 <= len(key) <= 64:
            raise ImproperlyConfigured(
                "RETURNS_WEBHOOK_SECRET must be whsec_ and 24 to 64 bytes in base 64, or several"
                " with commas between them."
            )
        keys.append(key)
    return keys


def read_signing_key(file: str, selector: str) -> SigningKey | None:
    """The key that signs mail (DKIM): a PEM file without password; `None` where none is named."""
    if bool(file) != bool(selector):
        raise ImproperlyConfigured("DKIM_KEY_FILE and DKIM_SELECTOR must be set both or neither.")
    if not file:
        return None
    if not SELECTOR.fullmatch(selector):
        raise ImproperlyConfigured(f"DKIM_SELECTOR is no name in a domain: {selector!r}.")
    try:
        key = load_pem_private_key(Path(file).read_bytes(), password=None)
    except OSError as error:
        raise ImproperlyConfigured(f"DKIM_KEY_FILE cannot be read: {error.strerror}.") from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise ImproperlyConfigured(
            "DKIM_KEY_FILE holds no private key without password."
        ) from error
    return require_signing_key(key)


def require_signing_key(key: object) -> SigningKey:
    """Refuses a key by which mail servers do not know a signature, or can find it."""
    if isinstance(key, Ed25519PrivateKey):
        return key
    if not isinstance(key, RSAPrivateKey) or key.key_size < RSA_LENGTH:
        raise ImproperlyConfigured(
            f"DKIM_KEY_FILE must hold an RSA key of at least {RSA_LENGTH} bits, or an Ed25519 key."
        )
    return key


def require_timestamp_server(address: str) -> None:
    """Refuses what is no address of a timestamp server (RFC 3161); none at all is fine.

    Many speak http only: what they sign is checked by their signature.
    """
    parts = parts_of("CERTIFICATE_TIMESTAMP_URL", address)
    if address and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise ImproperlyConfigured("CERTIFICATE_TIMESTAMP_URL must be an http(s) address.")


def common_domain(first: str, second: str) -> str | None:
    """The domain on which both hosts can read a cookie; `None` where they are one host.

    Raises `ImproperlyConfigured` when they share none: choices could not be shared either.
    """
    if first == second:
        return None
    shared: list[str] = []
    pairs = zip(reversed(first.split(".")), reversed(second.split(".")), strict=False)
    for one, other in pairs:
        if one != other:
            break
        shared.insert(0, one)
    if len(shared) < 2:
        raise ImproperlyConfigured("SITE_URL and PORTAL_URL must share a parent domain.")
    return ".".join(shared)


def seconds(period: timedelta) -> int:
    """A period as settings of Django's want it."""
    return int(period.total_seconds())
