"""A person's meetings, and enrolling in one (CONTRACT, Portal addresses)."""

from django.urls import path

from portal.enrolments import views

urlpatterns = [
    path("", views.my_meetings, name="my_meetings"),
    path("<slug:code>/", views.my_meeting, name="my_meeting"),
    path("<slug:code>/agenda.ics", views.my_meeting_calendar, name="my_meeting_calendar"),
    path("<slug:code>/aanmelden/", views.enrol, name="enrol"),
    path("<slug:code>/aanmelden/klaar/", views.enrolled, name="enrolled"),
]
