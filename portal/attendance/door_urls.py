"""The door of a meeting, for staff and its speakers."""

from django.urls import path

from portal.attendance.views import door, marks, scanning

urlpatterns = [
    path("plek/<str:code>/", scanning.person, name="door_person"),
    path("<slug:code>/", door.choose, name="door"),
    path("<slug:code>/<uuid:session_id>/", door.door, name="door_session"),
    path("<slug:code>/<uuid:session_id>/inloper/", door.walk_in, name="door_walk_in"),
    path("<slug:code>/<uuid:session_id>/merken/", marks.marks, name="door_marks"),
]
