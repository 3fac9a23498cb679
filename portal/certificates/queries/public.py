"""What anybody may ask who has the address of a certificate."""

from uuid import UUID

from portal.certificates.models import Certificate, GoneCertificate, SigningCertificate


def certificate_with_id(*, id: UUID) -> Certificate | None:
    """A certificate that was made, with what took its place; one that is being made does not exist."""
    rows = Certificate.objects.made().select_related("replacement", "meeting")
    return rows.filter(pk=id).first()


def is_gone(*, id: UUID) -> bool:
    """Whether there was one, which is deleted."""
    return GoneCertificate.objects.filter(pk=id).exists()


def public_key_with(*, fingerprint: str) -> SigningCertificate | None:
    return SigningCertificate.objects.filter(fingerprint=fingerprint).first()
