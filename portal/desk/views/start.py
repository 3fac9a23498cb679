"""Where people come in."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from pluc.generation import remembered
from pluc.links import site_base
from pluc.signed_in import SignedInRequest, for_members
from portal.attendance.place_parts import way_to_the_day
from portal.attendance.queries.hours import hours_in_all
from portal.desk.queries.organisations import next_of_organisations
from portal.desk.queries.speakers import next_to_speak
from portal.desk.queries.start import offer_path, waiting_for
from portal.desk.queries.who import has_organisations_room, has_speakers_room
from portal.enrolments.queries.mine import number_attended, places_to_come
from portal.enrolments.views.facts import Facts, facts_of, map_url_of
from portal.meetings.models import Meeting
from portal.meetings.wording import soon


@dataclass(frozen=True, kw_only=True)
class Next:
    """The meeting that somebody goes to next, and how many come after it."""

    facts: Facts
    soon: str
    address: str
    map_url: str
    online_link: str
    day_url: str
    more: int


def next_meeting(request: SignedInRequest) -> Next | None:
    """Where somebody takes part next."""
    places = places_to_come(person=request.user.person)
    if not places:
        return None
    day_url = way_to_the_day(places[0], timezone.now())
    return next_of(places[0].meeting, request, day_url=day_url, more=len(places) - 1)


def next_talk(request: SignedInRequest) -> Next | None:
    """The meeting that somebody gives next; asked only of who has the speakers' room."""
    if not has_speakers_room(request.user):
        return None
    meeting = next_to_speak(person=request.user.person, now=timezone.now())
    return next_of(meeting, request) if meeting else None


def next_of_organisation(request: SignedInRequest) -> Next | None:
    """Their organisation's next meeting; asked only of who has the room of organisations."""
    if not has_organisations_room(request.user):
        return None
    meeting = next_of_organisations(person=request.user.person, now=timezone.now())
    return next_of(meeting, request) if meeting else None


def next_of(
    meeting: Meeting, request: SignedInRequest, *, day_url: str = "", more: int = 0
) -> Next:
    return Next(
        facts=facts_of(meeting, request),
        soon=soon(meeting, timezone.now()),
        address=meeting.venue.address if meeting.venue else "",
        map_url=map_url_of(meeting),
        online_link=meeting.online_link,
        day_url=day_url,
        more=more,
    )


@for_members
def dashboard(request: SignedInRequest) -> HttpResponse:
    """First what is next, then what is waiting, then what was earned."""
    language = get_language() or ""
    offer = remembered(request, ("offer", language), lambda: offer_path(language))
    person = request.user.person
    context = {
        "next": next_meeting(request),
        "talk": next_talk(request),
        "organisation": next_of_organisation(request),
        "attended": number_attended(person=person),
        "earned": hours_in_all(person=person),
        "offer_url": offer and site_base(request) + offer,
        "waiting": waiting_for(user=request.user),
    }
    return render(request, "desk/dashboard.html", context)
