"""What a colleague sees once, such as a secret that was just made: on a page after the form.

The form leads on to that page, so that loading it again makes nothing a second time. In between the
value stands in the colleague's session, which is stored at our side; reading it takes it out.
"""

from django.http import HttpRequest

from pluc.signed_in import SignedInRequest

SHOWN_ONCE = "shown_once"


def show_once(request: SignedInRequest, value: str, *, at: str) -> str:
    """Keeps `value` for the page with address `at`, and returns that address."""
    request.session[SHOWN_ONCE] = request.session.get(SHOWN_ONCE, {}) | {at: value}
    return at


def value_to_show(request: HttpRequest) -> str:
    """The value of this page, the first time that it is asked for; afterwards an empty one."""
    if request.method != "GET":  # HEAD shows nothing
        return ""
    kept: dict[str, str] = request.session.get(SHOWN_ONCE, {})
    if request.path not in kept:
        return ""
    value = kept.pop(request.path)
    request.session[SHOWN_ONCE] = kept
    return value
