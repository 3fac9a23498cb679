"""Where a mail provider reports what came back. Everybody can reach it; only a signature counts."""

from hashlib import sha256
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from pluc.counting import limited
from pluc.outbox import webhook
from pluc.outbox.receiving import take_in


@csrf_exempt  # judged by its signature
@limited("returns")
@require_POST
def came_back(request: HttpRequest) -> HttpResponse:
    """Takes one report in. What it cannot use is told in a word, and never a fault of ours."""
    if not settings.RETURNS_WEBHOOK_KEYS:
        raise Http404
    try:
        body = request.read(webhook.BODY_AT_MOST + 1)
    except (UnreadablePostError, RequestDataTooBig):
        return answer(HTTPStatus.BAD_REQUEST, "The body did not arrive.")
    if len(body) > webhook.BODY_AT_MOST:
        return answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body is too large.")
    if not webhook.is_signed(request.headers, body):
        return answer(HTTPStatus.UNAUTHORIZED, "The signature does not hold.")
    try:
        said = webhook.said_in(body)
    except webhook.Malformed as error:
        return answer(HTTPStatus.BAD_REQUEST, str(error))
    name = sha256(request.headers["webhook-id"].encode()).hexdigest()
    take_in(said=said, source=f"webhook:{name}")
    return answer(HTTPStatus.NO_CONTENT, "")


def answer(status: HTTPStatus, told: str) -> HttpResponse:
    response = HttpResponse(told, status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response
