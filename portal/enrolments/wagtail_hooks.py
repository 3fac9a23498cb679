"""Enrolments in the staff screens' menu, addresses and log."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from pluc.staff_screens.links import register_link
from pluc.staff_screens.menu import register_addresses, register_screens
from portal.accounts.models import Person
from portal.enrolments.permissions import may_call, may_change, may_see, may_see_wishes
from portal.enrolments.staff_views import (
    billing,
    deeds,
    enrolments,
    letters,
    meeting,
    moving,
    phone,
    supplies,
    wishes,
)
from portal.enrolments.staff_views.screens import BILLING, ENROLMENTS, PHONE
from portal.meetings.models import Meeting

register_addresses(
    "bijeenkomsten/<int:meeting_id>/",
    [
        path("", meeting.meeting_screen, name="meeting_screen"),
        path("verplaats/", moving.move_people, name="move_people"),
        path("inschrijven/", phone.enrol_by_hand, name="enrol_by_hand"),
        path("schrijven/", letters.write_to_people, name="write_to_people"),
        path("wensen/", wishes.wishes, name="meeting_wishes"),
        path("aanleveren/", supplies.send, name="supplies"),
        path("lijst.xlsx", meeting.export_people, name="export_people"),
    ],
)
register_addresses(
    "bijeenkomsten/aanleveringen/",
    [
        path("te-bekijken/", supplies.to_look_at, name="supplies_to_look_at"),
        path("te-vertellen/", supplies.untold, name="untold_sources"),
        path("te-vertellen/<uuid:source_id>/", supplies.told, name="source_told"),
        path("<uuid:supply_id>/", supplies.show, name="staff_supply"),
        path("<uuid:supply_id>/stand/", supplies.progress, name="supply_progress"),
        path("<uuid:supply_id>/inschrijven/", supplies.enrol, name="supply_enrol"),
        path("<uuid:supply_id>/vergeten/", supplies.discard, name="supply_discard"),
        path("<uuid:supply_id>/bekeken/", supplies.settle, name="supply_settle"),
        path("<uuid:supply_id>/ongedaan/", supplies.undo, name="supply_undo"),
        path("<uuid:supply_id>/verteld/", supplies.confirmed, name="supply_confirmed"),
    ],
)
register_screens(
    PHONE,
    "aanmelden/",
    [
        path("", phone.find, name="phone"),
        path("nieuw/", phone.enrol_new, name="phone_new"),
        path("<uuid:person_id>/", phone.enrol_known, name="phone_known"),
    ],
    order=99,
)
register_screens(
    ENROLMENTS,
    "inschrijvingen/",
    [
        path("", enrolments.enrolments, name="enrolments"),
        path("<uuid:enrolment_id>/", enrolments.enrolment, name="staff_enrolment"),
        path("<uuid:enrolment_id>/factuur/", deeds.correct_invoice, name="staff_invoice"),
        path("<uuid:enrolment_id>/verplaats/", deeds.move, name="staff_move"),
        path("<uuid:enrolment_id>/vervang/", deeds.substitute, name="staff_substitute"),
        path("<uuid:enrolment_id>/afwezig/", deeds.absent, name="staff_absent"),
        path("<uuid:enrolment_id>/aanwezig/", deeds.present, name="staff_present"),
        path("<uuid:enrolment_id>/notitie/", deeds.note, name="staff_note"),
        path("<uuid:enrolment_id>/annuleer/", deeds.cancel, name="staff_cancel"),
    ],
    order=102,
)
register_screens(
    BILLING,
    "facturatie/",
    [
        path("", billing.billing_screen, name="billing"),
        path("codes/", billing.billing_codes, name="billing_codes"),
        path("nieuw/", billing.export_billing, name="export_billing"),
        path("<int:export_id>.<slug:kind>", billing.billing_file, name="billing_file"),
    ],
    order=130,
)


register_link(Meeting, _("Write to its people"), "write_to_people", may=may_change)
register_link(Meeting, _("Supplied participants"), "supplies", may=may_change)
register_link(Person, _("Enrol"), "phone_known", may=may_call)
register_link(
    Meeting,
    _("Move its people to another date"),
    "move_people",
    may=may_change,
    when=lambda meeting: meeting.is_cancelled,
)
register_link(
    Person,
    _("Enrolments"),
    lambda person: reverse("enrolments", query={"person": str(person.pk)}),
    may=may_see,
)


register_link(
    Meeting,
    _("Food and access"),
    "meeting_wishes",
    may=may_see_wishes,
    when=lambda meeting: meeting.has_meal or meeting.asks_access,
)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action(
        "enrolments.export_people", _("Export a list"), _("List of people exported")
    )
    actions.register_action(
        "enrolments.write", _("Write to people"), _("Mail written to the people of a meeting")
    )
    actions.register_action(
        "enrolments.export_billing", _("Export billing"), _("Billing facts exported")
    )
    actions.register_action(
        "enrolments.correct_price", _("Change a price"), _("Price of a booking changed")
    )
    actions.register_action(
        "enrolments.keep_codes",
        _("Change the codes for the books"),
        _("Codes for the books changed"),
    )
    actions.register_action(
        "enrolments.billing_file", _("Download billing"), _("Billing facts downloaded")
    )
