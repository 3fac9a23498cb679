"""One's own meetings: what is to come, what has been, and all that one needs on the day."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from pluc.signed_in import SignedInRequest, for_members
from portal.enrolments.links import moved_to
from portal.enrolments.models import Enrolment
from portal.enrolments.order_links import token_of
from portal.enrolments.place_parts import parts_of
from portal.enrolments.queries.mine import (
    booked_for_others,
    mine_in,
    only_booked_by,
    past_of,
    upcoming_of,
)
from portal.enrolments.views.changing import calendar_file, page_about
from portal.enrolments.views.facts import Facts, facts_of, offer_url


def told(request: SignedInRequest, places: list[Enrolment]) -> list[tuple[str, Facts]]:
    """The state of each place in words, and the facts of its meeting."""
    now = timezone.now()
    return [(place.state_at(now), facts_of(place.meeting, request)) for place in places]


@for_members
def my_meetings(request: SignedInRequest) -> HttpResponse:
    person = request.user.person
    context = {
        "upcoming": told(request, upcoming_of(person=person)),
        "past": told(request, past_of(person=person)),
        "for_others": [
            (booked.names, facts_of(booked.meeting, request), token_of(booked.booking))
            for booked in only_booked_by(person=person)
        ],
        "offer_url": offer_url(request),
    }
    return render(request, "enrolments/my_meetings.html", context)


def own_place(request: SignedInRequest, code: str) -> Enrolment:
    """One's place in a meeting, or the one on the date that it was moved to since.

    Raises `Http404` for a meeting that one has nothing to do with.
    """
    place = mine_in(person=request.user.person, code=code)
    if place is None:
        raise Http404
    new = moved_to(place)
    return new if new.person_id == place.person_id else place


@for_members
def my_meeting(request: SignedInRequest, code: str) -> HttpResponse:
    place = own_place(request, code)
    if place.meeting.code != code:
        return redirect("my_meeting", code=place.meeting.code)
    others = booked_for_others(person=request.user.person, meeting_id=place.meeting_id)
    parts = parts_of(place, timezone.now())
    return page_about(
        request, place, template="enrolments/my_meeting.html", others=others, parts=parts
    )


@for_members
def my_meeting_calendar(request: SignedInRequest, code: str) -> HttpResponse:
    return calendar_file(own_place(request, code))
