"""Where courses, meetings and our terms stand on the public site (CONTRACT, Public addresses)."""

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

from pluc.content.addresses import home_path, language_prefix
from pluc.generation import remembered
from pluc.links import site_address, site_base
from portal.meetings.models import Course, Meeting

# The slugs of the offer's page; editors cannot change them.
OFFER = {"nl": "/bijeenkomsten/", "en": "/en/meetings/"}
# The slug of the page with our general terms, which editors cannot change either.
GENERAL_TERMS = {"nl": "algemene-voorwaarden", "en": "general-terms"}


def offer_path(language: str) -> str:
    return OFFER.get(language, OFFER["nl"])


def course_path(course: Course, language: str) -> str:
    return f"{offer_path(language)}{course.slug}/"


def meeting_path(meeting: Meeting, language: str) -> str:
    return f"{course_path(meeting.course, language)}{meeting.code}/"


def general_terms_path(language: str) -> str:
    """The page with our general terms; nothing while it is not on the site in this language."""
    slug = GENERAL_TERMS[language]
    pages = Page.objects.live().filter(url_path=f"{home_path(language)}{slug}/")
    return f"{language_prefix(language)}/{slug}/" if pages.exists() else ""


def general_terms_url(request: HttpRequest) -> str:
    """The same in the active language as a page links to it; asked for once per generation."""
    language = get_language() or "nl"
    path = remembered(request, ("general terms", language), lambda: general_terms_path(language))
    return path and site_base(request) + path


def general_terms_address(language: str) -> str:
    """The same for a mail."""
    path = general_terms_path(language)
    return path and site_address(path)
