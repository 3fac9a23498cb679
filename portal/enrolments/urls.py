"""A person's meetings, and enrolling in one (CONTRACT, Portal addresses)."""

from django.urls import path

from portal.enrolments.views import enrolling, mine

urlpatterns = [
    path("", mine.my_meetings, name="my_meetings"),
    path("<slug:code>/", mine.my_meeting, name="my_meeting"),
    path("<slug:code>/agenda.ics", mine.my_meeting_calendar, name="my_meeting_calendar"),
    path("<slug:code>/aanmelden/", enrolling.enrol, name="enrol"),
    path("<slug:code>/aanmelden/klaar/", enrolling.enrolled, name="enrolled"),
]
