from django.apps import AppConfig


class AnnouncementsConfig(AppConfig):
    name = "portal.announcements"
    label = "announcements"

    def ready(self) -> None:
        from legal.statements.services import AFTER_PUT_IN_FORCE
        from portal.announcements.statement import propose

        AFTER_PUT_IN_FORCE.append(propose)
