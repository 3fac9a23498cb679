"""What stays of a certificate that goes, because its time is over or its person was erased."""

from typing import Any

from portal.certificates.models import Certificate, GoneCertificate


def remember(instance: Certificate, **kwargs: Any) -> None:
    """Receiver of `post_delete`: its address answers 410 from then on, without facts.

    One that was never made is forgotten: nobody has its address.
    """
    if instance.state != Certificate.State.WAITING:
        GoneCertificate.objects.get_or_create(
            id=instance.pk,
            defaults={
                "status_position": instance.status_position,
                "was_valid": instance.is_in_force,
            },
        )
