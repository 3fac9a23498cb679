"""What somebody asks for, as it was filled in."""

from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from portal.accounts.models import User
from portal.enrolments.identity import identity_of

# What an enrolment keeps of who comes, as it was filled in.
SNAPSHOT = ("first_name", "last_name", "email", "organisation", "titles")


@dataclass(frozen=True, kw_only=True)
class TypedWishes:
    """Wishes about food and access, with explicit consent. Nothing that is written down shows them:
    not a log, not a trace."""

    diet: str = field(default="", repr=False)
    access: str = field(default="", repr=False)
    by_phone: bool = False  # who consented said so to a colleague


@dataclass(frozen=True, kw_only=True)
class Attendee:
    """Somebody who is to come. Name, organisation and titles stand on list and certificate."""

    first_name: str
    last_name: str
    email: str
    organisation: str = ""
    titles: str = ""
    is_payer: bool = False
    # The record that the back office found them by; nobody else names one.
    person_id: UUID | None = None
    wishes: TypedWishes | None = None

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def snapshot(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in SNAPSHOT}

    @property
    def identity(self) -> str:
        return identity_of(
            first_name=self.first_name,
            last_name=self.last_name,
            email=self.email,
            person_id=self.person_id,
        )


@dataclass(frozen=True, kw_only=True)
class InvoiceAddress:
    """Whom the invoice is for."""

    name: str
    street: str
    postal_code: str
    city: str
    country: str = ""


@dataclass(frozen=True, kw_only=True)
class Order:
    """Places for some people in one meeting, from one form.

    `price` is what the form showed, in euros a person. `user` is who is signed in: their own
    attendee is the one that `is_payer`. A `form_id` is good for one booking. `expects_places`: the
    form said that there is room for all, so nobody on it may end up on the waiting list unasked.
    """

    meeting_id: int
    attendees: tuple[Attendee, ...]
    payer_name: str
    payer_email: str
    price: Decimal
    language: str
    form_id: UUID
    invoice: InvoiceAddress | None = None
    reference: str = ""
    hold_id: UUID | None = None
    came_from_id: int | None = None
    expects_places: bool = False
    user: User | None = None
    # The back office may enrol after closing, and in what is not public.
    as_staff: bool = False
    # Why somebody gets a place over the line or above capacity: where it is empty, nobody does.
    because: str = ""
    # They were there without a place: noted afterwards by the back office, and nothing is mailed.
    has_come: bool = False

    @property
    def gets_overview(self) -> bool:
        """Whether who enrolled others gets a mail of their own about it."""
        if self.has_come:
            return False
        return len(self.attendees) > 1 or self.attendees[0].email != self.payer_email

    @property
    def recipients(self) -> list[str]:
        """Where a mail goes, once for each."""
        people = [attendee.email for attendee in self.attendees]
        return [*people, self.payer_email] if self.gets_overview else people

    @property
    def unproven(self) -> int:
        """How many of them have not shown that their mailbox is theirs."""
        own = self.user is not None and any(attendee.is_payer for attendee in self.attendees)
        return len(self.attendees) - own
