"""Both doors on one host: the portal under `/mijn/`, the staff screens at `/beheer/`."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from pluc.urls.portal import portal, staff
from pluc.urls.public import shared, site

urlpatterns = [
    *shared,
    *staff,
    *i18n_patterns(path("mijn/", include(portal)), prefix_default_language=False),
    *site,
]
handler400 = "pluc.errors.bad_request"
handler404 = "pluc.errors.not_found"
handler500 = "pluc.errors.server_error"
