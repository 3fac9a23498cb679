"""The public site's addresses: what has a fixed address, then the pages."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.documents import urls as document_urls

from pluc import health, media
from pluc.content import views as content
from pluc.outbox import views as mail

shared: list[URLPattern | URLResolver] = [
    path("livez", health.livez),
    path("readyz", health.readyz),
    path("media/<path:name>", media.rendition, name="rendition"),
    path("documenten/", include(document_urls)),
]
site: list[URLPattern | URLResolver] = [
    path("", include("home.urls")),
    # Before the rest of the API, which answers every address below its own.
    *i18n_patterns(path("api/", include("headless.docs.urls")), prefix_default_language=False),
    path("api/", include("headless.urls")),
    path("embed/", include("headless.embed.urls")),
    path("certificaat/", include("portal.certificates.machine_urls")),
    *i18n_patterns(
        path("zoeken/", include("search.urls")),
        path("cookies/", include("legal.consent.urls")),
        path("privacyverklaring/", include("legal.statements.urls")),
        path("blog/", include("home.blog_urls")),
        path("", include("portal.certificates.urls")),
        path("", include("portal.newsletter.urls")),
        path("mail/terug/", mail.came_back, name="mail_came_back"),
        re_path(r"^(?:[\w\-]+/)+[\w\-]+\.ics$", content.serve_below, name="calendar"),
        re_path(r"^((?:[\w\-]+/)*)$", content.serve, name="wagtail_serve"),
        prefix_default_language=False,
    ),
]
urlpatterns = [*shared, *site]
handler400 = "pluc.errors.bad_request"
handler404 = "pluc.errors.not_found"
handler500 = "pluc.errors.server_error"
