from django.apps import AppConfig


class EnrolmentsConfig(AppConfig):
    name = "portal.enrolments"
    label = "enrolments"

    def ready(self) -> None:
        from portal.accounts.claims import DESCRIBERS, MOVERS
        from portal.accounts.staff_links import LINKS
        from portal.enrolments.claims import describe, move
        from portal.enrolments.services.meeting_changes import follow
        from portal.enrolments.staff_links import enrolments_of
        from portal.meetings.changes import LISTENERS

        MOVERS.append(move)
        DESCRIBERS.append(describe)
        LINKS.append(enrolments_of)
        LISTENERS.append(follow)
