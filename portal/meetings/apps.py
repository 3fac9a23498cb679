from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "portal.meetings"
    label = "meetings"

    def ready(self) -> None:
        from portal.accounts.claims import MOVERS, nothing
        from portal.meetings.claims import move_speaker

        MOVERS["meetings.Speaker"] = move_speaker
        MOVERS["meetings.Meeting_speakers"] = nothing
