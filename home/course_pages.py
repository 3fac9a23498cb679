"""The pages of courses, told to the planning and made by it (`portal.meetings.on_site`)."""

import uuid
from collections import defaultdict
from collections.abc import Collection

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from wagtail.log_actions import log

from home.models import CoursePage, OfferPage
from pluc.content.translating import following, store_translation
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
    """A draft in each language that has an offer, for editors to write and publish.

    The others follow the Dutch one: they are published once all of it is translated (0031).
    """
    key = uuid.uuid4()
    drafts = {
        offer.locale.language_code: new_draft(course, offer, key, by)
        for offer in OfferPage.objects.select_related("locale")
    }
    source = drafts.pop(settings.LANGUAGE_CODE, None)
    if source is not None:
        for draft in drafts.values():
            follow(source, draft, by)


def new_draft(course: Course, offer: OfferPage, key: uuid.UUID, by: User | None) -> CoursePage:
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
    return page


def follow(source: CoursePage, draft: CoursePage, by: User | None) -> None:
    """Joins a draft to the page that it translates; the title that its course has counts as one."""
    followed = following(source, draft.locale)
    if draft.title != source.title:
        store_translation(followed, source.title, draft.title, by=by)
    followed.save_target(user=by, publish=False)


def drafts_of(course: Course) -> list[CoursePage]:
    """The pages of a course, if none was ever published."""
    pages = list(CoursePage.objects.filter(course=course).order_by("locale_id"))
    return [] if any(page.first_published_at for page in pages) else pages


def drop_drafts(course: Course, by: User | None) -> None:
    for page in drafts_of(course):
        log(instance=page, action="wagtail.delete", user=by, deleted=True)
        page.delete()
