"""One's place by the link in a mail: whoever has it, has the mailbox."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from portal.accounts.views.tokens import with_token
from portal.enrolments.links import enrolment_by_token, moved_to, token_of
from portal.enrolments.models import Enrolment
from portal.enrolments.views.changing import calendar_file, page_about


def place_behind(token: str) -> Enrolment:
    """Raises `Http404` for a link that is not ours."""
    enrolment = enrolment_by_token(token)
    if enrolment is None:
        raise Http404
    return enrolment


@with_token
@never_cache
def enrolment(request: HttpRequest, token: str) -> HttpResponse:
    """The place, and what can be done with it.

    Its address is told to nobody: "same-origin" stands on every page. With "no-referrer" browsers
    would send its forms without an origin, and Django refuse them.
    """
    place = place_behind(token)
    if (now := moved_to(place)) != place:
        return redirect("enrolment", token=token_of(now))
    return page_about(request, place, template="enrolments/enrolment.html", token=token)


@with_token
@never_cache
def enrolment_calendar(request: HttpRequest, token: str) -> HttpResponse:
    place = place_behind(token)
    if (now := moved_to(place)) != place:
        return redirect("enrolment_calendar", token=token_of(now))
    return calendar_file(place)
