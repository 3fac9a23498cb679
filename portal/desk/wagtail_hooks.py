"""The start screen in the staff screens' menu."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter

from pluc.staff_screens.links import register_link
from pluc.staff_screens.menu import ScreenMenuItem, register_addresses, register_screens
from portal.accounts.models import Person
from portal.desk import looking_along
from portal.desk.permissions import may_look_along
from portal.desk.rooms import ORGANISATIONS, SPEAKERS
from portal.desk.staff_views import SCREENS, guide
from portal.meetings.permissions import may_see_planning

register_screens(SCREENS, "overzicht/", [], order=1)
register_addresses("handleiding/", [path("backoffice/", guide, name="desk_guide")])
for one, dutch in (
    (SPEAKERS, "spreker"),
    (ORGANISATIONS, "organisatie"),
):
    start, facts = f"along_{one.name}_room", {"which": one}
    register_addresses(
        "meekijken/<uuid:person_id>/",
        [
            path(f"{dutch}/", looking_along.room, facts, name=start),
            path(
                f"{dutch}/<slug:code>/",
                looking_along.meeting,
                facts,
                name=f"along_{one.name}_meeting",
            ),
        ],
    )
register_link(
    Person,
    _("See the speakers’ room as they do"),
    "along_speaker_room",
    may=may_look_along,
    when=SPEAKERS.is_of,
    order=90,
)
register_link(
    Person,
    _("See the organisation’s room as they do"),
    "along_organisation_room",
    may=may_look_along,
    when=ORGANISATIONS.is_of,
    order=90,
)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    @actions.register_action(looking_along.ACTION)
    class LookedAlong(LogFormatter):
        """At which page of whose room a colleague looked along."""

        label = _("Look along")

        def format_message(self, entry: Any) -> str:
            return _t("Looked along: %(page)s") % {"page": entry.data.get("page", "")}


@hooks.register("register_help_menu_item")
def guide_item() -> MenuItem:
    """In the menu of help, for whoever works in the back office."""
    title = _t("Back office guide")
    return ScreenMenuItem(title, icon="help", start="desk_guide", may=may_see_planning, order=0)
