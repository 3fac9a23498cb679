"""The contact form as part of a page of another room, which shows what `answer` returns."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language

from pluc.counting import Deed, Refusal, count, to_wait
from pluc.mailboxes import mailboxes_in
from pluc.on_request import Left
from portal.contact import services
from portal.contact.forms import ContactForm

# In the address after a message was taken: nothing personal ever stands there.
SENT = "verzonden"


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What the page shows: the form, and what became of it."""

    form: ContactForm
    status: HTTPStatus = HTTPStatus.OK
    is_thanked: bool = False
    refusal: Refusal | None = None

    @property
    def is_limited(self) -> bool:
        return self.refusal is not None


VISIT = Left[Visit | None]("contact_visit", None)


def answer(request: HttpRequest, *, address: str, show: Callable[[], HttpResponse]) -> HttpResponse:
    """The page with the form (`show`), or, after a message was taken, the way back to `address`."""
    visit = visit_to(request)
    VISIT.put(request, visit)
    if visit.status == HTTPStatus.SEE_OTHER:
        response: HttpResponse = HttpResponseRedirect(f"{address}?{SENT}#write")
    else:
        response = show()
    response.status_code = visit.status
    if request.method == "POST":
        response["Cache-Control"] = "no-store"  # it may show what somebody typed
    return to_wait(response, visit.refusal.seconds) if visit.refusal else response


def visit_to(request: HttpRequest) -> Visit:
    """Takes what was posted, if anything was."""
    if request.method != "POST":
        return Visit(form=ContactForm(), is_thanked=SENT in request.GET)
    form = ContactForm(request.POST)
    if not form.is_valid():
        return Visit(form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if form.fell_in_trap:  # the same answer, so that a machine learns nothing
        return Visit(form=form, status=HTTPStatus.SEE_OTHER)
    sender = mailboxes_in([form.cleaned_data["email"]])
    if refusal := count(request, Deed(name="contact", keys=sender)):
        return Visit(form=form, status=HTTPStatus.TOO_MANY_REQUESTS, refusal=refusal)
    services.receive(typed=form.typed, language=get_language() or settings.LANGUAGE_CODE)
    return Visit(form=form, status=HTTPStatus.SEE_OTHER)


def visit_of(request: HttpRequest) -> Visit:
    """What `answer` found; an empty form for a preview."""
    return VISIT.read(request) or Visit(form=ContactForm())
