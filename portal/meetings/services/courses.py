"""Writing a course down: a new one gets its pages on the public site, as drafts."""

from itertools import chain, count

from django.db import transaction
from django.utils.text import slugify

from portal.accounts.models import User
from portal.meetings import on_site
from portal.meetings.models import Course

LONGEST_SLUG = 70


def free_slug(title: str) -> str:
    """A short name that no course has, such as "peren-tellen"."""
    like = slugify(title)[:LONGEST_SLUG].strip("-") or "opleiding"
    for number in chain([""], (f"-{n}" for n in count(2))):
        if not Course.objects.filter(slug=like + number).exists():
            return like + number
    raise AssertionError("numbers do not end")


@transaction.atomic
def save_course(*, course: Course, by: User | None) -> Course:
    """A short name is made of the title where there is none."""
    is_new = course.pk is None
    course.slug = course.slug or free_slug(course.title)
    course.save()
    if is_new:
        on_site.make_pages(course, by)
    return course
