from django.apps import AppConfig
from django.db.models.signals import post_delete


class EnrolmentsConfig(AppConfig):
    name = "portal.enrolments"
    label = "enrolments"

    def ready(self) -> None:
        from legal.rights.obstacles import OBSTACLES
        from portal.accounts.claims import DESCRIBERS, MOVERS, hand_over, nothing
        from portal.accounts.staff_links import LINKS
        from portal.enrolments.claims import describe
        from portal.enrolments.obstacles import places
        from portal.enrolments.services.following import follow
        from portal.enrolments.services.places import place_deleted
        from portal.enrolments.staff_links import enrolments_of
        from portal.meetings.changes import LISTENERS

        OBSTACLES.append(places)
        post_delete.connect(place_deleted, sender="enrolments.Enrolment")
        MOVERS["enrolments.Enrolment"] = hand_over("enrolments.Enrolment", "person")
        MOVERS["enrolments.Booking"] = hand_over("enrolments.Booking", "payer")
        MOVERS["enrolments.EnrolmentEvent"] = MOVERS["enrolments.BillingLine"] = nothing
        DESCRIBERS.append(describe)
        LINKS.append(enrolments_of)
        LISTENERS.append(follow)
