"""Takes uploaded files one by one, and answers for each: JSON to the script, else the page."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _t

from pluc.deeds import Refused
from pluc.uploads import Outcome, status_of, told, wants_json
from portal.materials.files import Judged, clean_name, judge


def take_each(files: "Iterable[UploadedFile[Any]]", add: Callable[[Judged], Any]) -> list[Outcome]:
    """Judges and adds each file; one that is refused stops no other, and leaves nothing behind."""
    return [take(upload, add) for upload in files]


def take(upload: "UploadedFile[Any]", add: Callable[[Judged], Any]) -> Outcome:
    name = clean_name(upload.name or "")
    try:
        add(judge(upload))
    except Refused as refusal:
        return Outcome(name=name, sentence=refusal.sentence, is_taken=False)
    return Outcome(name=name, sentence=_t("is here"), is_taken=True)


def answer(
    request: HttpRequest,
    form: BaseForm,
    add: Callable[[Judged], Any],
    *,
    back: str,
    show: Callable[[list[Outcome], int], HttpResponse],
) -> HttpResponse:
    """What became of a form with files that was sent. Without script: the page, or the way on."""
    outcomes = take_each(form.cleaned_data["uploads"], add) if form.is_valid() else []
    if wants_json(request):
        return told(form, outcomes)
    if (status := status_of(form, outcomes)) != HTTPStatus.OK:
        return show(outcomes, status)
    for one in outcomes:
        messages.success(request, f"{one.name}: {one.sentence}")
    return HttpResponseRedirect(back)
