"""How often one sender may write: per network address, and per e-mail address."""

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest

# Nobody writes to us twenty times an hour; an office that shares one network address might.
# On one's own machine all comes from loopback.
RATE = "20/h/ip,5/h/key" if settings.HTTPS else "60/m/ip,5/m/key"
SECONDS = 60 * 60 if settings.HTTPS else 60


def takes_one(request: HttpRequest, *, email: str) -> bool:
    """Counts a message of this sender; `False` once there were too many.

    allauth's counter stands in the shared cache and trusts as many proxies as the settings say.
    """
    usage = ratelimit.consume(
        request, app="portal.contact", action="send", config={"send": RATE}, key=email.lower()
    )
    return usage is not None
