"""What became of uploaded files, told of each: as JSON to the script that sends them one by one
(`static/js/uploads.js`), else on the page.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from http import HTTPStatus

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one file, in a sentence."""

    name: str
    sentence: str
    is_taken: bool


def wants_json(request: HttpRequest) -> bool:
    """Whether the script asks."""
    return request.headers.get("Accept") == "application/json"


def status_of(form: BaseForm, outcomes: Sequence[Outcome]) -> HTTPStatus:
    is_done = form.is_valid() and all(one.is_taken for one in outcomes)
    return HTTPStatus.OK if is_done else HTTPStatus.UNPROCESSABLE_ENTITY


def told(form: BaseForm, outcomes: Sequence[Outcome]) -> HttpResponse:
    """The answer to the script."""
    return JsonResponse(
        {"outcomes": [asdict(one) for one in outcomes], "faults": faults_of(form)},
        status=status_of(form, outcomes),
    )


def faults_of(form: BaseForm) -> list[str]:
    """What is wrong with the fields, each with its label."""
    found = []
    for name, errors in form.errors.items():
        label = f"{form.fields[name].label}: " if name in form.fields else ""
        found += [f"{label}{error}" for error in errors]
    return found
