"""What becomes of each row, by what is known at that moment. The same for preview and doing it."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from uuid import UUID

from portal.enrolments.supplies.fates import Fate, Why
from portal.enrolments.supplies.people import Named


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the database knows of some rows, by their identity (`identity_of`)."""

    # Records without a login that the same organisation supplied before.
    records: Mapping[str, UUID] = field(default_factory=dict)
    # People with this name whose login has proven the mailbox (`login_at`).
    accounts: Mapping[str, UUID] = field(default_factory=dict)
    # Those whose data is kept and not used.
    restricted: Set[str] = frozenset()
    # Who stands in the meeting, by identity and by person: whether this organisation supplied them.
    standing: Mapping[str, bool] = field(default_factory=dict)
    standing_people: Mapping[UUID, bool] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Decision:
    """`person_id` is who gets the place; nobody yet where they are new, or get none."""

    fate: Fate
    why: Why | None = None
    person_id: UUID | None = None

    @property
    def gets_place(self) -> bool:
        return self.fate == Fate.NEW or (self.fate == Fate.MATCHED and self.why != Why.THERE)


def decide(one: Named, known: Known) -> Decision:
    """What becomes of a row. A place that somebody has is left as it is, whoever asked for it."""
    if one.why is not None:
        return Decision(fate=Fate.CONFLICT if one.why == Why.ALIKE else Fate.ERROR, why=one.why)
    if one.identity in known.restricted:
        return Decision(fate=Fate.CONFLICT, why=Why.RESTRICTED)
    record, account = known.records.get(one.identity), known.accounts.get(one.identity)
    person_id = record or account
    is_own = known.standing.get(one.identity)
    if is_own is None and person_id is not None:
        is_own = known.standing_people.get(person_id)
    if is_own is not None:
        return (
            Decision(fate=Fate.MATCHED, why=Why.THERE)
            if is_own
            else Decision(fate=Fate.CONFLICT, why=Why.ENROLLED)
        )
    if person_id is None:
        return Decision(fate=Fate.NEW)
    why = Why.RECORD if record else Why.ACCOUNT
    return Decision(fate=Fate.MATCHED, why=why, person_id=person_id)
