from django.apps import AppConfig
from django.db.models.signals import m2m_changed, post_delete, post_save


class MeetingsConfig(AppConfig):
    name = "portal.meetings"
    label = "meetings"

    def ready(self) -> None:
        from portal.accounts.claims import MOVERS, nothing
        from portal.meetings.claims import move_speaker

        MOVERS["meetings.Speaker"] = move_speaker
        MOVERS["meetings.Meeting_speakers"] = nothing
        remember_until_planned_anew()


def remember_until_planned_anew() -> None:
    """Whatever changes in the planning starts a new generation (`pluc.generation`)."""
    from pluc.generation import renew_on_commit
    from portal.meetings import models
    from portal.organisations.models import Organisation

    speakers = models.Meeting.speakers.through
    m2m_changed.connect(renew_on_commit, sender=speakers)
    for model in (
        Organisation,
        models.Accreditation,
        models.Course,
        models.Meeting,
        models.Policy,
        models.Region,
        models.Scheme,
        models.Session,
        models.Speaker,
        models.Subject,
        models.Venue,
    ):
        post_save.connect(renew_on_commit, sender=model)
        post_delete.connect(renew_on_commit, sender=model)
