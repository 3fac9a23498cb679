"""Addresses of the API, below `/api/`."""

from django.urls import URLPattern, URLResolver, path, re_path

from headless.answers.doorway import nothing_here
from headless.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("openapi.json", api.openapi, name="openapi"),
    path("", api.urls),
    re_path(r"^(?P<rest>.*)$", nothing_here, name="api_nothing_here"),
]
