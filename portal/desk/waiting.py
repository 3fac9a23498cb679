"""What waits for a colleague's action, as lines that lead to where it is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import ngettext

from portal.accounts.models import User
from portal.announcements import permissions as announcements
from portal.announcements.queries import waiting_for_approval
from portal.attendance import permissions as attendance
from portal.attendance.queries.marks import final_among
from portal.certificates.permissions import may_issue
from portal.certificates.queries.staff import certificates_that_wait, meetings_to_issue
from portal.contact import permissions as contact
from portal.contact.queries import messages_without_answer
from portal.enrolments import permissions as enrolments
from portal.enrolments.queries.supplies import conflicts_left, out_of_reach
from portal.materials import permissions as materials
from portal.materials.queries.staff import not_checked, waiting_for_release
from portal.meetings.models import Meeting
from portal.newsletter import permissions as newsletter
from portal.newsletter.queries import issues


@dataclass(frozen=True)
class Thing:
    """One line: what waits, and where to deal with it."""

    text: str
    url: str


def number_in(queryset: QuerySet[Any]) -> Coalesce:
    """How many rows there are, as a part of another query."""
    rows = queryset.order_by().values(one=Value(1)).annotate(n=Count("*")).values("n")
    return Coalesce(Subquery(rows, output_field=IntegerField()), 0)


def things_waiting_for(user: User) -> list[Thing]:
    """What this colleague can do something about; in one query."""
    counts = User.objects.filter(pk=user.pk).values_list(
        number_in(messages_without_answer()),
        number_in(waiting_for_approval()),
        number_in(issues.waiting_for_approval()),
        number_in(waiting_for_release()),
        number_in(not_checked()),
        number_in(conflicts_left()),
        number_in(out_of_reach()),
        number_in(certificates_that_wait()),
        number_in(meetings_to_issue()),
    )
    messages, submitted, issues_submitted, to_release, unchecked, *rest = counts[0]
    to_look_at, untold, stuck, to_issue = rest
    things = []
    if messages and contact.may_read(user):
        text = ngettext(
            "%(n)d message without an answer", "%(n)d messages without an answer", messages
        )
        things.append(Thing(text % {"n": messages}, reverse("contact_messages")))
    if submitted and announcements.may_approve(user):
        text = ngettext(
            "%(n)d announcement to approve", "%(n)d announcements to approve", submitted
        )
        things.append(Thing(text % {"n": submitted}, reverse("announcements")))
    if issues_submitted and newsletter.may_approve(user):
        text = ngettext(
            "%(n)d newsletter to approve", "%(n)d newsletters to approve", issues_submitted
        )
        things.append(Thing(text % {"n": issues_submitted}, reverse("newsletter_issues")))
    if enrolments.may_change(user):
        things += supplied_waiting(to_look_at, untold)
    if materials.may_manage(user):
        things += material_waiting(to_release, unchecked)
    return things + (certificates_waiting(stuck, to_issue) if may_issue(user) else [])


def certificates_waiting(stuck: int, to_issue: int) -> list[Thing]:
    """Certificates that cannot be made now, and meetings whose people have none yet."""
    wait = ngettext(
        "%(n)d certificate cannot be made now", "%(n)d certificates cannot be made now", stuck
    )
    due = ngettext(
        "%(n)d meeting to issue certificates for",
        "%(n)d meetings to issue certificates for",
        to_issue,
    )
    lines = ((wait, stuck), (due, to_issue))
    return [Thing(text % {"n": n}, reverse("certificates")) for text, n in lines if n]


def supplied_waiting(to_look_at: int, untold: int) -> list[Thing]:
    """Rows of bureaus' lists, and people whom the law says that we must tell of them (AVG 14)."""
    rows = ngettext(
        "%(n)d supplied participant to look at",
        "%(n)d supplied participants to look at",
        to_look_at,
    )
    people = ngettext(
        "%(n)d person to be told who supplied their data",
        "%(n)d people to be told who supplied their data",
        untold,
    )
    lines = ((rows, to_look_at, "supplies_to_look_at"), (people, untold, "untold_sources"))
    return [Thing(text % {"n": n}, reverse(name)) for text, n, name in lines if n]


def material_waiting(to_release: int, unchecked: int) -> list[Thing]:
    """Material that speakers added, and files that could not be checked for viruses."""
    added = ngettext(
        "%(n)d piece of material to release", "%(n)d pieces of material to release", to_release
    )
    held = ngettext(
        "%(n)d file could not be checked", "%(n)d files could not be checked", unchecked
    )
    lines = ((added, to_release), (held, unchecked))
    return [Thing(text % {"n": n}, reverse("materials")) for text, n in lines if n]


def things_about(meetings: Iterable[Meeting], user: User) -> list[Thing]:
    """Meetings that are over: to be held, to check who was there, and to complete."""
    over = sum(one.state == Meeting.State.DEFINITE for one in meetings)
    held = {one.pk for one in meetings if one.state == Meeting.State.HELD}
    final = final_among(meeting_ids=held) if held else set()
    planning = reverse("meetings")
    things = []
    if over:
        text = ngettext(
            "%(n)d meeting is over: mark it as held",
            "%(n)d meetings are over: mark them as held",
            over,
        )
        things.append(Thing(text % {"n": over}, f"{planning}?period=past&state=definite"))
    if (to_check := len(held - final)) and attendance.may_take(user):
        text = ngettext(
            "%(n)d meeting to complete: check who was there",
            "%(n)d meetings to complete: check who was there",
            to_check,
        )
        things.append(Thing(text % {"n": to_check}, reverse("attendance")))
    if final:
        text = ngettext(
            "%(n)d meeting with final attendance: complete it",
            "%(n)d meetings with final attendance: complete them",
            len(final),
        )
        things.append(Thing(text % {"n": len(final)}, f"{planning}?period=past&state=held"))
    return things
