"""The rows of a file as people: three fields, cleaned, with what is wrong with them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from rapidfuzz import fuzz

from pluc.documents.uploaded import Fault, Line
from pluc.folding import clean_address, clean_line, plain
from pluc.mail_addresses import validate_address
from pluc.name_order import in_two
from portal.accounts.plain_text import validate_name
from portal.enrolments.identity import identity_of
from portal.enrolments.supplies.columns import Columns, NameOrder, Part
from portal.enrolments.supplies.fates import Why

LONGEST_NAME, LONGEST_ADDRESS = 100, 254
SAME_NAME = 90  # of 100: how much two names at one address look alike
FAULTS = {
    Fault.FORMULA: Why.FORMULA,
    Fault.MERGED: Why.MERGED,
    Fault.GARBLED: Why.GARBLED,
    Fault.COLUMNS: Why.COLUMNS,
}
is_address = EmailValidator()


@dataclass(frozen=True, kw_only=True)
class Named:
    """Somebody on a row; `why` says why they cannot be taken, and is empty where they can."""

    number: int
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    why: Why | None = None

    @cached_property
    def identity(self) -> str:
        """What stands in a meeting once (`identity_of`)."""
        return identity_of(first_name=self.first_name, last_name=self.last_name, email=self.email)

    @property
    def mailbox(self) -> str:
        return self.email.casefold()


def people_of(rows: Iterable[Line], columns: Columns) -> list[Named]:
    """A person for each row, in the order of the file; the same one twice is a mistake."""
    people = [named(row, columns) for row in rows]
    return [*without_alike(list(without_twice(people)))]


def named(row: Line, columns: Columns) -> Named:
    """The three fields of a row. Of what is wrong with it only fields that are right are kept."""
    if fault := row.fault_in(list(columns.places.values())):
        return Named(number=row.number, why=FAULTS[fault])
    first, last = names_in(row, columns)
    email = clean_address(row.cell(columns.place(Part.EMAIL)).removeprefix("mailto:"))
    faults = name_fault(first), name_fault(last), address_fault(email)
    why = what_is_missing(last, email) or next(filter(None, faults), None)
    if why is None and columns.place(Part.LAST) is None and not is_parted(row, columns):
        why = Why.PARTED
    first, last, email = (
        "" if fault else text for text, fault in zip((first, last, email), faults, strict=True)
    )
    return Named(number=row.number, first_name=first, last_name=last, email=email, why=why)


def names_in(row: Line, columns: Columns) -> tuple[str, str]:
    """First and last name: as they stand, or parted as somebody said that they are written."""
    if columns.place(Part.LAST) is None:
        return parted(clean_line(row.cell(columns.place(Part.WHOLE))), columns.name_order)
    first = clean_line(row.cell(columns.place(Part.FIRST)))
    between = clean_line(row.cell(columns.place(Part.BETWEEN)))
    return first, joined(between, clean_line(row.cell(columns.place(Part.LAST))))


def joined(between: str, last: str) -> str:
    """ "van der" and "Berg" are one last name, also where the file has it twice."""
    if not between or not last or plain(f"{last} ").startswith(f"{plain(between)} "):
        return last
    return f"{between}{'' if between.endswith(chr(39)) else ' '}{last}"


def parted(whole: str, name_order: str) -> tuple[str, str]:
    if name_order == NameOrder.FIRST_LAST:
        return in_two(whole)
    last, _, rest = whole.partition(",")
    words = rest.split()
    between = [word for word in words if word[:1].islower() or word[:1] == "'"]
    first = [word for word in words if word not in between]
    return " ".join(first), joined(" ".join(between), last.strip())


def is_parted(row: Line, columns: Columns) -> bool:
    whole = row.cell(columns.place(Part.WHOLE))
    return columns.name_order != NameOrder.LAST_FIRST or whole.count(",") == 1


def what_is_missing(last: str, email: str) -> Why | None:
    if not last:
        return Why.NO_NAME
    return None if email else Why.NO_ADDRESS


def name_fault(name: str) -> Why | None:
    if len(name) > LONGEST_NAME:
        return Why.TOO_LONG
    try:
        validate_name(name)
    except ValidationError:
        return Why.BAD_NAME
    return None


def address_fault(email: str) -> Why | None:
    if not email:
        return None
    if len(email) > LONGEST_ADDRESS:
        return Why.TOO_LONG
    try:
        is_address(email)
        validate_address(email)
    except ValidationError:
        return Why.BAD_ADDRESS
    return None


def without_twice(people: Iterable[Named]) -> Iterator[Named]:
    """The first of the same name and address is who is meant; the others are told apart."""
    seen: set[str] = set()
    for one in people:
        is_twice = one.why is None and one.identity in seen
        seen.add(one.identity)
        yield replace(one, why=Why.TWICE) if is_twice else one


def without_alike(people: Sequence[Named]) -> Iterator[Named]:
    """Several people may share a mailbox. Two names that are nearly the same are probably one
    person, and nobody but the sender knows which name is right: neither is taken."""
    at: dict[str, list[Named]] = {}
    for one in people:
        if one.why is None:
            at.setdefault(one.mailbox, []).append(one)
    shared = [several[:50] for several in at.values() if len(several) > 1]
    alike = {
        one.number
        for several in shared
        for pair in combinations(several, 2)
        if are_alike(*pair)
        for one in pair
    }
    return (replace(one, why=Why.ALIKE) if one.number in alike else one for one in people)


def are_alike(one: Named, other: Named) -> bool:
    """ "J. Vries" and "Jan Vries", "Janssen" and "Jansen": of two names at one address."""
    names = [plain(who.first_name) for who in (one, other)]
    if plain(one.last_name) == plain(other.last_name):
        if not all(names):
            return True
        short, long = sorted((name.rstrip(".") for name in names), key=len)
        if len(short) == 1 and long.startswith(short):
            return True
    whole = [plain(f"{who.first_name} {who.last_name}") for who in (one, other)]
    return fuzz.ratio(*whole) >= SAME_NAME
