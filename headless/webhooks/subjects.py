"""What messages are about, as the back office knows it: a page by title, a meeting by code."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _t
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from headless.webhooks.models import Delivery
from portal.meetings.models import Meeting
from portal.meetings.permissions import may_plan

if TYPE_CHECKING:
    from django.contrib.auth.models import _User


@dataclass(frozen=True, kw_only=True)
class Subject:
    """The object of a message. It has no `address` where it is gone, or not for this colleague."""

    words: str
    address: str = ""


def subjects_of(deliveries: Iterable[Delivery], *, user: "_User") -> dict[str, Subject]:
    """By the `subject` of each message; nothing of a test. It costs the same for however many."""
    told = {one.subject: str(json.loads(one.body)["data"]["id"]) for one in deliveries}
    pages = {int(code) for subject, code in told.items() if subject.startswith("page:")}
    meetings = [subject[8:] for subject in told if subject.startswith("meeting:")]
    return (
        about_pages(pages, user)
        | about_meetings(meetings, told, user)
        | {"statement": Subject(words=f"{_t('privacy statement')} {told.get('statement', '')}")}
    )


def about_pages(numbers: Iterable[int], user: "_User") -> dict[str, Subject]:
    wanted = Page.objects.filter(pk__in=numbers)
    titles = dict(wanted.values_list("pk", "title"))
    mine = page_permission_policy.instances_user_has_any_permission_for(user, {"change", "publish"})
    linked = set(mine.filter(pk__in=titles).values_list("pk", flat=True)) if titles else set()
    found = {}
    for number in numbers:
        words = titles.get(number) or _t("page %(number)s, which is gone") % {"number": number}
        address = reverse("wagtailadmin_pages:edit", args=[number]) if number in linked else ""
        found[f"page:{number}"] = Subject(words=words, address=address)
    return found


def about_meetings(
    numbers: Iterable[str], told: dict[str, str], user: "_User"
) -> dict[str, Subject]:
    """Each by the code that the message gave it, also where it is gone."""
    there = Meeting.objects.filter(pk__in=numbers) if may_plan(user) else Meeting.objects.none()
    linked = {str(number) for number in there.values_list("pk", flat=True)}
    return {
        f"meeting:{number}": Subject(
            words=told[f"meeting:{number}"],
            address=reverse("meeting_edit", args=[number]) if number in linked else "",
        )
        for number in numbers
    }
