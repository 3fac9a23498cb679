"""Checking in by oneself: the screen in the room, and what its code opens."""

from django.urls import path

from portal.attendance.views import check_in

urlpatterns = [
    path("<uuid:session_id>/", check_in.room, name="check_in_room"),
    path("<uuid:session_id>/nu/", check_in.room_now, name="check_in_room_now"),
    path("<uuid:session_id>/<str:code>/", check_in.scanned, name="check_in"),
]
