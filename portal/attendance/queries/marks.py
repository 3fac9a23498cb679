"""The marks of a meeting, as the door, the back office and the hours read them.

Whoever asks has been let in before: by `queries.door`, or as staff (`permissions`).
"""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from portal.attendance.models import AttendanceStep, Mark

# Of whom a mark is: an enrolment, or a walk-in that has no place yet.
Place = UUID
Marks = dict[tuple[UUID, Place], list[Mark]]


def marks_by_place(*, session_ids: Collection[UUID]) -> Marks:
    """All marks of these sessions, superseded ones too, by session and place; in one query.

    Those of a walk-in stand with the place that the back office made of it. A walk-in that was
    dropped is left out.
    """
    rows = Mark.objects.filter(session__in=session_ids).exclude(walk_in__dropped_because__gt="")
    found: Marks = defaultdict(list)
    for mark in rows.select_related("walk_in").order_by("at", "id"):
        found[mark.session_id, place_of(mark)].append(mark)
    return found


def place_of(mark: Mark) -> Place:
    """The key of whom a mark is of: of the enrolment where there is one.

    Raises `ValueError` for a mark of nobody, which the database refuses.
    """
    if mark.enrolment_id:
        return mark.enrolment_id
    if mark.walk_in:
        return mark.walk_in.enrolment_id or mark.walk_in.pk
    raise ValueError("A mark is of somebody.")


def final_among(*, meeting_ids: Collection[int]) -> set[int]:
    """Those of these meetings whose attendance is final; in one query."""
    steps = AttendanceStep.objects.filter(meeting__in=meeting_ids).order_by("at", "id")
    last = dict(steps.values_list("meeting", "kind"))
    return {key for key, kind in last.items() if kind == AttendanceStep.Kind.FINAL}
