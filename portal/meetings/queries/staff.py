"""What the back office sees of the planning, and what a meeting still needs."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _t

from portal.meetings.deadlines import OPEN_STATES, closes_at, is_open
from portal.meetings.models import Meeting, MeetingQuerySet
from portal.meetings.models.meetings import ZONE

State = Meeting.State
LIFE = (State.PLANNED, State.DEFINITE, State.HELD, State.COMPLETED)


def meetings_to_plan(
    *, period: str = "all", state: str = "", form: str = "", q: str = ""
) -> MeetingQuerySet:
    """Meetings for staff, with what a line of the planning tells.

    `period` is "" (to come), "past" or "all"; `form` a format; `q` a part of code or title.
    """
    meetings = Meeting.objects.with_names().with_accreditations().with_needs()
    now = timezone.now()
    if not period:
        meetings = meetings.filter(ends_at__gt=now)
    elif period == "past":
        meetings = meetings.filter(ends_at__lte=now)
    wanted = {"state": state, "format": form}
    meetings = meetings.filter(**{name: value for name, value in wanted.items() if value})
    return meetings.filter(Q(code__icontains=q) | Q(course__title__icontains=q)) if q else meetings


def meetings_without_day(*, state: str = "", form: str = "", q: str = "") -> MeetingQuerySet:
    """Those that still want a session, the newest first; as wanted from `meetings_to_plan`."""
    meetings = meetings_to_plan(state=state, form=form, q=q)
    going_on = meetings if state else meetings.exclude(state=State.CANCELLED)
    return going_on.filter(starts_at=None).order_by("-id")


def meetings_in(*, start: dt.date, end: dt.date) -> MeetingQuerySet:
    """Meetings with a session on one of these days; `end` is the day after the last."""
    begin, after = (dt.datetime.combine(day, dt.time(), tzinfo=ZONE) for day in (start, end))
    found = Meeting.objects.filter(
        sessions__starts_at__gte=begin, sessions__starts_at__lt=after
    ).distinct()
    return found.with_facts().order_by("starts_at")


def meeting_with_id(*, meeting_id: int) -> Meeting | None:
    return meetings_to_plan().filter(pk=meeting_id).first()


def dates_to_move_to(*, meeting: Meeting) -> list[Meeting]:
    """Other dates of the same course with a place: for everybody, or for the same client."""
    others = Meeting.objects.upcoming(timezone.now()).filter(
        course=meeting.course_id, client=meeting.client_id, state__in=OPEN_STATES
    )
    found = others.with_names().exclude(pk=meeting.pk).order_by("starts_at")
    return [other for other in found if other.left > 0 and not other.waiting]


def dates_to_offer(*, meeting: Meeting) -> list[Meeting]:
    """Those of them that people can take themselves: open, public, and at the same price."""
    now = timezone.now()
    return [
        other
        for other in dates_to_move_to(meeting=meeting)
        if other.is_public and other.price == meeting.price and is_open(other, now)
    ]


def meeting_at_a_glance(*, meeting_id: int) -> Meeting | None:
    """With its sessions and speakers, for the screen that shows all of it."""
    found = meetings_to_plan().prefetch_related("sessions", "speakers")
    return found.filter(pk=meeting_id).first()


def meeting_like(*, course_id: int | None, form: str = "") -> Meeting | None:
    """The last meeting of this course, of this format if it can be; else the last of the format."""
    found = Meeting.objects.prefetch_related("sessions", "accreditations", "speakers")
    of_course = Q(course=course_id) if course_id else Q(pk=None)
    wanted = (of_course & Q(format=form), of_course, Q(format=form)) if form else (of_course,)
    for condition in wanted:
        last = found.filter(condition).exclude(state=State.CANCELLED).order_by("-id").first()
        if last is not None:
            return last
    return None


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step in a meeting's life."""

    label: str
    is_done: bool
    is_now: bool


def life_of(meeting: Meeting) -> list[Step]:
    """From planned to completed; a cancelled one went from planned to cancelled."""
    steps = (State.PLANNED, State.CANCELLED) if meeting.is_cancelled else LIFE
    now = steps.index(State(meeting.state))
    return [
        Step(label=str(step.label), is_done=number < now, is_now=number == now)
        for number, step in enumerate(steps)
    ]


def next_step(meeting: Meeting, now: dt.datetime | None = None, *, off_site: str = "") -> str:
    """What the back office does next, in a sentence; nothing where all is done.

    `off_site` is why visitors cannot find it, where they cannot (`on_site.why_not_on_site`).
    """
    now = now or timezone.now()
    if meeting.state == State.PLANNED:
        return planned_next(meeting, off_site)
    if meeting.state == State.DEFINITE:
        return definite_next(meeting, now, off_site)
    if meeting.state == State.HELD:
        return _t("Check who was there, then complete it.")
    return ""


def planned_next(meeting: Meeting, off_site: str) -> str:
    if missing := missing_from(meeting):
        return missing[0]
    if off_site:
        return off_site
    return _t("Everything is there: make it definite.")


def definite_next(meeting: Meeting, now: dt.datetime, off_site: str) -> str:
    if meeting.starts_at is None:
        return _t("Add its sessions.")
    if meeting.is_over(now):
        return _t("It is over: mark it as held.")
    if meeting.has_begun(now):
        return _t("It is on now: take attendance.")
    closing = closes_at(meeting)
    if closing and closing <= now:
        return _t("Enrolment is closed: get ready for the day.")
    if meeting.is_held:
        return _t("The last places are held while somebody enrols.")
    if meeting.is_full:
        return _t("It is full. The waiting list takes care of itself.")
    if off_site:
        return off_site
    return _t("Enrolment is open.")


def missing_from(meeting: Meeting) -> list[str]:
    """What it still needs before it can be held, the most pressing first (`with_needs`)."""
    missing = []
    if meeting.starts_at is None:
        missing.append(_t("Add its sessions."))
    if meeting.venue is None and not meeting.is_online:
        missing.append(_t("Choose a venue, or say that it is online."))
    if meeting.is_online and not meeting.online_link:
        missing.append(_t("Add the link to join."))
    if not meeting.has_speakers:
        missing.append(_t("Choose who speaks."))
    accreditations = meeting.accreditations.all()
    if not accreditations:
        missing.append(_t("Ask for accreditation, and note the hours."))
    missing += [
        _t("Note when %(scheme)s granted its hours.") % {"scheme": one.scheme.code}
        for one in accreditations
        if one.granted_on is None
    ]
    return missing


def only_in_dutch(meeting: Meeting) -> list[str]:
    """What its mails and pages would show in Dutch to who reads English, by name."""
    venue = meeting.venue
    pieces = [
        (_t("the title of the course"), meeting.course.title, meeting.course.title_en),
        (_t("the route to the venue"), venue and venue.route, venue and venue.route_en),
        (_t("what stands “for participants”"), meeting.practical, meeting.practical_en),
        *(
            (_t("the title of a session"), session.title, session.title_en)
            for session in meeting.sessions.all()
        ),
    ]
    return list(dict.fromkeys(name for name, dutch, english in pieces if dutch and not english))
