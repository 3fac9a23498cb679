"""A participant's own day, below their meetings (CONTRACT, Portal addresses)."""

from django.urls import path

from portal.attendance.views import day

urlpatterns = [path("<slug:code>/dag/", day.my_day, name="my_day")]
