"""Signal receivers that log sign-ins and changed factors, without personal data (6.24)."""

import logging
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as factors
from django.contrib.auth import signals as auth
from django.http import HttpRequest

from pluc.headers import SIGNED_OUT
from portal.accounts.middleware import SEEN
from portal.accounts.models import User
from portal.accounts.services import end_change, end_other_sessions

log = logging.getLogger("pluc.accounts")


def factor_changed(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Receiver of allauth's signals: a changed factor ends the other sessions (STANDARDS 6.11)."""
    end_other_sessions(user=user, present_key=request.session.session_key)
    request.session.pop(SEEN, None)
    log.info("Second factor changed: user %s", user.pk)


def signed_in(user: User, **kwargs: Any) -> None:
    log.info("Signed in: user %s", user.pk)


def signed_out(request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    SIGNED_OUT.put(request, True)
    if user is not None:
        log.info("Signed out: user %s", user.pk)


def sign_in_failed(**kwargs: Any) -> None:
    log.warning("A sign-in failed.")


def password_changed(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Receiver of allauth's signals: the other sessions end (STANDARDS 6.11), and so does a change
    of address that waits: whoever was in may have asked for it.

    Django lets nobody in by them any more, but would go on counting them as places to be signed in.
    """
    end_other_sessions(user=user, present_key=request.session.session_key)
    end_change(user=user)
    log.info("Password changed: user %s", user.pk)


def address_changed(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Receiver of allauth's signal: what one signs in with is another, so other sessions end."""
    end_other_sessions(user=user, present_key=request.session.session_key)
    log.info("Address changed: user %s", user.pk)


def listen() -> None:
    """When the site starts."""
    auth.user_logged_in.connect(signed_in)
    auth.user_logged_out.connect(signed_out)
    auth.user_login_failed.connect(sign_in_failed)
    for signal in (account.password_changed, account.password_set, account.password_reset):
        signal.connect(password_changed)
    for signal in (factors.authenticator_added, factors.authenticator_removed):
        signal.connect(factor_changed)
    factors.authenticator_reset.connect(factor_changed)
    account.email_changed.connect(address_changed)
