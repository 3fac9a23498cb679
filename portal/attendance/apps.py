from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "portal.attendance"
    label = "attendance"

    def ready(self) -> None:
        from portal.accounts.claims import MOVERS, nothing

        for model in ("Mark", "WalkIn", "PrintedRow", "EarnedHours"):
            MOVERS[f"attendance.{model}"] = nothing  # theirs by the enrolment

        from django.db.models.signals import post_delete

        from portal.attendance.models import Photograph
        from portal.attendance.services.photographs import delete_file

        post_delete.connect(delete_file, sender=Photograph)
