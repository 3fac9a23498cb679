from django.apps import AppConfig


class EnrolmentsConfig(AppConfig):
    name = "portal.enrolments"
    label = "enrolments"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from pluc.portal_header import ENTRIES, Entry
        from portal.accounts.claims import DESCRIBERS, MOVERS
        from portal.enrolments.claims import describe, move
        from portal.enrolments.services.meeting_changes import follow
        from portal.meetings.changes import LISTENERS

        MOVERS.append(move)
        DESCRIBERS.append(describe)
        LISTENERS.append(follow)
        mine = Entry(order=20, label=_("My meetings"), view="my_meetings", is_for_guests=False)
        ENTRIES.append(mine)
