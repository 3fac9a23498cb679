"""Who stands on the lists of a meeting: the one query for paper, spreadsheets, door and rooms."""

from dataclasses import dataclass
from uuid import UUID

from legal.rights.queries import restricted_people
from pluc.name_order import order_of
from portal.enrolments.models import Enrolment


@dataclass(frozen=True, kw_only=True)
class ListedPerson:
    """Somebody on a list. These three fields and no others, ever (P05, P14, P15)."""

    name: str
    organisation: str
    titles: str


def rows_to_print(*, meeting_id: int) -> list[tuple[UUID, ListedPerson]]:
    """Who stands on a meeting's lists, with the key of their enrolment, by Dutch order of names.

    In it is who has a place: nobody who waits, was offered one, or cancelled. Only what P05 names
    is read: name, organisation and titles, as they were enrolled.

    Whoever's data is restricted is left out (P26, STANDARDS 3.16: absent from lists to others).
    That holds for the sign-in list too: it lies in the room, where everybody who signs reads it,
    and a speaker reads it at the door. Who is restricted can still sign: on one of the empty
    numbered lines, where they write their name themselves, so that it is used as far as they want
    it used (AVG 18(2)). The back office then joins that line to their place.
    """
    people = Enrolment.objects.filter(meeting=meeting_id, state=Enrolment.State.ENROLLED)
    fields = ("pk", "first_name", "last_name", "organisation", "titles")
    found = people.exclude(person__in=restricted_people()).values_list(*fields)
    # By the key last: two of one name keep their order from print to print.
    ordered = sorted(found, key=lambda row: (order_of(first_name=row[1], last_name=row[2]), row[0]))
    return [
        (key, ListedPerson(name=f"{first} {last}".strip(), organisation=firm, titles=titles))
        for key, first, last, firm, titles in ordered
    ]


def people_listed(*, meeting_id: int) -> list[ListedPerson]:
    """The same people without any key: what speakers and clients see and take along (P14, P15)."""
    return [person for _, person in rows_to_print(meeting_id=meeting_id)]
