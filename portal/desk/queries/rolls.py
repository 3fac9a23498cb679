"""A participant list as a room shows it, with whose data it shows, for the disclosure."""

from dataclasses import dataclass
from uuid import UUID

from legal.rights.models import Disclosure
from portal.attendance.models import ListPrint, PrintedRow
from portal.attendance.queries.lists import ListedPerson, rows_to_print
from portal.meetings.models import Meeting


@dataclass(frozen=True, kw_only=True)
class Roll:
    """A list that somebody is shown: name, organisation and titles of each, and nothing else.

    `kind` is as whom they are shown it, `seen_for` the organisation that they act for, if any.
    """

    meeting: Meeting
    people: list[ListedPerson]
    kind: Disclosure.Kind
    # Never shown: which enrolments these are.
    places: tuple[UUID, ...]
    seen_for: str = ""

    def __len__(self) -> int:
        return len(self.people)

    @property
    def is_whole(self) -> bool:
        """Whether everybody stands on it, or only those whom a bureau signed up."""
        return self.kind != Disclosure.Kind.SUPPLIER


def roll_of(
    *,
    meeting: Meeting,
    kind: Disclosure.Kind,
    seen_for: str = "",
    only: frozenset[UUID] | None = None,
) -> Roll:
    """Who stands on a meeting's lists (P14, P15, P26); of those enrolments only, where told."""
    rows = rows_to_print(meeting_id=meeting.pk)
    shown = [row for row in rows if only is None or row[0] in only]
    return Roll(
        meeting=meeting,
        people=[person for _, person in shown],
        kind=kind,
        places=tuple(place for place, _ in shown),
        seen_for=seen_for,
    )


def places_printed(*, meeting: Meeting, version: int) -> tuple[UUID, ...]:
    """Who stands on a version of the participant list as it was printed."""
    rows = PrintedRow.objects.filter(
        page__print__meeting=meeting,
        page__print__kind=ListPrint.Kind.PARTICIPANTS,
        page__print__version=version,
        enrolment__isnull=False,
    )
    return tuple(key for key in rows.values_list("enrolment_id", flat=True) if key)
