"""A place kept free while somebody fills in the form."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from portal.enrolments import limits, services
from portal.enrolments.models import Hold
from portal.enrolments.queries.enrolling import live_hold, number_waiting
from portal.enrolments.requests import held_in, remember_hold
from portal.meetings.models import Meeting


@dataclass(frozen=True, kw_only=True)
class Room:
    """What whoever fills in the form may count on."""

    hold: Hold | None
    free: int  # places for them: held, or nobody's
    people: int
    waiting: int
    ran_out: bool

    @property
    def is_full(self) -> bool:
        """Everybody on this form goes to the waiting list."""
        return self.free <= 0

    @property
    def on_list(self) -> int:
        """How many of them do."""
        return max(self.people - max(self.free, 0), 0)

    @property
    def next_number(self) -> int:
        return self.waiting + 1

    @property
    def expects(self) -> str:
        return "list" if self.on_list else "place"


def is_only_looking(request: HttpRequest) -> bool:
    """Whether nobody fills in anything yet: a check, or a browser that fetches ahead."""
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return request.method == "HEAD" or "prefetch" in purpose


def room_for(request: HttpRequest, *, meeting: Meeting, people: int) -> Room:
    """Keeps places free for as many as the form is for, and tells what that came to."""
    now = timezone.now()
    known = held_in(request, meeting)
    before = live_hold(hold_id=known, meeting=meeting, now=now)
    hold = before if is_only_looking(request) else hold_now(request, meeting, before, people)
    meeting.refresh_from_db(fields=["taken", "capacity"])
    free = meeting.left + (hold.places if hold else 0)
    return Room(
        hold=hold,
        free=free,
        people=people,
        waiting=number_waiting(meeting=meeting) if free < people else 0,
        ran_out=known is not None and before is None,
    )


def hold_now(request: HttpRequest, meeting: Meeting, hold: Hold | None, people: int) -> Hold | None:
    """The hold of this browser. Reloading does not make it last longer."""
    if hold and hold.places == people:
        return hold
    if hold is None and not (meeting.left > 0 and limits.may_hold(request)):
        remember_hold(request, meeting, None)
        return None
    made = services.hold_places(
        meeting_id=meeting.pk, places=people, hold_id=hold.pk if hold else None
    )
    if made is None and hold:  # not room for more: what was held stays so
        made = live_hold(hold_id=hold.pk, meeting=meeting, now=timezone.now())
    remember_hold(request, meeting, made.pk if made else None)
    return made
