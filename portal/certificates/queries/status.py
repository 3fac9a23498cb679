"""Which places of a status list say "revoked"."""

from portal.certificates.credentials import LIST_LENGTH
from portal.certificates.models import Certificate, GoneCertificate

ENDED = (Certificate.State.REVOKED, Certificate.State.REPLACED)


def revoked_in(*, number: int) -> list[int] | None:
    """Places in the list with this number, from 0; nothing where there is no such list."""
    first = number * LIST_LENGTH
    own = {"status_position__gte": first, "status_position__lt": first + LIST_LENGTH}
    made = Certificate.objects.made().filter(**own)
    gone = GoneCertificate.objects.filter(**own)
    if number and not made.exists() and not gone.exists():
        return None
    ended = made.filter(state__in=ENDED).values_list("status_position", flat=True)
    lost = gone.filter(was_valid=False).values_list("status_position", flat=True)
    return [position - first for position in (*ended, *lost)]
