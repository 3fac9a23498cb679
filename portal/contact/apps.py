from django.apps import AppConfig


class ContactConfig(AppConfig):
    name = "portal.contact"
    label = "contact"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from portal.accounts.files import SECTIONS, Section
        from portal.contact.file_section import messages
        from portal.contact.permissions import may_read

        SECTIONS.append(
            Section(
                order=30,
                title=_("Messages from this address"),
                icon="comment",
                empty=_("No messages."),
                may=may_read,
                lines=messages,
            )
        )
