"""Takes uploaded files one by one, and answers for each: JSON to the script, else the page."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _t

from pluc.deeds import Refused
from portal.materials.files import Judged, clean_name, judge


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one file, in a sentence."""

    name: str
    sentence: str
    is_taken: bool


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


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def answer(
    request: HttpRequest,
    form: BaseForm,
    add: Callable[[Judged], Any],
    *,
    back: str,
    show: Callable[[list[Outcome], int], HttpResponse],
) -> HttpResponse:
    """What became of a form with files that was sent. Without script: the page, or the way on."""
    is_valid = form.is_valid()
    outcomes = take_each(form.cleaned_data["uploads"], add) if is_valid else []
    is_done = is_valid and all(one.is_taken for one in outcomes)
    status = HTTPStatus.OK if is_done else HTTPStatus.UNPROCESSABLE_ENTITY
    if wants_json(request):
        return JsonResponse(
            {"outcomes": [asdict(one) for one in outcomes], "faults": faults_of(form)},
            status=status,
        )
    if not is_done:
        return show(outcomes, status)
    for one in outcomes:
        messages.success(request, f"{one.name}: {one.sentence}")
    return HttpResponseRedirect(back)


def faults_of(form: BaseForm) -> list[str]:
    """What is wrong with the fields, each with its label."""
    found = []
    for name, errors in form.errors.items():
        label = f"{form.fields[name].label}: " if name in form.fields else ""
        found += [f"{label}{error}" for error in errors]
    return found
