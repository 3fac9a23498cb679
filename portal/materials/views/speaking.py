"""A speaker's material: what is there for their meeting, and adding their own."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t

from pluc.deeds import Done, carry_out, posted
from pluc.errors import or_not_found
from pluc.signed_in import SignedInRequest, for_members, is_signed_in
from pluc.uploads import Outcome, wants_json
from portal.accounts.permissions import may_enter_speakers_room
from portal.materials import uploading
from portal.materials.forms import SpeakerForm
from portal.materials.queries.lines import material_of_speaker
from portal.materials.services import adding, managing
from portal.meetings.models import Meeting
from portal.meetings.queries.speaking import meetings_of_speaker


def material(request: HttpRequest, code: str) -> HttpResponse:
    """Shows it, or adds files that wait for release. A script without a session gets 401."""
    if wants_json(request) and not is_signed_in(request):
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
    return material_page(request, code)


@for_members
def material_page(request: SignedInRequest, code: str) -> HttpResponse:
    meeting = meeting_of(request, code)
    form = SpeakerForm(posted(request), request.FILES or None)

    def show(outcomes: list[Outcome], status: int = HTTPStatus.OK) -> HttpResponse:
        return page(request, meeting, status, form=form, outcomes=outcomes)

    def add(judged: Any) -> None:
        adding.add_file(
            judged=judged, to=meeting, facts=form.facts, by=request.user, is_released=False
        )

    if request.method != "POST":
        return show([])
    back = reverse("speaker_material", args=[code])
    return uploading.answer(request, form, add, back=back, show=show)


def meeting_of(request: SignedInRequest, code: str) -> Meeting:
    """A meeting that they speak at, for who may enter the speakers' room. Else raises `Http404`."""
    if not may_enter_speakers_room(request.user):
        raise Http404
    own = meetings_of_speaker(person=request.user.person, now=timezone.now())
    return or_not_found(own.select_related("course").filter(code=code).first())


def page(request: SignedInRequest, meeting: Meeting, status: int, **context: Any) -> HttpResponse:
    lines = material_of_speaker(person=request.user.person, code=meeting.code, now=timezone.now())
    shown = {"meeting": meeting, "lines": lines, **context}
    return render(request, "materials/speaking.html", shown, status=status)


@for_members
def take_back(request: SignedInRequest, code: str, material_id: UUID) -> HttpResponse:
    """Takes back what one added, while nobody has released it."""
    meeting = meeting_of(request, code)
    lines = material_of_speaker(person=request.user.person, code=code, now=timezone.now()) or []
    line = or_not_found(next((one for one in lines if one.key == material_id and one.is_own), None))

    def do() -> Done:
        managing.take_back(material_id=material_id, by=request.user)
        return Done(_t("You took it back."), reverse("speaker_material", args=[code]))

    def show(status: int) -> HttpResponse:
        shown = {"meeting": meeting, "line": line, "form": form}
        return render(request, "materials/take_back.html", shown, status=status)

    form = Form(posted(request))
    return carry_out(request, form, do, show=show)
