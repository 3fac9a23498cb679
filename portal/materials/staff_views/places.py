"""The material of a meeting or a course: what is there, and adding files and links."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t

from pluc.deeds import Done, carry_out, posted
from pluc.errors import or_not_found
from pluc.signed_in import SignedInRequest, for_staff
from pluc.uploads import Outcome
from portal.materials import uploading
from portal.materials.forms import LinkForm, UploadForm
from portal.materials.models import Material
from portal.materials.permissions import may_manage
from portal.materials.queries import staff
from portal.materials.queries.lines import host_of, kind_of, state_of
from portal.materials.release import period_of
from portal.materials.services import adding
from portal.materials.staff_views.screens import SCREENS, crumb_of_place
from portal.meetings.models import Course, Meeting

Place = Meeting | Course


@for_staff(may_manage)
def start(request: SignedInRequest) -> HttpResponse:
    """What waits: to be released, and what could not be checked; and the meetings around today."""
    return SCREENS.show(
        request,
        "start",
        to_release=staff.waiting_for_release(),
        held=staff.not_checked(),
        coming=staff.meetings_coming(now=timezone.now()),
        been=staff.meetings_been(now=timezone.now()),
        is_unscanned=settings.SCANNER is None,
    )


@for_staff(may_manage)
def of_meeting(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    return place_screen(request, or_not_found(staff.meeting_numbered(meeting_id=meeting_id)))


@for_staff(may_manage)
def of_course(request: SignedInRequest, course_id: int) -> HttpResponse:
    return place_screen(request, or_not_found(staff.course_numbered(course_id=course_id)))


def place_screen(request: SignedInRequest, place: Place) -> HttpResponse:
    """Shows it; or adds the files, or the link, that were sent."""
    back = crumb_of_place(place)[0]
    if request.method == "POST" and request.POST.get("do") == "link":
        form = LinkForm(posted(request), prefix="link")

        def do() -> Done:
            url, by = form.cleaned_data["url"], request.user
            adding.add_link(url=url, to=place, facts=form.facts, by=by, is_released=True)
            return Done(_t("The link is here."), back)

        return carry_out(
            request, form, do, show=lambda status: show(request, place, status, link_form=form)
        )
    if request.method == "POST":
        return upload(request, place, back)
    return show(request, place, HTTPStatus.OK)


def upload(request: SignedInRequest, place: Place, back: str) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)

    def add(judged: Any) -> None:
        adding.add_file(
            judged=judged, to=place, facts=form.facts, by=request.user, is_released=True
        )

    def show_outcomes(outcomes: list[Outcome], status: int) -> HttpResponse:
        return show(request, place, status, form=form, outcomes=outcomes)

    return uploading.answer(request, form, add, back=back, show=show_outcomes)


def show(request: SignedInRequest, place: Place, status: int, **context: Any) -> HttpResponse:
    rows = staff.rows_of(place)
    meeting = place if isinstance(place, Meeting) else None
    return SCREENS.show(
        request,
        "place",
        _t("Material of %(place)s") % {"place": place},
        status=status,
        **{
            "place": place,
            "course": place.course if isinstance(place, Meeting) else None,
            "rows": [told(one, meeting) for one in rows],
            "form": UploadForm(),
            "link_form": LinkForm(prefix="link"),
            "is_unscanned": settings.SCANNER is None,
            **context,
        },
    )


def told(material: Material, meeting: Meeting | None) -> dict[str, Any]:
    """A line: title, state, from when, and how the newest file fared."""
    newest = next(iter(material.versions.all()), None)
    return {
        "material": material,
        "address": reverse("material", args=[material.pk]),
        "state": state_of(material, meeting, timezone.now()),
        "period": period_of(material, meeting),
        "kind": host_of(material.url) if material.url else kind_of(newest),
        "newest": newest,
    }
