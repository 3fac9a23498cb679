"""Certificates for servers that the tests run themselves."""

import base64
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

A_DAY = timedelta(days=1)


def own_certificate(folder: Path, *hosts: str) -> Path:
    """Writes a certificate for `hosts`, signed by its own key, and that key: one file, in PEM.

    It holds from yesterday until tomorrow.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, hosts[0])])
    names = x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - A_DAY)
        .not_valid_after(now + A_DAY)
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path = folder / f"{hosts[0]}.pem"
    path.write_bytes(certificate.public_bytes(Encoding.PEM) + private)
    return path


def digest_of_key(path: Path) -> str:
    """The SHA-256 of a certificate's public key, as Chromium takes it (base64)."""
    key = x509.load_pem_x509_certificate(path.read_bytes()).public_key()
    public = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(sha256(public).digest()).decode()
