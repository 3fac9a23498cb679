from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "portal.meetings"
    label = "meetings"

    def ready(self) -> None:
        from portal.accounts.claims import MOVERS
        from portal.meetings.claims import move

        MOVERS.append(move)
