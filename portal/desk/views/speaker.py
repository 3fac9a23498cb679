"""The speakers' room: one's own meetings, and who comes (P14)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from pluc.errors import or_not_found
from pluc.signed_in import SignedInRequest, for_members
from portal.desk.permissions import may_enter_speakers_room
from portal.desk.queries.who import is_a_speaker
from portal.desk.rooms import Eyes, Page, own_eyes, speakers_page, speakers_start
from portal.desk.views.lists import as_pdf, as_spreadsheet, shown


def eyes_of(request: SignedInRequest) -> Eyes | None:
    """Those of a speaker; `None` for whoever has no right to the room."""
    if not may_enter_speakers_room(request.user):
        return None
    return own_eyes(request.user.person, timezone.now(), room="speaker")


def page_about(request: SignedInRequest, code: str) -> Page:
    """A page of one of their own meetings. Raises `Http404` for any other."""
    return or_not_found(speakers_page(or_not_found(eyes_of(request)), code))


@for_members
@require_safe
def room(request: SignedInRequest) -> HttpResponse:
    eyes = or_not_found(eyes_of(request))
    or_not_found(is_a_speaker(eyes.person) or None)
    page = speakers_start(eyes)
    return render(request, page.template, page.context)


@for_members
@require_safe
def meeting(request: SignedInRequest, code: str) -> HttpResponse:
    page = page_about(request, code)
    return shown(request, page.rolls, render(request, page.template, page.context))


@for_members
@require_safe
def spreadsheet(request: SignedInRequest, code: str) -> HttpResponse:
    return as_spreadsheet(request, page_about(request, code), code)


@for_members
@require_safe
def pdf(request: SignedInRequest, code: str) -> HttpResponse:
    return as_pdf(request, page_about(request, code), code)
