from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "portal.desk"
    label = "desk"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from pluc.portal_header import ENTRIES, Entry
        from portal.desk.queries.who import has_organisations_room, has_speakers_room

        ENTRIES.append(Entry(order=10, label=_("Overview"), view="desk"))
        for order, label, view, of in (
            (26, _("Speaker"), "speaker_room", has_speakers_room),
            (27, _("Organisation"), "organisation_room", has_organisations_room),
        ):
            ENTRIES.append(Entry(order=order, label=label, view=view, is_for_guests=False, of=of))
