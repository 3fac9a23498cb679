"""What is known of supplied people, and who may see what they supplied."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from legal.rights.queries import restricted_people
from pluc import periods
from portal.accounts.models import Person
from portal.enrolments.identity import identity_of
from portal.enrolments.models import Enrolment, Provenance, Supply, SupplyColumns, SupplyRow
from portal.enrolments.supplies.columns import Remembered
from portal.enrolments.supplies.fates import PLACED, Fate, Why
from portal.enrolments.supplies.people import Named
from portal.enrolments.supplies.plan import Known
from portal.meetings.deadlines import OPEN_STATES
from portal.meetings.models import Meeting
from portal.organisations.models import Organisation

# How much of a supply one screen shows at once.
SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class At:
    """Somebody whom we know at an address."""

    person_id: UUID
    identity: str
    has_login: bool


def known_of(people: Collection[Named], *, meeting: Meeting, organisation: Organisation) -> Known:
    """What we know of these rows, in five queries however many they are."""
    asked = [one for one in people if one.why is None]
    addresses = {one.email.lower() for one in asked}
    records, accounts = people_at(addresses), logins_at(addresses)
    everybody = {one.person_id for one in [*records, *accounts]}
    restricted = set(restricted_people().filter(person__in=everybody))
    without_login = [one for one in records if not one.has_login]
    by_it = Provenance.objects.filter(
        organisation=organisation, person__in=[one.person_id for one in without_login]
    )
    supplied = set(by_it.values_list("person", flat=True))
    own = [one for one in without_login if one.person_id in supplied]
    identities = {one.identity for one in asked}
    standing = alive_in(meeting, identities, {one.person_id for one in [*own, *accounts]})
    return Known(
        records={one.identity: one.person_id for one in own},
        accounts={one.identity: one.person_id for one in accounts},
        restricted={one.identity for one in [*records, *accounts] if one.person_id in restricted},
        standing={identity: by == organisation.pk for identity, _, by in standing},
        standing_people={person: by == organisation.pk for _, person, by in standing},
    )


def people_at(addresses: Collection[str]) -> list[At]:
    """Everybody who told one of these addresses, in small letters; the first known comes last."""
    found = Person.objects.alias(small=Lower("email")).filter(small__in=addresses)
    rows = found.order_by("-created_at", "-pk").values_list(
        "pk", "first_name", "last_name", "email", "user__pk"
    )
    return [
        At(
            person_id=pk,
            identity=identity_of(first_name=first, last_name=last, email=email),
            has_login=user is not None,
        )
        for pk, first, last, email, user in rows
    ]


def logins_at(addresses: Collection[str]) -> list[At]:
    """Whose login has proven one of these addresses: it is theirs (decision 0015)."""
    proven = EmailAddress.objects.filter(email__in=addresses, verified=True)
    rows = proven.values_list(
        "email", "user__person", "user__person__first_name", "user__person__last_name"
    )
    return [
        At(
            person_id=pk,
            identity=identity_of(first_name=first, last_name=last, email=email),
            has_login=True,
        )
        for email, pk, first, last in rows
    ]


def alive_in(
    meeting: Meeting, identities: Collection[str], people: Collection[UUID]
) -> list[tuple[str, UUID, int | None]]:
    """Who of them stands in the meeting: identity, person, and which organisation supplied it."""
    alive = Enrolment.objects.alive().filter(meeting=meeting)
    found = alive.filter(Q(identity__in=identities) | Q(person__in=people))
    return list(found.values_list("identity", "person", "booking__supplied_by"))


def remembered_of(*, organisation: Organisation) -> Remembered:
    row = SupplyColumns.objects.filter(organisation=organisation).first()
    return Remembered(headings=row.headings, name_order=row.name_order) if row else Remembered()


# --- Supplies ------------------------------------------------------------------------------------


def bureaus() -> "QuerySet[Organisation]":
    return Organisation.objects.filter(is_bureau=True).order_by("name")


def takes_supplies(meeting: Meeting, *, now: datetime | None = None) -> bool:
    """Whether people can still be supplied for it: going on, and not over."""
    return meeting.state in OPEN_STATES and not meeting.is_over(now or timezone.now())


def supplies_of(*, meeting: Meeting, bureau_ids: Iterable[int] | None = None) -> list[Supply]:
    """The files for a meeting, the newest first; of these bureaus only, where told."""
    found = Supply.objects.filter(meeting=meeting).select_related("organisation", "by__person")
    if bureau_ids is not None:
        found = found.filter(organisation__in=bureau_ids)
    return list(found)


def supply_with_id(*, supply_id: UUID) -> Supply | None:
    related = ("meeting__course", "meeting__policy", "organisation", "by__person")
    return Supply.objects.select_related(*related).filter(pk=supply_id).first()


def rows_of(*, supply: Supply, fate: str = "", limit: int = SHOWN) -> list[SupplyRow]:
    rows = SupplyRow.objects.filter(supply=supply)
    return list((rows.filter(fate=fate) if fate else rows).order_by("number")[:limit])


def fates_in(*, supply: Supply) -> tuple[dict[str, int], int]:
    """How many rows have each fate, in the order of the fates, and how many get a place; in one
    query."""
    rows = SupplyRow.objects.filter(supply=supply).order_by()
    found = list(rows.values_list("fate", "why").annotate(n=Count("pk")))
    counts = {str(fate): sum(n for of, _, n in found if of == fate) for fate in Fate}
    places = sum(n for of, why, n in found if of in PLACED and why != Why.THERE)
    return {fate: number for fate, number in counts.items() if number}, places


def conflicts_left() -> "QuerySet[SupplyRow]":
    """Rows of enrolled lists that a colleague has to look at, as their bureau was told."""
    return SupplyRow.objects.filter(fate=Fate.CONFLICT, step=SupplyRow.Step.DONE)


def supplies_to_look_at() -> list[Supply]:
    """Lists with such rows, the oldest first."""
    keys = conflicts_left().values("supply")
    related = ("meeting__course", "organisation")
    return list(Supply.objects.filter(pk__in=keys).select_related(*related).order_by("supplied_at"))


def supplies_to_work_on() -> list[UUID]:
    """Those that the worker has begun, or should."""
    under_way = Supply.objects.filter(state__in=Supply.UNDER_WAY)
    return list(under_way.order_by("supplied_at").values_list("pk", flat=True))


def rows_to_do(*, supply: Supply, most: int) -> list[SupplyRow]:
    """The next rows of the step that is under way.

    What is undone goes from the last row to the first: those who wait before those who have a
    place, so that no place that comes free is offered to somebody who goes too.
    """
    is_undone = supply.state == Supply.State.UNDOING
    step = SupplyRow.Step.DONE if is_undone else SupplyRow.Step.WAITS
    rows = SupplyRow.objects.filter(supply=supply, step=step)
    return list(rows.order_by("-number" if is_undone else "number")[:most])


# --- Telling people where we have their data from ------------------------------------------------


def untold_of(*, bureau_ids: Iterable[int]) -> "QuerySet[Provenance]":
    """Whom nobody has told yet that these bureaus supplied them."""
    return Provenance.objects.untold().filter(organisation__in=bureau_ids)


def to_mail_at(now: datetime) -> "QuerySet[Provenance]":
    """Whom we tell now, since the organisation did not say in time that it did."""
    due = Provenance.objects.untold().filter(
        mailed_at=None, supplied_at__lte=now - periods.SUPPLIER_TELLS
    )
    return due.select_related("person", "organisation").order_by("supplied_at")


def out_of_reach() -> "QuerySet[Provenance]":
    """Whom our mail did not reach: the back office tells them otherwise, or notes why it cannot."""
    found = Provenance.objects.out_of_reach().select_related("person", "organisation")
    return found.order_by("supplied_at")


def source_with_id(*, source_id: UUID) -> Provenance | None:
    return Provenance.objects.select_related("person").filter(pk=source_id).first()
