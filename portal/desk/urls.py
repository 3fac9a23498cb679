from django.urls import path

from portal.desk.views import organisation, speaker, start, supplying

urlpatterns = [
    path("", start.dashboard, name="desk"),
    path("spreker/", speaker.room, name="speaker_room"),
    path("spreker/<slug:code>/", speaker.meeting, name="speaker_meeting"),
    path("spreker/<slug:code>/lijst.xlsx", speaker.spreadsheet, name="speaker_spreadsheet"),
    path("spreker/<slug:code>/lijst.pdf", speaker.pdf, name="speaker_pdf"),
    path("organisatie/", organisation.room, name="organisation_room"),
    path("organisatie/<slug:code>/", organisation.meeting, name="organisation_meeting"),
    path(
        "organisatie/<slug:code>/lijst.xlsx",
        organisation.spreadsheet,
        name="organisation_spreadsheet",
    ),
    path("organisatie/<slug:code>/lijst.pdf", organisation.pdf, name="organisation_pdf"),
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
