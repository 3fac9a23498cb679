"""What anybody may ask who has the address of a certificate."""

from uuid import UUID

from portal.certificates.models import Certificate, GoneCertificate, SigningCertificate


def certificate_with_id(*, key: UUID) -> Certificate | None:
    """One that was made, with what took its place; one that is being made does not exist."""
    rows = Certificate.objects.made().select_related("replacement", "meeting")
    return rows.filter(pk=key).first()


def is_gone(*, key: UUID) -> bool:
    """Whether there was one, which is deleted."""
    return GoneCertificate.objects.filter(pk=key).exists()


def public_key_with(*, fingerprint: str) -> SigningCertificate | None:
    return SigningCertificate.objects.filter(fingerprint=fingerprint).first()
