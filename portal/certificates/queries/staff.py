"""What colleagues see of certificates: meetings that wait for them, alarms, and one of them."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from pluc.periods import CERTIFICATE_KEY_ENDS
from portal.attendance.models import AttendanceStep
from portal.certificates.keys import KeyTrouble, signing_key
from portal.certificates.models import Certificate, Issuing
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting

RECENT = 30  # meetings with certificates that the first screen shows
State = Certificate.State


@dataclass(frozen=True, kw_only=True)
class KeyState:
    """Whether certificates can be signed now: `trouble` says why not, `ends_at` until when."""

    trouble: str = ""
    detail: str = ""
    ends_at: dt.datetime | None = None
    ends_soon: bool = False


def key_state(now: dt.datetime) -> KeyState:
    """`ends_soon` from 90 days before: without a timestamp all that it signed ends that day."""
    try:
        key = signing_key(now)
    except KeyTrouble as error:
        return KeyState(trouble=str(error.trouble.label), detail=str(error))
    return KeyState(ends_at=key.ends_at, ends_soon=key.ends_at - now <= CERTIFICATE_KEY_ENDS)


def without_timestamp() -> int:
    """How many certificates in force can be checked no longer than their key lasts."""
    return Certificate.objects.in_force().filter(has_timestamp=False).count()


def with_final_attendance() -> "QuerySet[Meeting]":
    """Meetings whose attendance is final now, the newest first."""
    steps = AttendanceStep.objects.filter(meeting=OuterRef("pk")).order_by("-at", "-id")
    last = Meeting.objects.alias(last=Subquery(steps.values("kind")[:1]))
    return last.filter(last=AttendanceStep.Kind.FINAL).order_by("-ends_at", "-pk")


def meetings_to_issue() -> "QuerySet[Meeting]":
    """Those where somebody was there who has no certificate and never had one."""
    had = Certificate.objects.filter(enrolment=OuterRef("pk"))
    there = Enrolment.objects.filter(
        meeting=OuterRef("pk"), state=Enrolment.State.ENROLLED, was_absent=False
    )
    due = there.filter(~Exists(had))
    return with_final_attendance().filter(Exists(due)).select_related("course", "venue", "region")


def certificates_that_wait() -> "QuerySet[Certificate]":
    """Those that cannot be made because something is wrong: staff are alarmed."""
    return Certificate.objects.waiting().exclude(issuing__trouble="")


def meetings_with_certificates() -> "QuerySet[Meeting]":
    """Those with certificates, with how many are in force, made and waiting."""
    some = Issuing.objects.filter(meeting=OuterRef("pk"))
    return (
        Meeting.objects.filter(Exists(some))
        .select_related("course", "venue", "region")
        .order_by("-ends_at", "-pk")[:RECENT]
    )


def numbers_in(meetings: list[Meeting]) -> dict[int, tuple[int, int]]:
    """Of each meeting how many certificates are in force, and how many wait; in one query."""
    rows = Certificate.objects.filter(meeting__in=[one.pk for one in meetings])
    counted = (
        rows.order_by()
        .values_list("meeting")
        .annotate(
            in_force=Count("pk", filter=Q(state=State.IN_FORCE)),
            waiting=Count("pk", filter=Q(state=State.WAITING)),
        )
    )
    return {number: (in_force, waiting) for number, in_force, waiting in counted}


def certificate_to_show(*, key: UUID) -> Certificate | None:
    rows = Certificate.objects.select_related(
        "meeting__course", "person", "signed_with", "replacement", "replaces"
    )
    return rows.filter(pk=key).first()
