"""Addresses of the API, below `/api/`."""

from django.urls import URLPattern, URLResolver, path

from headless.api import api

urlpatterns: list[URLPattern | URLResolver] = [path("", api.urls)]
