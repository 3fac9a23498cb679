"""What the link in a mail opens, for whoever has no account."""

from django.urls import path

from portal.enrolments import views

urlpatterns = [
    path("<str:token>/", views.enrolment, name="enrolment"),
    path("<str:token>/agenda.ics", views.enrolment_calendar, name="enrolment_calendar"),
]
