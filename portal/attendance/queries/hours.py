"""Whether attendance is final, and the hours that somebody earned by it."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, QuerySet, Subquery, Sum

from portal.accounts.models import Person
from portal.attendance.hours_in_words import explanation
from portal.attendance.models import AttendanceStep, EarnedHours

Kind = AttendanceStep.Kind


@dataclass(frozen=True, kw_only=True)
class EarnedLine:
    """What somebody earned for one scheme, and how that was computed, in sentences."""

    scheme: str
    category: str
    minutes: int
    hours: Decimal
    explanation: list[str]


def last_step(*, meeting_id: int) -> AttendanceStep | None:
    """What was last declared of a meeting's attendance; nothing before the first time."""
    steps = AttendanceStep.objects.filter(meeting=meeting_id).select_related("by")
    return steps.order_by("-at", "-id").first()


def is_final(*, meeting_id: int) -> bool:
    """Whether attendance is final: nobody marks any more until it is opened again."""
    steps = AttendanceStep.objects.filter(meeting=meeting_id).order_by("-at", "-id")
    return steps.values_list("kind", flat=True).first() == Kind.FINAL


def in_force() -> QuerySet[EarnedHours]:
    """Hours of the last step of their meeting; those of an earlier step do not count."""
    steps = AttendanceStep.objects.filter(meeting=OuterRef("enrolment__meeting"))
    newest = Subquery(steps.order_by("-at", "-id").values("pk")[:1])
    return EarnedHours.objects.filter(step=newest, step__kind=Kind.FINAL)


def hours_of(*, person: Person, meeting_id: int) -> list[EarnedLine]:
    """What a person earned in a meeting, a line per scheme: theirs only (P13). In one query."""
    rows = in_force().filter(enrolment__person=person, enrolment__meeting=meeting_id)
    return [
        EarnedLine(
            scheme=row.scheme.code,
            category=row.category,
            minutes=row.minutes,
            hours=row.hours,
            explanation=explanation(row),
        )
        for row in rows.select_related("scheme").order_by("scheme__position", "pk")
    ]


def hours_in_all(*, person: Person) -> list[tuple[str, Decimal]]:
    """What a person earned in all their meetings, by scheme: theirs only (P13). In one query."""
    rows = in_force().filter(enrolment__person=person, hours__gt=0)
    by_scheme = rows.values_list("scheme__code").annotate(n=Sum("hours"))
    return list(by_scheme.order_by("scheme__position", "scheme__code"))
