"""The portal's addresses, for a host of its own, and the staff screens beside it."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as admin_urls

from pluc import errors
from pluc.staff_screens.wording import words_of
from pluc.urls.public import shared

staff: list[URLPattern | URLResolver] = [
    # One way in for everybody (STANDARDS 6.7).
    path("beheer/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    # Wagtail's own trials of a 404 and of a failure.
    path("beheer/test404/", errors.nowhere),
    path("beheer/failwhale/", errors.nowhere),
    path("beheer/", include("portal.desk.staff_urls")),
    path("beheer/jsi18n/", words_of("wagtail.admin")),
    path("beheer/", include("home.staff_urls")),
    path("beheer/", include(admin_urls)),
]
portal: list[URLPattern | URLResolver] = [
    path("", include("portal.desk.urls")),
    path("", include("portal.accounts.urls")),
    path("", include("portal.newsletter.account_urls")),
    path("bijeenkomsten/", include("portal.enrolments.urls")),
    path("bijeenkomsten/", include("portal.attendance.day_urls")),
    path("inschrijving/", include("portal.enrolments.link_urls")),
    path("bestelling/", include("portal.enrolments.order_urls")),
    path("deur/", include("portal.attendance.door_urls")),
    path("inchecken/", include("portal.attendance.check_in_urls")),
    path("materiaal/", include("portal.materials.urls")),
    path("spreker/<slug:code>/materiaal/", include("portal.materials.speaker_urls")),
    path("gegevens/", include("legal.rights.urls")),
]
# A choice is posted to the host that one is on.
cookies = path("cookies/", include("legal.consent.urls"))
urlpatterns = [*shared, *staff, *i18n_patterns(cookies, *portal, prefix_default_language=False)]
handler400 = "pluc.errors.bad_request"
handler404 = "pluc.errors.not_found"
handler500 = "pluc.errors.server_error"
