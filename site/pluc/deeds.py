"""The one shape of what somebody does by a form, in staff screens and on portal pages.

GET shows the form and what will happen. POST does it: then there is a message, and the way on. What
is filled in wrongly, or what a service refuses, is told on the form, with status 422.
"""

from collections.abc import Callable, Container
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict


class Refused(Exception):
    """What a service raises for what cannot be done.

    `sentence` tells whoever asked what they can do, in the active language. `field` is the field
    of the form that it is about, if one is.
    """

    field = ""

    @property
    def sentence(self) -> str:
        return str(self)


class AskedFirst(Exception):
    """What a deed raises that answers with a page of its own: one that is shown before it is done,
    or one with what can be seen this once. `page` is that page."""

    def __init__(self, page: HttpResponse) -> None:
        self.page = page


class Reconsidered(Exception):
    """What a deed raises for whoever saw what it would do, and goes back to the form."""


@dataclass(frozen=True)
class Done:
    """What is said once it is done, and the address that one goes to."""

    sentence: str
    address: str


class Fillable(Protocol):
    """A form, or several that are sent as one."""

    @property
    def fields(self) -> Container[str]: ...

    def is_valid(self) -> bool: ...

    def add_error(self, field: str | None, error: Any) -> None: ...


class Show(Protocol):
    """Answers with the page that the form stands on."""

    def __call__(self, *, status: int) -> HttpResponse: ...


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: nothing where it is only looked at."""
    return request.POST if request.method == "POST" else None


def carry_out(
    request: HttpRequest,
    form: Fillable,
    do: Callable[[], Done],
    *,
    show: Show,
) -> HttpResponse:
    """Does `do` where a valid form is posted, else shows the page.

    `do` may raise `Refused`, `AskedFirst` to show what it would do, or `Reconsidered`.
    """
    if request.method != "POST":
        return show(status=HTTPStatus.OK)
    if form.is_valid():
        try:
            done = do()
        except Refused as refusal:
            form.add_error(
                refusal.field if refusal.field in form.fields else None, refusal.sentence
            )
        except AskedFirst as asked:
            return asked.page
        except Reconsidered:
            return show(status=HTTPStatus.OK)
        else:
            messages.success(request, done.sentence)
            return HttpResponseRedirect(done.address)
    return show(status=HTTPStatus.UNPROCESSABLE_ENTITY)
