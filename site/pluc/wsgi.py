"""The WSGI application, for `pluc.serving`. The source roots are on the path (manage.py)."""

import gc
import os
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.core.wsgi import get_wsgi_application


class Request(WSGIRequest):
    """A request whose charset may be anything.

    Django decodes the query as `Content-Type` says, before any middleware. What Python knows as a
    coding but not of text ("hex", "undefined") would fail there; it counts as no charset.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            super()._set_content_type_params(meta)  # type: ignore[misc]  # Django's own
        except (LookupError, SuspiciousOperation, ValueError):
            self._encoding = None
            self.content_params = {}


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pluc.settings")
application = get_wsgi_application()
application.request_class = Request

# What is loaded now stays loaded: the collector need not walk through it at every request.
gc.freeze()
