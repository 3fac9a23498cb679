from django.apps import AppConfig
from django.db.models.signals import post_delete


class CertificatesConfig(AppConfig):
    name = "portal.certificates"
    label = "certificates"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from pluc.portal_header import ENTRIES, Entry
        from portal.accounts.claims import MOVERS, hand_over, nothing
        from portal.accounts.files import SECTIONS, Section
        from portal.certificates.file_section import certificates_of_person
        from portal.certificates.permissions import may_issue
        from portal.certificates.place_part import certificate_of_place
        from portal.certificates.services.going import remember
        from portal.enrolments.place_parts import PARTS, Part

        PARTS.append(Part(order=25, template="certificates/part.html", show=certificate_of_place))
        SECTIONS.append(
            Section(
                order=15,
                title=_("Certificates"),
                icon="circle-check",
                empty=_("No certificates yet."),
                may=may_issue,
                lines=certificates_of_person,
            )
        )

        MOVERS["certificates.Certificate"] = hand_over("certificates.Certificate", "person")
        MOVERS["certificates.CertificateStep"] = nothing
        mine = Entry(order=22, label=_("Certificates"), view="my_certificates", is_for_guests=False)
        ENTRIES.append(mine)
        post_delete.connect(remember, sender="certificates.Certificate")
