from django.apps import AppConfig
from django.db.models.signals import post_delete


class EnrolmentsConfig(AppConfig):
    name = "portal.enrolments"
    label = "enrolments"

    def ready(self) -> None:
        from django.urls import reverse
        from django.utils.translation import gettext_lazy as _

        from legal.rights.obstacles import OBSTACLES
        from pluc.outbox.returns import LISTENERS as RETURNS
        from pluc.outbox.returns import Listener
        from pluc.portal_header import ENTRIES, Entry
        from portal.accounts.claims import DESCRIBERS, MOVERS, hand_over, nothing
        from portal.accounts.files import SECTIONS, Section
        from portal.accounts.followers import FOLLOWERS
        from portal.accounts.merging import OBSTACLES as MERGING_OBSTACLES
        from portal.enrolments.claims import (
            describe,
            hand_over_places,
            hand_over_rows,
            hand_over_sources,
            two_places,
        )
        from portal.enrolments.file_section import places as places_of
        from portal.enrolments.obstacles import places
        from portal.enrolments.permissions import may_see
        from portal.enrolments.services.addresses import follow_address
        from portal.enrolments.services.informing import bounced
        from portal.enrolments.services.meeting_changes import follow
        from portal.enrolments.services.waiting_list import place_deleted
        from portal.meetings.changes import LISTENERS

        OBSTACLES.append(places)
        FOLLOWERS.append(follow_address)
        post_delete.connect(place_deleted, sender="enrolments.Enrolment")
        MOVERS["enrolments.Enrolment"] = hand_over_places
        MOVERS["enrolments.Booking"] = hand_over("enrolments.Booking", "payer")
        MOVERS["enrolments.Provenance"] = hand_over_sources
        MOVERS["enrolments.SupplyRow"] = hand_over_rows
        for label in (
            *("AskedAgain", "EnrolmentEvent", "BillingLine", "Wishes"),
            "Supply",
        ):
            MOVERS[f"enrolments.{label}"] = nothing
        DESCRIBERS.append(describe)
        MERGING_OBSTACLES.append(two_places)
        SECTIONS.append(
            Section(
                order=10,
                title=_("Enrolments"),
                icon="clipboard-list",
                empty=_("Never enrolled."),
                may=may_see,
                lines=places_of,
                all_url=lambda person: reverse("enrolments", query={"person": str(person.pk)}),
            )
        )
        LISTENERS.append(follow)
        RETURNS.append(
            Listener(
                bounced=bounced,
                complained=lambda mail, subscription: None,
                left=lambda subscription: None,
            )
        )
        mine = Entry(order=20, label=_("My meetings"), view="my_meetings", is_for_guests=False)
        ENTRIES.append(mine)
