from django.urls import URLPattern, path

from portal.desk.rooms import ORGANISATIONS, SPEAKERS, Room
from portal.desk.views import rooms, start, supplying


def addresses(which: Room, folder: str) -> list[URLPattern]:
    """The pages and files of a room; their names begin with its own."""
    of, meeting = {"which": which}, f"{folder}/<slug:code>/"
    return [
        path(f"{folder}/", rooms.room, of, name=f"{which.name}_room"),
        path(meeting, rooms.meeting, of, name=f"{which.name}_meeting"),
        path(f"{meeting}lijst.xlsx", rooms.spreadsheet, of, name=f"{which.name}_spreadsheet"),
        path(f"{meeting}lijst.pdf", rooms.pdf, of, name=f"{which.name}_pdf"),
    ]


urlpatterns = [
    path("", start.dashboard, name="desk"),
    *addresses(SPEAKERS, "spreker"),
    *addresses(ORGANISATIONS, "organisatie"),
    path("organisatie/<slug:code>/aanleveren/", supplying.send, name="organisation_supplies"),
    path("organisatie/<slug:code>/verteld/", supplying.confirm, name="organisation_told"),
    path(
        "organisatie/<slug:code>/aanleveren/<uuid:supply_id>/",
        supplying.show,
        name="organisation_supply",
    ),
    path(
        "organisatie/<slug:code>/aanleveren/<uuid:supply_id>/stand/",
        supplying.progress,
        name="organisation_progress",
    ),
    path(
        "organisatie/<slug:code>/aanleveren/<uuid:supply_id>/<slug:slug>/",
        supplying.deed,
        name="organisation_supply_deed",
    ),
]
