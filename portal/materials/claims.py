"""What becomes of what was handed out to a record that joins a person."""

from portal.accounts.models import Person
from portal.materials.models import HandedOut


def hand_over_handed_out(record: Person, person: Person) -> None:
    """Copied, not changed, for it is frozen; the originals go with the record."""
    own = HandedOut.objects.filter(person=person).values("version")
    given = HandedOut.objects.filter(person=record).exclude(version__in=own)
    HandedOut.objects.bulk_create(
        HandedOut(person=person, version=one.version, at=one.at)
        for one in given.select_related("version")
    )
