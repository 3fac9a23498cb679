"""Requests of somebody who is signed in, by type. A decorator makes sure of it when they come."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeGuard

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:  # Django's own name for `AUTH_USER_MODEL`: here nothing knows the room above
    from django.contrib.auth.models import _User

P = ParamSpec("P")


class Permitted(Protocol):
    """Whoever can be asked for a permission: a user, or Django's anonymous one."""

    def has_perm(self, perm: str, obj: Any = None) -> bool: ...


class SignedInRequest(HttpRequest):
    """A request whose `user` is one of ours."""

    user: "_User"


View = Callable[Concatenate[HttpRequest, P], HttpResponse]
SignedInView = Callable[Concatenate[SignedInRequest, P], HttpResponse]


def is_signed_in(request: HttpRequest) -> TypeGuard[SignedInRequest]:
    return request.user.is_authenticated


def for_members(view: SignedInView[P]) -> View[P]:
    """A portal page of somebody who is signed in. Others are sent to sign in, and come back."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not is_signed_in(request):
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


def for_staff(may: "Callable[[_User], bool]") -> Callable[[SignedInView[P]], View[P]]:
    """A staff screen of whoever `may` use it; others get a 403 (`PermissionDenied`)."""

    def guard(view: SignedInView[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            return view(permitted(request, may), *args, **kwargs)

        return guarded

    return guard


def permitted(request: HttpRequest, may: "Callable[[_User], bool]") -> SignedInRequest:
    """The request, of somebody who `may`. Raises `PermissionDenied` for anybody else."""
    if not (is_signed_in(request) and may(request.user)):
        raise PermissionDenied
    return request
