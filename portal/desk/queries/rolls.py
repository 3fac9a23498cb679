"""A participant list as a room shows it, with whose data it shows, for the disclosure."""

from dataclasses import dataclass
from uuid import UUID

from django.utils import translation

from legal.rights.models import Disclosure
from portal.attendance.queries.lists import ListedPerson, rows_to_print
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting
from portal.meetings.wording import name_with_day


@dataclass(frozen=True, kw_only=True)
class Roll:
    """A list that somebody is shown: name, organisation and titles of each, and nothing else.

    `kind` is as whom they are shown it, `seen_for` the organisation that they act for, if any.
    """

    people: list[ListedPerson]
    kind: Disclosure.Kind
    # Never shown: which enrolments these are.
    places: tuple[UUID, ...]
    # The meeting: its code, and what it is called in Dutch and in English.
    reference: str
    about: tuple[str, str]
    seen_for: str = ""

    def __len__(self) -> int:
        return len(self.people)


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
        people=[person for _, person in shown],
        kind=kind,
        places=tuple(place for place, _ in shown),
        reference=meeting.code,
        about=(name_in("nl", meeting), name_in("en", meeting)),
        seen_for=seen_for,
    )


def name_in(language: str, meeting: Meeting) -> str:
    with translation.override(language):
        return name_with_day(meeting)


def people_of(roll: Roll) -> list[UUID]:
    """Whose data a list shows: exactly those who stand on it."""
    found = Enrolment.objects.filter(pk__in=roll.places)
    return list(found.values_list("person_id", flat=True))
