"""Holding places while somebody fills in the form, and what the form says of them."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from pluc.fetch_metadata import is_opened_by_person
from portal.enrolments import limits, services
from portal.enrolments.browser_memory import held_in, remember_hold
from portal.enrolments.models import Hold
from portal.enrolments.queries.enrolling import has_stale_holds, live_hold
from portal.meetings.models import Meeting
from portal.meetings.wording import held


@dataclass(frozen=True, kw_only=True)
class Room:
    """What whoever fills in the form may count on."""

    hold: Hold | None
    free: int  # places for them: held, or nobody's
    people: int
    waiting: int
    ran_out: bool
    # That others hold what is missing here, and until when at most; empty where that is not so.
    others_hold: str

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


def room_for(request: HttpRequest, *, meeting: Meeting, people: int) -> Room:
    """Holds places for as many as the form is for, where there are. Returns what the form may say.

    Merely looking keeps nothing: see `pluc.fetch_metadata`. What is posted comes from our own form.
    """
    now = timezone.now()
    known = held_in(request, meeting)
    hold = live_hold(hold_id=known, meeting=meeting, now=now)
    ran_out = known is not None and hold is None
    if request.method == "POST" or is_opened_by_person(request):
        hold = hold_now(request, meeting, hold, people)
    meeting.refresh_from_db(fields=["capacity", *Meeting.COUNTS])
    held_here = hold.places if hold else 0
    free = meeting.left + held_here
    is_hopeful = free < people and meeting.held > held_here and not meeting.waiting
    return Room(
        hold=hold,
        free=free,
        people=people,
        waiting=meeting.waiting,
        ran_out=ran_out,
        others_hold=held(meeting, now) if is_hopeful else "",
    )


def hold_now(request: HttpRequest, meeting: Meeting, hold: Hold | None, people: int) -> Hold | None:
    """The hold of this browser. Reloading does not make it last longer, nor does it cost again."""
    more = people - (hold.places if hold else 0)
    if more == 0 or (more > 0 and not has_room(request, meeting, more)):
        if hold is None:
            remember_hold(request, meeting, None)
        return hold
    made = services.hold_places(
        meeting_id=meeting.pk, places=people, hold_id=hold.pk if hold else None
    )
    if made is None and hold:  # not room for more: what was held stays so
        made = live_hold(hold_id=hold.pk, meeting=meeting, now=timezone.now())
    remember_hold(request, meeting, made.pk if made else None)
    return made


def has_room(request: HttpRequest, meeting: Meeting, places: int) -> bool:
    """Whether there are so many places, and this network may keep them."""
    if meeting.left < places and has_stale_holds(meeting=meeting, now=timezone.now()):
        services.offer_places(meeting_id=meeting.pk)
        meeting.refresh_from_db(fields=["capacity", *Meeting.COUNTS])
    return meeting.left >= places and limits.may_hold(request, meeting=meeting, places=places)
