"""The pages of courses, told to the planning and made by it (`portal.meetings.on_site`)."""

import uuid
from collections import defaultdict
from collections.abc import Collection

from django.urls import reverse
from django.utils import translation
from wagtail.log_actions import log

from home.models import CoursePage, OfferPage
from portal.accounts.models import User
from portal.meetings.models import Course
from portal.meetings.on_site import SitePage


def pages_of(courses: Collection[int]) -> dict[int, list[SitePage]]:
    """In all languages, by course."""
    found: defaultdict[int, list[SitePage]] = defaultdict(list)
    pages = CoursePage.objects.filter(course__in=courses).select_related("locale")
    for page in pages.only("course_id", "live", "url_path", "locale").order_by("locale_id"):
        one = SitePage(
            language=page.language,
            is_live=page.live,
            address=page.get_url(),
            edit_address=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        )
        found[page.course_id].append(one)
    return found


def make_pages(course: Course, by: User | None) -> None:
    """A draft in each language that has an offer, for editors to write and publish."""
    key = uuid.uuid4()
    for offer in OfferPage.objects.select_related("locale"):
        with translation.override(offer.locale.language_code):
            title = str(course)
        page = CoursePage(
            title=title,
            slug=course.slug,
            course=course,
            locale=offer.locale,
            translation_key=key,
            live=False,
            has_unpublished_changes=True,
            owner=by,
        )
        offer.add_child(instance=page)
        page.save_revision(user=by)
        log(instance=page, action="wagtail.create", user=by, content_changed=True)


def drafts_of(course: Course) -> list[CoursePage]:
    """The pages of a course, if none was ever published."""
    pages = list(CoursePage.objects.filter(course=course).order_by("locale_id"))
    return [] if any(page.first_published_at for page in pages) else pages


def drop_drafts(course: Course, by: User | None) -> None:
    for page in drafts_of(course):
        log(instance=page, action="wagtail.delete", user=by, deleted=True)
        page.delete()
