"""The key that signs certificates, with the certificate that says whose it is.

`CERTIFICATE_KEY_FILE` names a PEM file that holds both, and the certificates above it. On one's
own machine, over http, one is made in `DATA_DIR`. Nothing is signed with a key that cannot be
used now (docs/decisions/0045).
"""

import datetime as dt
import os
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils import timezone
from joserfc.jwk import ECKey, RSAKey

from pluc.periods import YEAR
from portal.certificates.models import Issuing

Trouble = Issuing.Trouble
OwnKey = RSAPrivateKey | EllipticCurvePrivateKey
RSA_BITS = 2048  # at least: also what Open Badges asks of RS256
OWN_FILE = "certificate-key.pem"
OWN_LASTS = 10 * YEAR
END_OF_KEY = "-----END PRIVATE KEY-----"


class KeyTrouble(Exception):
    """Nothing can be signed now. `trouble` is why, `detail` is for the log and for staff."""

    def __init__(self, trouble: Issuing.Trouble, detail: str) -> None:
        super().__init__(detail)
        self.trouble = trouble


@dataclass(frozen=True, kw_only=True)
class SigningKey:
    """A key, its certificate, and those above it."""

    private: OwnKey = field(repr=False)
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]

    @property
    def ends_at(self) -> dt.datetime:
        return self.certificate.not_valid_after_utc

    @property
    def fingerprint(self) -> str:
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    @property
    def subject(self) -> str:
        return self.certificate.subject.rfc4514_string()

    @property
    def pem(self) -> str:
        every = (self.certificate, *self.chain)
        return "".join(one.public_bytes(serialization.Encoding.PEM).decode() for one in every)

    @property
    def algorithm(self) -> str:
        """As JOSE calls it."""
        return "RS256" if isinstance(self.private, RSAPrivateKey) else "ES256"

    @cached_property
    def jose(self) -> RSAKey | ECKey:
        """The key as joserfc takes it: that tries the key, which takes longer than to sign."""
        pem = self.private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        if isinstance(self.private, RSAPrivateKey):
            return RSAKey.import_key(pem)
        return ECKey.import_key(pem)

    @property
    def jwk(self) -> dict[str, Any]:
        """The public part."""
        return dict(self.jose.as_dict(private=False))


def signing_key(now: dt.datetime | None = None) -> SigningKey:
    """The key that signs now. Raises `KeyTrouble` where there is none, or its time is not now."""
    path = key_file()
    try:
        found = read(str(path), path.stat().st_mtime_ns)
    except OSError as error:
        raise KeyTrouble(Trouble.NO_KEY, f"{error.strerror}") from error
    except (ValueError, TypeError) as error:
        raise KeyTrouble(Trouble.NO_KEY, str(error)) from error
    now = now or timezone.now()
    if not found.certificate.not_valid_before_utc <= now < found.ends_at:
        raise KeyTrouble(Trouble.EXPIRED, f"Valid until {found.ends_at:%Y-%m-%d}.")
    return found


def key_file() -> Path:
    """Where the key is; over http one is made where none is named. Raises `KeyTrouble`."""
    if settings.CERTIFICATE_KEY_FILE:
        return Path(settings.CERTIFICATE_KEY_FILE)
    if settings.HTTPS:
        raise KeyTrouble(Trouble.NO_KEY, "CERTIFICATE_KEY_FILE is not set.")
    path: Path = settings.DATA_DIR / OWN_FILE
    if not path.exists():
        make_own(path)
    return path


@lru_cache(maxsize=4)
def read(path: str, changed: int) -> SigningKey:
    """The key in a file, remembered until the file changes. Raises `ValueError`, `OSError`."""
    content = Path(path).read_bytes()
    private = serialization.load_pem_private_key(content, password=None)
    certificate, *chain = x509.load_pem_x509_certificates(content)
    if not (isinstance(private, RSAPrivateKey | EllipticCurvePrivateKey) and is_strong(private)):
        raise ValueError(f"The key must be RSA of at least {RSA_BITS} bits, or P-256.")
    if certificate.public_key() != private.public_key():
        raise ValueError("The first certificate in the file is not the key’s.")
    return SigningKey(private=private, certificate=certificate, chain=tuple(chain))


def is_strong(private: OwnKey) -> bool:
    if isinstance(private, RSAPrivateKey):
        return private.key_size >= RSA_BITS
    return isinstance(private.curve, SECP256R1)


def make_own(path: Path) -> None:
    """Makes a key whose certificate it signs itself: for one's own machine, where nobody knows it.

    The file gets its name when it is complete, so that of two processes neither reads half a key.
    """
    private = generate_private_key(public_exponent=65537, key_size=RSA_BITS)
    with NamedTemporaryFile("wb", dir=path.parent) as draft:
        draft.write(
            private.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        own = self_signed(private, settings.CERTIFICATE_PROVIDER)
        draft.write(own.public_bytes(serialization.Encoding.PEM))
        draft.flush()
        with suppress(FileExistsError):
            os.link(draft.name, path)


def self_signed(
    private: OwnKey, name: str, *, now: dt.datetime | None = None, lasts: dt.timedelta = OWN_LASTS
) -> x509.Certificate:
    """A certificate that a key signs for itself, fit for signing documents."""
    now = now or timezone.now()
    whose = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(whose)
        .issuer_name(whose)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(minutes=5))
        .not_valid_after(now + lasts)
        .add_extension(usage, critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(private, hashes.SHA256())
    )
