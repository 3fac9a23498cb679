"""What the worker does for accounts. May run twice with one effect."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone

LONGEST_SESSION = timedelta(seconds=settings.SESSION_COOKIE_AGE)


def purge_sessions() -> None:
    """Task, daily: ends sessions after 30 days, and forgets those that have ended.

    Django counts the days from the last change of a session; we count from signing in.
    """
    old = UserSession.objects.filter(created_at__lt=timezone.now() - LONGEST_SESSION)
    for session in old:
        session.end()
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    alive = Session.objects.filter(session_key=OuterRef("session_key"))
    UserSession.objects.filter(~Exists(alive)).delete()
