from django.apps import AppConfig


class EnrolmentsConfig(AppConfig):
    name = "portal.enrolments"
    label = "enrolments"

    def ready(self) -> None:
        from portal.accounts.claims import DESCRIBERS, MOVERS
        from portal.enrolments.claims import describe, move
        from portal.enrolments.services.following import follow
        from portal.meetings.changes import LISTENERS

        MOVERS.append(move)
        DESCRIBERS.append(describe)
        LISTENERS.append(follow)
