from django.apps import AppConfig
from django.db.models.signals import post_delete


class CertificatesConfig(AppConfig):
    name = "portal.certificates"
    label = "certificates"

    def ready(self) -> None:
        from portal.accounts.claims import MOVERS, hand_over, nothing
        from portal.certificates.services.going import remember

        MOVERS["certificates.Certificate"] = hand_over("certificates.Certificate", "person")
        MOVERS["certificates.CertificateStep"] = nothing
        post_delete.connect(remember, sender="certificates.Certificate")
