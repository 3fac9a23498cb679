"""What an address of ours shows, if it may be shown on others' pages: a post, or a meeting."""

import re

from django.conf import settings
from django.http import Http404
from django.utils import timezone

from home.models import BlogPostPage, CoursePage
from home.queries import meetings_around
from pluc.content.for_api import pages_for_api
from pluc.content.tree import Trail, trail_to
from pluc.content.views import page_at
from pluc.language import language_of_path
from pluc.web_addresses import read_address

A_PATH = re.compile(r"(/[a-z0-9-]+)+/?", re.ASCII)


def shown_at(address: str) -> BlogPostPage | CoursePage:
    """The post at an address, or the course's page with its `meeting`.

    Raises `Http404` for whatever else: another site, another kind of page, a draft, a page that is
    not for the API, an address that makes no sense. All are told apart by nobody.
    """
    path = path_of(address)
    trail = trail_to(path, language_of_path(path))
    page = post_at(trail) if trail.page else meeting_below(trail.parent, path.split("/")[-2])
    if not pages_for_api().filter(pk=page.pk).exists():
        raise Http404
    return page


def path_of(address: str) -> str:
    """The path of an address on the public site. Raises `Http404` for another site's."""
    parts = read_address(address)
    if parts is None or f"{parts.scheme}://{parts.netloc}" != settings.SITE_URL:
        raise Http404
    if not A_PATH.fullmatch(parts.path):
        raise Http404
    return f"{parts.path.rstrip('/')}/"


def post_at(trail: Trail) -> BlogPostPage:
    page = page_at(trail)
    if not isinstance(page, BlogPostPage):
        raise Http404
    return page


def meeting_below(above: Trail | None, name: str) -> CoursePage:
    if above is None or above.page is None:
        raise Http404
    page = page_at(above)
    if not isinstance(page, CoursePage):
        raise Http404
    dates = meetings_around(course=page.course, code=name, now=timezone.now())
    page.meeting = next((meeting for meeting in dates if meeting.code == name), None)
    if page.meeting is None:
        raise Http404
    return page
