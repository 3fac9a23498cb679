"""Signs PDFs as PAdES by pyHanko: an invisible field, no certification level, a timestamp.

A visible field would break PDF/UA, and a certification level is not ours to give: readers say
"signed by", and that nothing was changed since (docs/decisions/0045).
"""

from io import BytesIO

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.aiohttp_client import HTTPTimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from portal.certificates.keys import KeyTrouble, OwnKey, SigningKey
from portal.certificates.models import Issuing

FIELD = "Signature"
TIMESTAMP_SECONDS = 10


class QuickSigner(SimpleSigner):
    """pyHanko's signer with the key at hand: it would read it anew for each signature."""

    private: OwnKey

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        if isinstance(self.private, RSAPrivateKey):
            return self.private.sign(data, PKCS1v15(), hashes.SHA256())
        return self.private.sign(data, ec.ECDSA(hashes.SHA256()))


class Signer:
    """Signs one PDF after another with one key."""

    def __init__(self, key: SigningKey) -> None:
        self.has_timestamp = bool(settings.CERTIFICATE_TIMESTAMP_URL)
        above = SimpleCertificateStore()
        for one in key.chain:
            above.register(as_asn1(one))
        signer = QuickSigner(
            signing_cert=as_asn1(key.certificate),
            signing_key=private_as_asn1(key.private),
            cert_registry=above,
        )
        signer.private = key.private
        metadata = PdfSignatureMetadata(
            field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
        )
        self.pdf_signer = PdfSigner(metadata, signer, timestamper=timestamper())

    def sign(self, document: bytes) -> bytes:
        """The document with its signature. Raises `KeyTrouble` where the timestamp is missing."""
        written = BytesIO()
        try:
            self.pdf_signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(document)), output=written)
        except (TimestampRequestError, OSError) as error:
            raise KeyTrouble(Issuing.Trouble.NO_TIME, str(error)) from error
        return written.getvalue()


def timestamper() -> TimeStamper | None:
    """Who says when it was signed: the server of the settings, or nobody."""
    address = settings.CERTIFICATE_TIMESTAMP_URL
    return HTTPTimeStamper(address, timeout=TIMESTAMP_SECONDS) if address else None


def as_asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def private_as_asn1(private: OwnKey) -> asn1_keys.PrivateKeyInfo:
    return asn1_keys.PrivateKeyInfo.load(
        private.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
