"""Who asks, by the token in `Authorization: Bearer …` (RFC 6750). No token is ever logged.

An operation that asks for a token has `auth=Bearer(Scope.ENROL)`; `request.auth` is then the
`ApiToken`. Those that anybody may read have `auth=reader`.
"""

import logging
from http import HTTPStatus

from django.http import HttpRequest
from django.utils.translation import gettext as _t
from ninja.security import HttpBearer

from headless.answers.limits import TOKEN, count_request
from headless.answers.problems import Refusal
from headless.tokens.models import ApiToken, Scope
from headless.tokens.queries import token_known_as
from headless.tokens.services import note_use

log = logging.getLogger("pluc.api")
ANYBODY = "anybody"


class Bearer(HttpBearer):
    """Asks for a token with a scope: 401 without one that holds, 403 without the scope."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> ApiToken | None:
        """In place of the library's, which logs the header where `DEBUG` is on."""
        scheme, _, token = request.headers.get(self.header, "").partition(" ")
        return self.authenticate(request, token) if scheme.lower() == "bearer" else None

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken:
        found = in_force(token_known_as(token=token.strip()))
        count_request(request, TOKEN, key=str(found.pk))
        if not found.may(self.scope):
            detail = _t("This token is not for this: it lacks the scope “%(scope)s”.")
            raise Refusal(HTTPStatus.FORBIDDEN, detail % {"scope": self.scope.value})
        note_use(token=found)
        tell_use(request, found)
        return found


def reader(request: HttpRequest) -> ApiToken | str:
    """Anybody; who shows a token must have one that holds and may read."""
    if "Authorization" not in request.headers:
        return ANYBODY
    return BEARER_TO_READ(request) or ""


BEARER_TO_READ = Bearer(Scope.READ)


def in_force(found: ApiToken | None) -> ApiToken:
    """Raises `Refusal` (401), which says why to whoever has the token."""
    if found is None:
        raise not_accepted(_t("We do not know this token."))
    if found.revoked_at is not None:
        raise not_accepted(_t("This token was revoked. Ask us for a new one."))
    if found.is_over:
        raise not_accepted(_t("This token has ended. Ask us for a new one."))
    return found


def not_accepted(detail: str) -> Refusal:
    headers = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
    return Refusal(HTTPStatus.UNAUTHORIZED, detail, headers=headers)


def tell_use(request: HttpRequest, token: ApiToken) -> None:
    """Logs by its number what a token is used for: the route, as an address may name somebody."""
    route = request.resolver_match.route if request.resolver_match else ""
    log.info("token %s (%s): %s %s", token.pk, token.prefix, request.method, route)
