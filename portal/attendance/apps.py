from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "portal.attendance"
    label = "attendance"

    def ready(self) -> None:
        from portal.accounts.claims import MOVERS, nothing

        for model in ("Mark", "WalkIn", "PrintedRow", "EarnedHours"):
            MOVERS[f"attendance.{model}"] = nothing  # theirs by the enrolment
        from portal.attendance.final import KEEPER, demands_final, demands_not_final
        from portal.enrolments.settled import KEEPERS
        from portal.meetings.demands import DEMANDS
        from portal.meetings.models import Meeting

        state = Meeting.State
        DEMANDS[state.HELD, state.COMPLETED].append(demands_final)
        DEMANDS[state.HELD, state.DEFINITE].append(demands_not_final)
        DEMANDS[state.COMPLETED, state.HELD].append(demands_not_final)
        KEEPERS.append(KEEPER)
