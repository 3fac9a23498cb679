"""All that a participant needs on the day, on one screen; it opens again without a connection."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from pluc.signed_in import SignedInRequest, for_members
from portal.attendance.kept_pages import kept
from portal.attendance.links import person_code_svg
from portal.attendance.queries.own import sessions_of_day
from portal.enrolments.on_the_day import online_note
from portal.enrolments.place_parts import parts_of
from portal.enrolments.queries.mine import mine_in
from portal.enrolments.views.facts import facts_of, map_url_of


@for_members
def my_day(request: SignedInRequest, code: str) -> HttpResponse:
    """Times, place, route, code, own marks and material. Theirs only: others find nothing (P13).

    Nothing on it changes by the second, so what the browser kept stays true for a while.
    """
    place = mine_in(person=request.user.person, code=code)
    if place is None:
        raise Http404
    if not place.has_place or place.meeting.is_cancelled:
        return redirect("my_meeting", code=code)
    now, meeting = timezone.now(), place.meeting
    context = {
        "place": place,
        "meeting": meeting,
        "facts": facts_of(meeting, request),
        "map_url": map_url_of(meeting),
        "online_note": online_note(meeting),
        "sessions": sessions_of_day(enrolment=place),
        "code": "" if meeting.is_over(now) else person_code_svg(place),
        "parts": [one for one in parts_of(place, now) if one[0] != "attendance/day_part.html"],
        "place_url": reverse("my_meeting", args=[code]),
    }
    return kept(request, render(request, "attendance/day.html", context))
