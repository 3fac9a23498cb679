"""Enrolments in the staff screens' menu, addresses and log."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.enrolments import permissions, staff_views

OF_A_MEETING = [
    path("", staff_views.meeting_screen, name="meeting_screen"),
    path("inschrijven/", staff_views.enrol_by_hand, name="enrol_by_hand"),
    path("lijst.xlsx", staff_views.export_people, name="export_people"),
]
ENROLMENTS = [
    path("", staff_views.enrolments, name="enrolments"),
    path("<uuid:enrolment_id>/", staff_views.enrolment, name="staff_enrolment"),
]
BILLING = [
    path("", staff_views.billing_screen, name="billing"),
    path("nieuw/", staff_views.export_billing, name="export_billing"),
    path("<int:export_id>.<slug:kind>", staff_views.billing_file, name="billing_file"),
]


class EnrolmentsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.may_see(request.user)  # type: ignore[arg-type]


class BillingMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.may_bill(request.user)  # type: ignore[arg-type]


@hooks.register("register_admin_urls")
def enrolment_urls() -> list[URLPattern | URLResolver]:
    return [
        path("bijeenkomsten/<int:meeting_id>/", include(OF_A_MEETING)),
        path("inschrijvingen/", include(ENROLMENTS)),
        path("facturatie/", include(BILLING)),
    ]


@hooks.register("register_admin_menu_item")
def enrolments_item() -> MenuItem:
    return EnrolmentsMenuItem(_("Enrolments"), reverse("enrolments"), icon_name="user", order=102)


@hooks.register("register_admin_menu_item")
def billing_item() -> MenuItem:
    return BillingMenuItem(_("Billing"), reverse("billing"), icon_name="doc-full", order=130)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action(
        "enrolments.export_people", _("Export a list"), _("List of people exported")
    )
    actions.register_action(
        "enrolments.export_billing", _("Export billing"), _("Billing facts exported")
    )
