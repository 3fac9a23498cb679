"""A draft as its readers would see it: in light, in dark, and as text alone."""

from html import escape

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.conf import settings
from django.http import HttpResponse

from pluc.headers import POLICY_REPLACED
from portal.newsletter.links import newsletter_address
from portal.newsletter.models.mailings import LEAVE
from portal.newsletter.models.pages import IssuePage
from portal.newsletter.rendering import Rendered, render

# A mail has its styles within it, and nothing else of its own.
POLICY = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "img-src": [SELF],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [SELF],
}
ASKS_FOR_DARK = "@media (prefers-color-scheme: dark)"
MODES = ("light", "dark", "text")


def preview(page: IssuePage, mode: str) -> HttpResponse:
    """The mail of a draft. `mode` is one of `MODES`."""
    return as_page(render(page), mode)


def as_page(mail: Rendered, mode: str) -> HttpResponse:
    """A mail as a page to look at, with the newsletter's page in place of the way to leave."""
    leads_to = newsletter_address(mail.language)
    if mode == "text":
        shown = as_plain_page(mail.text.replace(LEAVE, leads_to), mail)
    else:
        shown = in_scheme(mail.html.replace(LEAVE, leads_to), is_dark=mode == "dark")
    # On whichever host it is looked at: pictures stand on both.
    shown = shown.replace(f'src="{settings.SITE_URL}/', 'src="/')
    response = HttpResponse(shown)
    POLICY_REPLACED.put(response, POLICY)
    response["Content-Language"] = mail.language
    return response


def in_scheme(html: str, *, is_dark: bool) -> str:
    """The mail as a mail program in dark (or light) shows it, whatever the browser is set to."""
    scheme = "dark" if is_dark else "light"
    html = html.replace(ASKS_FOR_DARK, "@media all" if is_dark else "@media not all")
    return html.replace("color-scheme: light dark", f"color-scheme: {scheme}")


def as_plain_page(text: str, mail: Rendered) -> str:
    style = "body{margin:0;padding:20px}pre{white-space:pre-wrap;overflow-wrap:anywhere;"
    style += "font:15px/1.5 ui-monospace,Consolas,monospace;max-width:76ch}"
    return (
        f'<!doctype html><html lang="{mail.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(mail.subject)}</title><style>{style}</style></head>"
        f"<body><main><pre>{escape(text)}</pre></main></body></html>"
    )
