"""Ending sessions: one, or all but the present one (STANDARDS 6.11)."""

from allauth.usersessions.models import UserSession

from portal.accounts.models import User


def end_session(*, user: User, session_id: int) -> bool:
    """Ends one of the user's own sessions; `False` where there is no such one."""
    session = UserSession.objects.filter(user=user, pk=session_id).first()
    if session is None:
        return False
    session.end()
    return True


def end_other_sessions(*, user: User, present_key: str | None) -> None:
    """Ends every session of the user but the present one."""
    for session in UserSession.objects.filter(user=user).exclude(session_key=present_key or ""):
        session.end()
