"""The Content-Security-Policy of public site, portal and staff screens (STANDARDS 6.1).

`legal.consent.analytics` adds Google's hosts to it where a page is measured (STANDARDS 1.18).
"""

from csp.constants import NONE, SELF, UNSAFE_INLINE

PUBLIC = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
    "object-src": [NONE],
}
# Wagtail 8's editor still needs inline script and style (wagtail#1288): on the staff's path only.
STAFF = PUBLIC | {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}
