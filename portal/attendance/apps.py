from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "portal.attendance"
    label = "attendance"

    def ready(self) -> None:
        from django.db.models.signals import post_delete

        from portal.accounts.claims import MOVERS, nothing
        from portal.attendance.final import KEEPER, demands_final, demands_not_final
        from portal.attendance.models import Photograph
        from portal.attendance.place_parts import hours_of_place, way_to_the_day
        from portal.attendance.services.photographs import delete_file
        from portal.enrolments.place_parts import PARTS, Part
        from portal.enrolments.settled import KEEPERS
        from portal.meetings.demands import DEMANDS
        from portal.meetings.models import Meeting

        for model in ("Mark", "WalkIn", "PrintedRow", "EarnedHours"):
            MOVERS[f"attendance.{model}"] = nothing  # theirs by the enrolment
        state = Meeting.State
        DEMANDS[state.HELD, state.COMPLETED].append(demands_final)
        DEMANDS[state.HELD, state.DEFINITE].append(demands_not_final)
        DEMANDS[state.COMPLETED, state.HELD].append(demands_not_final)
        KEEPERS.append(KEEPER)
        PARTS.append(Part(order=10, template="attendance/day_part.html", show=way_to_the_day))
        PARTS.append(Part(order=20, template="attendance/hours_part.html", show=hours_of_place))
        post_delete.connect(delete_file, sender=Photograph)
