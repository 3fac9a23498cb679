"""Enrolments in the staff screens' menu, addresses and log."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from pluc.staff_screens.links import register_link
from pluc.staff_screens.menu import register_addresses, register_screens
from portal.accounts.models import Person
from portal.enrolments import staff_views
from portal.enrolments.permissions import may_see

register_addresses(
    "bijeenkomsten/<int:meeting_id>/",
    [
        path("", staff_views.meeting_screen, name="meeting_screen"),
        path("inschrijven/", staff_views.enrol_by_hand, name="enrol_by_hand"),
        path("lijst.xlsx", staff_views.export_people, name="export_people"),
    ],
)
register_screens(
    staff_views.ENROLMENTS,
    "inschrijvingen/",
    [
        path("", staff_views.enrolments, name="enrolments"),
        path("<uuid:enrolment_id>/", staff_views.enrolment, name="staff_enrolment"),
    ],
    order=102,
)
register_screens(
    staff_views.BILLING,
    "facturatie/",
    [
        path("", staff_views.billing_screen, name="billing"),
        path("nieuw/", staff_views.export_billing, name="export_billing"),
        path("<int:export_id>.<slug:kind>", staff_views.billing_file, name="billing_file"),
    ],
    order=130,
)


register_link(
    Person,
    _("Enrolments"),
    lambda person: reverse("enrolments", query={"person": str(person.pk)}),
    may=may_see,
)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action(
        "enrolments.export_people", _("Export a list"), _("List of people exported")
    )
    actions.register_action(
        "enrolments.export_billing", _("Export billing"), _("Billing facts exported")
    )
