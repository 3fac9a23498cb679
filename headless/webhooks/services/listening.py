"""Listening to what happens to pages, meetings and the statement. `apps` connects it."""

from typing import Any

from headless.webhooks.api_addresses import meeting_address
from headless.webhooks.models import Event
from headless.webhooks.queries import is_anybody_told
from headless.webhooks.services import noticing
from headless.webhooks.services.telling import Happening, tell
from home.models import CoursePage
from pluc.content.for_api import pages_for_api
from portal.meetings.changes import Change, Kind
from portal.meetings.models import Meeting

# Columns of a meeting that the API does not show: a change of them is told to nobody.
NOT_SHOWN = frozenset({"online_link", "practical", "practical_en", "client", "price_is_for"})


def page_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    """After publishing, unpublishing, another slug, or deletion."""
    noticing.look_at_page(instance)


def pages_moved(sender: Any, instance: Any, **kwargs: Any) -> None:
    noticing.look_below(instance.pk)


def meeting_changed(change: Change) -> None:
    """After a meeting was saved, took a step, or was cancelled."""
    fields = change.fields - NOT_SHOWN
    if change.kind == Kind.CHANGED and not fields:
        return
    cancelled = change.kind == Kind.CANCELLED
    event = Event.MEETING_CANCELLED if cancelled else Event.MEETING_CHANGED
    tell_of(change.meeting, event, was_shown=was_shown(change.meeting, fields))


def was_shown(meeting: Meeting, fields: frozenset[str]) -> bool:
    """Whether the API showed a meeting, as far as it can be told from what changed: where one of
    a client came into the offer, it may have been there before."""
    was_listed = meeting.is_listed != ("is_listed" in fields)
    was_open = meeting.format != Meeting.Format.IN_COMPANY or "format" in fields
    return was_listed and was_open and (meeting.starts_at is not None or "sessions" in fields)


def meeting_made(sender: Any, instance: Meeting, created: bool, **kwargs: Any) -> None:
    """A new one; what changes later comes by `meeting_changed`."""
    if created:
        tell_of(instance, Event.MEETING_CHANGED)


def meeting_deleted(sender: Any, instance: Meeting, **kwargs: Any) -> None:
    tell_of(instance, Event.MEETING_CHANGED)


def tell_of(meeting: Meeting, event: Event, *, was_shown: bool = False) -> None:
    """Tells of a meeting that the API shows now, or that it may have shown until now."""
    is_shown = meeting.is_public and meeting.starts_at is not None
    if (is_shown or was_shown) and is_anybody_told() and course_is_shown(meeting.course_id):
        path = meeting_address(meeting.code)
        subject = f"meeting:{meeting.pk}"
        tell(Happening(event=event, subject=subject, object_id=meeting.code, path=path))


def course_is_shown(course_id: int) -> bool:
    """Whether the API shows the course's page in some language: it shows no other meetings."""
    return CoursePage.objects.filter(course=course_id, pk__in=pages_for_api()).exists()


def statement_put_in_force(editions: Any) -> None:
    noticing.look_at_statement()
