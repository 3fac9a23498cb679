"""The form for subscribing, as part of a page of another room that shows what `answer` returns.

Everybody gets the same answer after the same work: an address is stored, and looked at later
(STANDARDS 2.7).
"""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language

from pluc.counting import Deed, Refusal, count, to_wait
from pluc.mailboxes import mailboxes_in
from pluc.on_request import Left
from portal.newsletter.forms import SubscribeForm
from portal.newsletter.services import subscribing
from portal.newsletter.services.steps import text_in

# In the address after an address was taken: nothing personal ever stands there.
ASKED = "gevraagd"
# Where the form stands in each language: a page that editors cannot move.
START = {"nl": "/nieuwsbrief/", "en": "/en/newsletter/"}


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What the page shows: the form, and what became of it."""

    form: SubscribeForm
    address: str
    status: HTTPStatus = HTTPStatus.OK
    is_asked: bool = False
    refusal: Refusal | None = None

    @property
    def is_limited(self) -> bool:
        return self.refusal is not None

    @property
    def text(self) -> str:
        """What one agrees to."""
        return text_in(language())


VISIT = Left[Visit | None]("newsletter_visit", None)


def language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def answer(request: HttpRequest, *, address: str, show: Callable[[], HttpResponse]) -> HttpResponse:
    """The page with the form (`show`), or, after it was taken, the way back to `address`."""
    visit = visit_to(request, address)
    VISIT.put(request, visit)
    if visit.status == HTTPStatus.SEE_OTHER:
        response: HttpResponse = HttpResponseRedirect(f"{address}?{ASKED}#subscribe")
    else:
        response = show()
    response.status_code = visit.status
    if request.method == "POST":
        response["Cache-Control"] = "no-store"  # it may show what somebody typed
    return to_wait(response, visit.refusal.seconds) if visit.refusal else response


def visit_to(request: HttpRequest, address: str) -> Visit:
    """Takes what was posted, if anything was."""
    if request.method != "POST":
        return Visit(form=SubscribeForm(), address=address, is_asked=ASKED in request.GET)
    form = SubscribeForm(request.POST)
    if not form.is_valid():
        return Visit(form=form, address=address, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if form.fell_in_trap:  # the same answer, so that a machine learns nothing
        return Visit(form=form, address=address, status=HTTPStatus.SEE_OTHER)
    email = form.cleaned_data["email"]
    if refusal := count(request, Deed(name="newsletter", keys=mailboxes_in([email]))):
        status = HTTPStatus.TOO_MANY_REQUESTS
        return Visit(form=form, address=address, status=status, refusal=refusal)
    subscribing.store(email=email, language=language())
    return Visit(form=form, address=address, status=HTTPStatus.SEE_OTHER)


def visit_of(request: HttpRequest) -> Visit:
    """What `answer` found; an empty form on a page that takes none."""
    return VISIT.read(request) or Visit(form=SubscribeForm(), address=START[language()])
