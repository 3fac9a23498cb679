from django.urls import path

from portal.desk.views import organisation, speaker, start

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
]
