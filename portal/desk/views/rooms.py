"""The room of speakers, and that of organisations: one's own meetings, and who comes (P14, P15)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from pluc.errors import or_not_found
from pluc.signed_in import SignedInRequest, for_members
from portal.desk.rooms import Eyes, Page, Room, own_eyes
from portal.desk.views.lists import as_pdf, as_spreadsheet, shown


def eyes_of(request: SignedInRequest, which: Room) -> Eyes:
    """Those of whoever has the right to the room. Raises `Http404` for anybody else."""
    or_not_found(which.right(request.user) or None)
    return own_eyes(request.user.person, timezone.now(), room=which.name)


def page_about(request: SignedInRequest, code: str, which: Room) -> Page:
    """A page of one of their own meetings. Raises `Http404` for any other."""
    return or_not_found(which.page(eyes_of(request, which), code))


@for_members
@require_safe
def room(request: SignedInRequest, which: Room) -> HttpResponse:
    eyes = eyes_of(request, which)
    or_not_found(which.rows(eyes.person) or None)
    page = which.start(eyes)
    return render(request, page.template, page.context)


@for_members
@require_safe
def meeting(request: SignedInRequest, code: str, which: Room) -> HttpResponse:
    page = page_about(request, code, which)
    return shown(request, page.rolls, render(request, page.template, page.context))


@for_members
@require_safe
def spreadsheet(request: SignedInRequest, code: str, which: Room) -> HttpResponse:
    return as_spreadsheet(request, page_about(request, code, which), code)


@for_members
@require_safe
def pdf(request: SignedInRequest, code: str, which: Room) -> HttpResponse:
    return as_pdf(request, page_about(request, code, which), code)
