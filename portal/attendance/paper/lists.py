"""What stands on a list: its heading, and its rows as text, for PDF and spreadsheet alike."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _t

from pluc.documents.readings import printed, reading_of
from portal.attendance.models import ListPrint
from portal.attendance.queries.lists import ListedPerson
from portal.meetings.models import Meeting, Session
from portal.meetings.wording import full_place_of, session_times, when

Kind = ListPrint.Kind
# Lines for people who stand on no list, on what is signed.
EMPTY_LINES = 6
# Changes with the look of the lists: a list that would look otherwise is a new version.
LAYOUT = 1


@dataclass(frozen=True, kw_only=True)
class Row:
    """A numbered row. An empty line has a number only."""

    number: int
    name: str = ""
    # How a name sounds in Latin letters, where it is written in others.
    reading: str = ""
    organisation: str = ""
    titles: str = ""
    enrolment_id: UUID | None = None

    @property
    def is_empty(self) -> bool:
        return self.enrolment_id is None


@dataclass(frozen=True, kw_only=True)
class PaperList:
    """A list, in one language."""

    kind: str
    language: str
    title: str
    course: str
    # Of the session, or of the meeting where it is about no session.
    when: str
    session: str
    place: str
    rows: Sequence[Row]

    @property
    def is_signed(self) -> bool:
        return self.kind != Kind.PARTICIPANTS

    @property
    def digest(self) -> str:
        """The same for the same facts in the same order, told by the same layout."""
        facts = json.dumps([LAYOUT, asdict(self)], default=str, sort_keys=True)
        return hashlib.sha256(facts.encode()).hexdigest()


def paper_list(
    *,
    meeting: Meeting,
    session: Session | None,
    kind: str,
    people: Sequence[tuple[UUID, ListedPerson]],
) -> PaperList:
    """The list of a kind; `session` is the one that people sign in to or out of.

    It is in the language that is spoken there: whoever signs reads it.
    """
    language = meeting.language
    with translation.override(language):
        return PaperList(
            kind=kind,
            language=language,
            title=title_of(kind),
            course=str(meeting.course),
            when=session_times(session) if session else when(meeting),
            session=session.heading if session else "",
            place=full_place_of(meeting),
            rows=rows_of(people, empty=0 if kind == Kind.PARTICIPANTS else EMPTY_LINES),
        )


def title_of(kind: str) -> str:
    titles = {
        Kind.PARTICIPANTS: _t("Participant list"),
        Kind.SIGN_IN: _t("Sign-in list"),
        Kind.SIGN_OUT: _t("Sign-out list"),
    }
    return titles[Kind(kind)]


def rows_of(people: Sequence[tuple[UUID, ListedPerson]], *, empty: int) -> list[Row]:
    rows = [
        Row(
            number=number,
            name=printed(person.name),
            reading=reading_of(person.name),
            organisation=printed(person.organisation),
            titles=printed(person.titles),
            enrolment_id=key,
        )
        for number, (key, person) in enumerate(people, start=1)
    ]
    return rows + [Row(number=len(rows) + more) for more in range(1, empty + 1)]
