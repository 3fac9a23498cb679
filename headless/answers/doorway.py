"""What holds for every address below `/api/`, whatever answers there.

Scripts of any site may read (CORS) with GET and HEAD, and with nothing else: no answer to a POST
may be read by one, and none is asked for by a preflight. Errors are problem details, also those
of the middleware and of an address that is none. No answer sets a cookie.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from http import HTTPStatus

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _t
from django.views.decorators.csrf import csrf_exempt

from headless.answers.limits import READ, count_request, tell_rooms
from headless.answers.memory import Memory, key_of, memory_now, recall, remember
from headless.answers.problems import PROBLEM_JSON, Refusal, problem
from headless.answers.queries import locale_in
from headless.answers.reading import MAY_BE_GIVEN_AGAIN
from pluc.conditional import unless_same
from pluc.hosts import Door, door_of

PATH = "/api/"
DOCS = ("/api/docs", "/api/docs/objects")  # pages of the site, for people
READERS = {"GET", "HEAD"}
READING = "GET, HEAD, OPTIONS"
TAKEN = {*READERS, "OPTIONS", "POST"}
CONDITIONS = {"HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH"}
OF_ONE_ASKER = {"RateLimit", "RateLimit-Policy"}
TOLD = "Content-Language, ETag, Link, RateLimit, RateLimit-Policy, Retry-After"
MOST_BYTES = 100_000  # of an answer that is remembered
A_DAY = "86400"  # seconds that a browser may remember it


class DoorwayMiddleware:
    """Stands before all others, so that it sees every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if not path.startswith(PATH) or path in DOCS:
            return self.get_response(request)
        try:
            if door_of(request) is not Door.PUBLIC:
                return self.get_response(request)
        except DisallowedHost:
            return told(HttpResponse(status=HTTPStatus.BAD_REQUEST))
        if request.method == "OPTIONS":
            headers = {"Allow": methods_of(request, path)}
            return readable(HttpResponse(status=HTTPStatus.NO_CONTENT, headers=headers))
        if request.method not in TAKEN:  # TRACE, above all (STANDARDS 6.6)
            status = HTTPStatus.METHOD_NOT_ALLOWED
            return problem(status, sentence(status), Allow=methods_of(request, path))
        if request.method not in READERS:
            return told(self.get_response(request))
        answer = readable(no_text()) if has_nul(request) else self.read(request)
        if "ETag" in answer and not CONDITIONS.isdisjoint(request.META):
            answer = readable(told(unless_same(request, answer)))
            tell_rooms(request, answer)
        if request.method == "HEAD" and not answer.streaming:  # else our server leaves it out
            answer.content = b""  # the length stays that of the GET
        return answer

    def read(self, request: HttpRequest) -> HttpResponse:
        """What is remembered of the same request; else what is answered now."""
        memory, key = memory_for(request), key_of(request)
        known: Kept | None = recall(memory, key) if memory else None
        if known is not None:
            return given_again(request, known)
        answer = readable(told(self.answered(request)))
        if memory and MAY_BE_GIVEN_AGAIN.read(answer) and len(answer.content) <= MOST_BYTES:
            remember(memory, key, Kept.of(answer))
        return answer

    def answered(self, request: HttpRequest) -> HttpResponse:
        """HEAD is GET without the body (RFC 9110, 9.3.2)."""
        method, request.method = request.method, "GET"
        answer = self.get_response(request)
        request.method = method
        return answer


def methods_of(request: HttpRequest, path: str) -> str:
    """What an address takes: its own operation tells it to whoever asks with another method."""
    try:
        view, args, kwargs = resolve(path)
    except Resolver404:
        return READING
    if view.__module__ != "ninja.operation":  # files and pages
        return READING
    asked = copy(request)
    asked.method = "OPTIONS"
    methods = view(asked, *args, **kwargs)["Allow"].split(", ")
    return ", ".join([*methods, *(["HEAD"] if "GET" in methods else []), "OPTIONS"])


def has_nul(request: HttpRequest) -> bool:
    """Whether its query holds what is no text. Pages of the site leave it out (0017); whoever
    writes a program is told.
    """
    return "%00" in request.META.get("QUERY_STRING", "")


def no_text() -> HttpResponse:
    detail = _t("There is a NUL in the query, which is no text.")
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail)


@dataclass(frozen=True)
class Kept:
    """A good answer, as all of the middleware made it, without what is of one asker."""

    content: bytes
    headers: dict[str, tuple[str, str]]  # as Django stores them, judged

    @classmethod
    def of(cls, answer: HttpResponse) -> "Kept":
        named = {name: value for name, value in answer.items() if name not in OF_ONE_ASKER}
        return cls(answer.content, {name.lower(): (name, value) for name, value in named.items()})

    def answer(self) -> HttpResponse:
        """Django would judge twenty headers again, which takes as long as all the rest."""
        answer = HttpResponse(self.content)
        vars(answer.headers)["_store"] |= self.headers
        return answer


def memory_for(request: HttpRequest) -> Memory | None:
    """None for whoever shows a token: it is looked up each time."""
    return None if "HTTP_AUTHORIZATION" in request.META else memory_now()


def given_again(request: HttpRequest, known: Kept) -> HttpResponse:
    """It counts like any other."""
    try:
        count_request(request, READ)
    except Refusal as refusal:
        with translation.override(locale_in(request.GET)):
            return readable(refused(refusal))
    answer = known.answer()
    tell_rooms(request, answer)
    return answer


def refused(refusal: Refusal) -> HttpResponse:
    answer = problem(refusal.status, refusal.detail, refusal.errors, **refusal.headers)
    answer["Cache-Control"] = "no-store"
    return answer


def readable(answer: HttpResponse) -> HttpResponse:
    """An answer that a script of any site may read; without cookies, so for everybody alike."""
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Access-Control-Expose-Headers"] = TOLD
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    if answer.status_code == HTTPStatus.NO_CONTENT:
        answer["Access-Control-Allow-Methods"] = READING
        answer["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
        answer["Access-Control-Max-Age"] = A_DAY
    return answer


def told(answer: HttpResponse) -> HttpResponse:
    """The answer without cookies, for no search; a problem in place of an error page."""
    answer.cookies.clear()
    answer["X-Robots-Tag"] = "noindex, nofollow"
    status = answer.status_code
    if status < HTTPStatus.BAD_REQUEST or answer.get("Content-Type", "") == PROBLEM_JSON:
        return answer
    kept = ("Allow", "Retry-After", "Content-Language")
    headers = {name: answer[name] for name in kept if name in answer}
    headers |= {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}
    return problem(status, sentence(status), (), **headers)


def sentence(status: int) -> str:
    """What is told of an error that the operation itself did not tell of."""
    if status == HTTPStatus.NOT_FOUND:
        return _t("There is nothing at this address.")
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        return _t("This address does not take this method; see Allow.")
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        return _t("This does not work right now. Try again in a while; see Retry-After.")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _t("Something went wrong here. We have been told.")
    return _t("This request cannot be understood.")


@csrf_exempt  # a problem for everybody alike
def nothing_here(request: HttpRequest, rest: str) -> HttpResponse:
    """Whatever no part of the API knows: a problem, and not a page of the site.

    Where only the slash at the end is missing, the way to it, if one may read there.
    """
    slashed = f"{request.path_info}/"
    if not rest.endswith("/") and request.method == "GET" and is_known(slashed):
        methods = methods_of(request, slashed)
        if "GET" not in methods.split(", "):
            status = HTTPStatus.METHOD_NOT_ALLOWED
            return problem(status, sentence(status), Allow=methods)
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{slashed}?{query}" if query else slashed)
    return problem(HTTPStatus.NOT_FOUND, sentence(HTTPStatus.NOT_FOUND))


def is_known(path: str) -> bool:
    try:
        return resolve(path).view_name != "api_nothing_here"
    except Resolver404:
        return False
