"""Decides once per request whether the visit may be measured."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from legal.consent.analytics import POLICY, Facts, may_measure, opted_out
from legal.consent.models import Question
from legal.consent.queries import (
    Consent,
    account_opted_out,
    analytics_id_of,
    browser_opted_out,
    consent_in,
    current_question,
)
from legal.consent.services import forget_measurement, remember_opt_out
from pluc.generation import remembered
from pluc.headers import POLICY_UPDATED
from pluc.hosts import DOOR, Door
from pluc.on_request import Left
from pluc.periods import MEASUREMENT_COOKIE

# Left on a request: who signed in by it, whether its browser is not measured from now on, whether
# its address holds a token, and whether its page carries the tracking code.
SIGNED_IN = Left[int | None]("signed_in_user_id", None)
OPTS_OUT = Left("opts_out_here", False)
HAS_TOKEN = Left("has_token_in_address", False)
IS_MEASURED = Left("is_measured", False)


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """What `analytics.js` is told. Present exactly when the code may be on the page."""

    measurement_id: str
    page_title: str
    user_id: str
    # How long Google's cookies stay.
    seconds_kept: int = int(MEASUREMENT_COOKIE.total_seconds())


class Decision:
    """Question, answer and measurement of one request."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.question: Question | None = remembered(request, "question", current_question)
        cookie = request.COOKIES.get(settings.COOKIE_CONSENT_NAME, "")
        self.consent: Consent = consent_in(cookie, self.question)
        facts = self.facts()
        self.allowed = may_measure(facts)
        # Whether somebody said no to measurement: by a choice, or by opting out.
        self.is_refused = opted_out(facts) or (
            self.consent.has_chosen and not self.consent.measurement_is_accepted
        )

    @property
    def texts(self) -> dict[str, Any]:
        """The question in the language of the request; empty before there is one."""
        content = self.question.content if self.question else {}
        return dict(content.get(get_language(), {}))

    @property
    def asks(self) -> bool:
        """Whether the bar is on the page."""
        return bool(self.question) and not self.consent.has_chosen

    def facts(self) -> Facts:
        request = self.request
        user_id = request.user.pk if request.user.is_authenticated else None
        return Facts(
            group_is_accepted=self.consent.measurement_is_accepted,
            browser_opted_out=browser_opted_out(request),
            account_opted_out=user_id is not None and account_opted_out(user_id),
            is_preview=getattr(request, "is_preview", False),
            is_staff_page=DOOR.read(request) is Door.STAFF,
            has_token_in_address=HAS_TOKEN.read(request),
            id_is_set=bool(measurement_id()),
        )

    def measurement(self, page_title: str) -> Measurement | None:
        """What the template needs; `None` where nothing may be measured."""
        if not self.allowed:
            return None
        user = self.request.user
        user_id = analytics_id_of(user.pk) if user.is_authenticated else ""
        return Measurement(measurement_id=measurement_id(), page_title=page_title, user_id=user_id)


def measurement_id() -> str:
    """The id of our Google Analytics property, or nothing; the demo has one of its own."""
    if settings.GOOGLE_ANALYTICS_ID or not settings.DEMO_MARK.exists():
        return str(settings.GOOGLE_ANALYTICS_ID)
    return str(settings.DEMO_ANALYTICS_ID)


# Nothing where no page asked for it.
DECISION = Left[Decision | None]("consent_decision", None)


def decision_about(request: HttpRequest) -> Decision:
    """The request's decision, made when first asked for."""
    decision = DECISION.read(request)
    if decision is None:
        decision = Decision(request)
        DECISION.put(request, decision)
    return decision


def consent(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `consent`, for the bar, the footer and the tracking code."""
    return {"consent": SimpleLazyObject(lambda: decision_about(request))}


def note_sign_in(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Receiver of Django's `user_logged_in`."""
    SIGNED_IN.put(request, user.pk)


def opt_out_here(request: HttpRequest) -> None:
    """This browser is not measured from the answer to this request on."""
    OPTS_OUT.put(request, True)


class ConsentMiddleware:
    """Opens the policy to Google exactly where the page carries the code (STANDARDS 1.18).

    Signing in copies an account's opt-out to the browser, which then knows it without a session
    (STANDARDS 1.12). Google's cookies that a browser still has after a no go with any answer
    (docs/decisions/0027).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        user_id = SIGNED_IN.read(request)
        has_opted_out = user_id is not None and account_opted_out(user_id)
        if has_opted_out or OPTS_OUT.read(request):
            remember_opt_out(request, response, opted_out=True)
        decision = DECISION.read(request)
        if decision and decision.is_refused:
            forget_measurement(request, response)
        if IS_MEASURED.read(request):
            POLICY_UPDATED.put(response, POLICY)
            if request.user.is_authenticated:
                patch_cache_control(response, private=True, no_store=True)
        return response
