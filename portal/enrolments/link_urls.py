"""What the link in a mail opens, for whoever has no account."""

from django.urls import path

from portal.enrolments.views import by_link

urlpatterns = [
    path("<str:token>/", by_link.enrolment, name="enrolment"),
    path("<str:token>/agenda.ics", by_link.enrolment_calendar, name="enrolment_calendar"),
]
