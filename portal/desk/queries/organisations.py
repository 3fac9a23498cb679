"""What the contact of an organisation sees: its own meetings, or its own people (P15, P17, P19)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from legal.rights.models import Disclosure
from portal.accounts.models import Person
from portal.desk.queries.meetings import (
    Calendar,
    RoomMeeting,
    calendar_of,
    listed_places,
    told,
    with_crowd,
)
from portal.desk.queries.rolls import Roll, roll_of
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting
from portal.meetings.models.finding import MeetingQuerySet
from portal.meetings.queries.speaking import day_at
from portal.organisations.models import Contact

MOST_PAST = 100
Scope = Contact.Scope


@dataclass(frozen=True, kw_only=True)
class Grants:
    """What somebody may see now: organisations that they act for, by number and name."""

    clients: dict[int, str] = field(default_factory=dict)
    bureaus: dict[int, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.clients or self.bureaus)


@dataclass(frozen=True, kw_only=True)
class ClientsMeeting:
    """A meeting as an organisation sees it: `rolls` is one list, or one for each bureau."""

    facts: RoomMeeting
    rolls: list[Roll]
    is_client: bool
    # Whether lists of people can be sent for it: it is agreed with a bureau of theirs.
    takes_lists: bool = False


def grants_of(*, person: Person, now: dt.datetime) -> Grants:
    """What runs today in the Netherlands, both the first and the last day included; in one query.

    Asked anew for every page and file: a grant that has ended, or not begun, shows nothing from
    that moment on (P15).
    """
    today = day_at(now)
    running = Contact.objects.filter(person=person, starts_on__lte=today)
    running = running.filter(Q(ends_on=None) | Q(ends_on__gte=today))
    rows = list(running.values_list("scope", "organisation_id", "organisation__name"))
    return Grants(
        clients={number: name for scope, number, name in rows if scope == Scope.CLIENT},
        bureaus={number: name for scope, number, name in rows if scope == Scope.BUREAU},
    )


def supplied_by(bureaus: Iterable[int]) -> "QuerySet[Enrolment]":
    """Places that these bureaus asked for by a list of theirs, and no others (P17, P19).

    By the booking and not by the person: a place that somebody took themselves is none of a
    bureau's business, and one that it gave them stays in its sight once they have an account.
    """
    return listed_places().filter(booking__supplied_by__in=[*bureaus])


def of_bureaus(grants: Grants) -> Q:
    """Meetings that are agreed with a bureau as partner, and those that its people go to."""
    own = supplied_by(grants.bureaus).filter(meeting=OuterRef("pk"))
    return Q(partner__in=grants.bureaus) | Q(Exists(own))


def seen_with(grants: Grants) -> MeetingQuerySet:
    """Meetings that grants show: those a client bought, and those that a bureau's people go to."""
    meetings = Meeting.objects.filter(Q(client__in=grants.clients) | of_bureaus(grants))
    return meetings.order_by(F("starts_at").asc(nulls_last=True), "pk")


def organisations_calendar(*, person: Person, now: dt.datetime) -> Calendar:
    """The meetings that somebody may see for an organisation, with how many come.

    A client's own meetings, with everybody in them (P15); a bureau's are those that people whom it
    supplied go to, and only they are counted (P19). In five queries at most.
    """
    grants = grants_of(person=person, now=now)
    bought = Meeting.objects.filter(client__in=grants.clients)
    rows = [
        told(one, now=now, seen_for=str(one.client))
        for one in with_crowd(bought, of=listed_places())
    ]
    if grants.bureaus:
        rows += bureaus_lines(grants, now)
    rows.sort(key=lambda one: (one.date is None, one.date or dt.date.max, one.time, one.code))
    found = calendar_of(rows)
    return Calendar(today=found.today, to_come=found.to_come, past=found.past[:MOST_PAST])


def next_of_organisations(*, person: Person, now: dt.datetime) -> Meeting | None:
    """The first of those meetings that is to come, or on at this moment; in two queries at most."""
    grants = grants_of(person=person, now=now)
    if not grants:
        return None
    coming = seen_with(grants).filter(ends_at__gt=now).exclude(state=Meeting.State.CANCELLED)
    return coming.select_related("course", "venue__region", "region").first()


def bureaus_lines(grants: Grants, now: dt.datetime) -> list[RoomMeeting]:
    """A line for each meeting that people of a bureau go to; a client's own are told already."""
    own = supplied_by(grants.bureaus)
    seen = Meeting.objects.filter(of_bureaus(grants)).exclude(client__in=grants.clients)
    names = ", ".join(sorted(grants.bureaus.values()))
    return [told(one, now=now, seen_for=names) for one in with_crowd(seen, of=own)]


def organisations_meeting(*, person: Person, code: str, now: dt.datetime) -> ClientsMeeting | None:
    """One meeting that somebody may see for an organisation; any other does not exist for them.

    A client sees name, organisation and titles of everybody with a place in what it bought (P15).
    A bureau sees the same of the people whom it supplied, and of nobody else there (P19). Neither
    sees an address, a wish, a price or a reference, nor who waits, cancelled or is restricted
    (P17, P26); and of a cancelled meeting there is no list.
    """
    grants = grants_of(person=person, now=now)
    meeting = with_crowd(seen_with(grants), of=listed_places()).filter(code=code).first()
    if meeting is None:
        return None
    is_client = meeting.client_id in grants.clients
    rolls = [] if meeting.is_cancelled else rolls_of(meeting, grants)
    facts = replace(told(meeting, now=now), coming=sum(map(len, rolls)))
    takes_lists = meeting.partner_id in grants.bureaus
    return ClientsMeeting(facts=facts, rolls=rolls, is_client=is_client, takes_lists=takes_lists)


def rolls_of(meeting: Meeting, grants: Grants) -> list[Roll]:
    """The client's list, on which everybody stands; else one for each bureau with people there."""
    if meeting.client_id in grants.clients:
        client = grants.clients[meeting.client_id]
        return [roll_of(meeting=meeting, kind=Disclosure.Kind.CLIENT, seen_for=client)]
    by_name = sorted(grants.bureaus.items(), key=lambda one: one[1])
    rolls = [bureaus_roll(meeting, number, name) for number, name in by_name]
    return [roll for roll in rolls if roll.people]


def bureaus_roll(meeting: Meeting, number: int, name: str) -> Roll:
    own = supplied_by([number]).filter(meeting=meeting).values_list("pk", flat=True)
    kind = Disclosure.Kind.SUPPLIER
    return roll_of(meeting=meeting, kind=kind, seen_for=name, only=frozenset(own))
