"""Listening to what happens to pages, meetings and the statement. `apps` connects it."""

from typing import Any

from headless.webhooks.api_addresses import meeting_address
from headless.webhooks.models import Event
from headless.webhooks.services import noticing
from headless.webhooks.services.telling import Happening, tell
from portal.meetings.changes import Change, Kind
from portal.meetings.models import Meeting

# Columns of a meeting that the API does not show: a change of them is told to nobody.
NOT_SHOWN = frozenset({"online_link", "practical", "practical_en", "client", "price_is_for"})
# By these a meeting comes into the public offer, or leaves it.
DECIDES = frozenset({"is_listed", "format"})


def page_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    """After publishing, unpublishing, another slug, or deletion."""
    noticing.look_at_page(instance)


def pages_moved(sender: Any, instance: Any, **kwargs: Any) -> None:
    noticing.look_below(instance)


def meeting_changed(change: Change) -> None:
    """After a meeting was saved, took a step, or was cancelled."""
    fields = change.fields - NOT_SHOWN
    if change.kind == Kind.CHANGED and not fields:
        return
    if change.meeting.is_public or fields & DECIDES:
        cancelled = change.kind == Kind.CANCELLED
        tell_of(change.meeting, Event.MEETING_CANCELLED if cancelled else Event.MEETING_CHANGED)


def meeting_made(sender: Any, instance: Meeting, created: bool, **kwargs: Any) -> None:
    """A new one; what changes later comes by `meeting_changed`."""
    if created and instance.is_public:
        tell_of(instance, Event.MEETING_CHANGED)


def meeting_deleted(sender: Any, instance: Meeting, **kwargs: Any) -> None:
    if instance.is_public:
        tell_of(instance, Event.MEETING_CHANGED)


def tell_of(meeting: Meeting, event: Event) -> None:
    path = meeting_address(meeting.code)
    subject = f"meeting:{meeting.pk}"
    tell(Happening(event=event, subject=subject, object_id=meeting.code, path=path))


def statement_put_in_force(editions: Any) -> None:
    noticing.look_at_statement()
