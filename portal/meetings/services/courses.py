"""Writing a course down: a new one gets its pages on the public site, as drafts."""

from django.db import transaction

from portal.accounts.models import User
from portal.meetings import on_site
from portal.meetings.models import Course


@transaction.atomic
def save_course(*, course: Course, by: User | None) -> Course:
    is_new = course.pk is None
    course.save()
    if is_new:
        on_site.make_pages(course, by)
    return course
