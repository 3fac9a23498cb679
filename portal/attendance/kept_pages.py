"""Pages that open again without a connection: the door's, and a participant's day.

The browser keeps what says whose it is (`static/js/kept_pages.js`), for one account at a time, and
throws it away when that account signs out. Nothing else is kept. A page includes
`components/kept_page.html`, with `scope`: the address below which the worker serves it.
"""

from django.http import HttpResponse

from pluc.signed_in import SignedInRequest
from portal.accounts.browser_names import browser_name

KEPT_FOR = "Kept-For"


def kept(request: SignedInRequest, answer: HttpResponse) -> HttpResponse:
    """Lets the browser keep a page for whoever is signed in."""
    answer[KEPT_FOR] = browser_name(request.user)
    return answer
