"""Whether a person opened a page, or something only looked: by what browsers say of a request.

Fetch metadata (W3C, "Fetch Metadata Request Headers") cannot be set by a page. A client that sends
none gets every page as well; nothing is done for it by merely looking.
"""

import re

from django.http import HttpRequest

ROBOT = re.compile(
    r"bot\b|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|embedly|scan|fetch|monitor"
    r"|mediapartners|adsbot|chatgpt|openai|perplexity|lighthouse|pagespeed"
    r"|curl|wget|python|httpx|okhttp|go-http|java/|libwww",
    re.IGNORECASE,
)
OURS_OR_TYPED = {"same-origin", "same-site", "none"}


def is_opened_by_person(request: HttpRequest) -> bool:
    """Whether somebody opened this address in a tab: from our own pages, by typing, by a link.

    Not an image, a frame, a script, a prefetch, a preview or a robot. From another site only what
    somebody pressed there counts (`Sec-Fetch-User`).
    """
    header = request.headers.get
    if request.method != "GET" or is_fetched_ahead(request) or is_robot(request):
        return False
    if header("Sec-Fetch-Dest") != "document" or header("Sec-Fetch-Mode") != "navigate":
        return False
    return header("Sec-Fetch-Site") in OURS_OR_TYPED or (
        header("Sec-Fetch-Site") == "cross-site" and header("Sec-Fetch-User") == "?1"
    )


def is_fetched_ahead(request: HttpRequest) -> bool:
    """Whether a browser asks before anybody wants to see it."""
    purpose = [request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Purpose")]
    purpose.append(request.headers.get("X-Moz", ""))
    return any(word in text.lower() for text in purpose for word in ("prefetch", "preview"))


def is_robot(request: HttpRequest) -> bool:
    return ROBOT.search(request.headers.get("User-Agent", "")) is not None
