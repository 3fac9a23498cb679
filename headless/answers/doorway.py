"""What holds for every address below `/api/`, whatever answers there.

Scripts of any site may read (CORS) with GET and HEAD, and with nothing else: no answer to a POST
may be read by one, and none is asked for by a preflight. Errors are problem details, also those
of the middleware and of an address that is none. No answer sets a cookie.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _t
from django.views.decorators.csrf import csrf_exempt

from headless.answers.problems import PROBLEM_JSON, problem
from pluc.hosts import Door, door_of

PATH = "/api/"
READING = "GET, HEAD, OPTIONS"
TOLD = "Content-Language, ETag, Link, RateLimit, RateLimit-Policy, Retry-After"
A_DAY = "86400"  # seconds that a browser may remember it


class DoorwayMiddleware:
    """Stands before all others, so that it sees every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PATH) or door_of(request) is not Door.PUBLIC:
            return self.get_response(request)
        if request.method == "OPTIONS":
            return readable(HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Allow": READING}))
        answer = told(self.answered(request))
        answer.cookies.clear()
        answer["X-Robots-Tag"] = "noindex, nofollow"
        return readable(answer) if request.method in {"GET", "HEAD"} else answer

    def answered(self, request: HttpRequest) -> HttpResponse:
        """HEAD is GET without the body (RFC 9110, 9.3.2)."""
        if request.method != "HEAD":
            return self.get_response(request)
        request.method = "GET"
        answer = self.get_response(request)
        request.method = "HEAD"
        answer.content = b""  # the length stays that of the GET
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
    """The answer; a problem in place of an error page."""
    status = answer.status_code
    if status < HTTPStatus.BAD_REQUEST or answer.get("Content-Type", "") == PROBLEM_JSON:
        return answer
    kept = ("Allow", "Retry-After", "Content-Language")
    headers = {name: answer[name] for name in kept if name in answer}
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

    Where only the slash at the end is missing, the way to it.
    """
    slashed = f"{request.path_info}/"
    if not rest.endswith("/") and request.method == "GET" and is_known(slashed):
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{slashed}?{query}" if query else slashed)
    return problem(HTTPStatus.NOT_FOUND, sentence(HTTPStatus.NOT_FOUND))


def is_known(path: str) -> bool:
    try:
        return resolve(path).view_name != "api_nothing_here"
    except Resolver404:
        return False
