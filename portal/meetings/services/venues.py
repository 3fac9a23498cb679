"""Writing a venue down: whoever has a place there is told of another address."""

from django.db import transaction
from django.utils import timezone

from pluc.outbox.telling import BY_MAIL, Telling
from portal.accounts.models import User
from portal.meetings import changes
from portal.meetings.deadlines import OPEN_STATES
from portal.meetings.models import Meeting, Venue
from portal.meetings.services.saving import write_down


@transaction.atomic
def save_venue(*, venue: Venue, telling: Telling = BY_MAIL, by: User | None) -> Venue:
    """Stores a venue, new or changed. Another address is a change of each meeting to come there."""
    before = Venue.objects.filter(pk=venue.pk).first()
    venue.save()
    if before is not None and before.address != venue.address:
        tell_of_address(venue, telling, by)
    return venue


def tell_of_address(venue: Venue, telling: Telling, by: User | None) -> None:
    now = timezone.now()
    coming = Meeting.objects.select_for_update(of=("self",)).with_names().order_by("pk")
    for meeting in coming.filter(venue=venue, state__in=OPEN_STATES, ends_at__gt=now):
        change = changes.Change(
            meeting=meeting,
            kind=changes.Kind.CHANGED,
            fields=frozenset({"venue"}),
            telling=telling,
            by=by,
        )
        meeting.sequence += change.must_be_told
        meeting.changed_at = now
        meeting.save(update_fields=["sequence", "changed_at"])
        write_down(change, is_new=False)
        changes.tell(change)
