"""What the staff screens of this room share: what is found, and how a screen looks."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _t

from pluc.staff_screens import staff_screen
from portal.meetings.models import Meeting
from portal.meetings.queries.staff import meeting_with_id

A_PAGE = 50


def sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def meeting_found(meeting_id: int) -> Meeting:
    meeting = meeting_with_id(meeting_id=meeting_id)
    if meeting is None:
        raise Http404
    return meeting


def screen(request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
    """A screen about people in meetings."""
    return staff_screen(request, f"enrolments/{name}", title=title, icon="date", **context)


def planning_trail() -> list[tuple[str, str]]:
    return [(reverse("meetings"), _t("Meetings"))]


def download(content: bytes, name: str, content_type: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)
