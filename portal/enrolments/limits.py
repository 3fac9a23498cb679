"""How often one sender may hold places and enrol: per network address, and per e-mail address.

Without a hold one enrols all the same, so an office that shares an address loses nothing but the
minutes in which nobody else can take the place.
"""

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest

# A hold lasts fifteen minutes: three at a time. On one's own machine all comes from loopback.
HOLDS = "3/15m/ip" if settings.HTTPS else "60/m/ip"
ENROLMENTS = "60/h/ip,20/h/key" if settings.HTTPS else "600/m/ip,60/m/key"
SECONDS = 60 * 60 if settings.HTTPS else 60
CONFIG = {"hold": HOLDS, "enrol": ENROLMENTS}


def may_hold(request: HttpRequest) -> bool:
    """Counts a hold of this sender; `False` once there were too many."""
    usage = ratelimit.consume(
        request,
        app="portal.enrolments",
        action="hold",
        config=CONFIG,
        limit_get=True,  # opening the form is what holds
    )
    return usage is not None


def may_enrol(request: HttpRequest, *, email: str) -> bool:
    """Counts an enrolment of this sender: each of them sends mail to an address that they typed."""
    usage = ratelimit.consume(
        request, app="portal.enrolments", action="enrol", config=CONFIG, key=email.lower()
    )
    return usage is not None
