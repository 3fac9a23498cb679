"""What has to be done first before somebody with places may be erased."""

from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _t

from portal.enrolments.models import Enrolment
from portal.enrolments.queries.billing import to_charge, to_credit


def places(person_id: UUID) -> list[str]:
    """Places to come are cancelled by hand, on their terms; what is owed goes to the books."""
    own, paid = Q(person=person_id), Q(booking__payer=person_id)
    is_over = Q(meeting__ends_at__lte=timezone.now())
    told = []
    if Enrolment.objects.alive().exclude(is_over).filter(own | paid).exists():
        told.append(_t("They have, or booked, a place in a meeting to come. Cancel it first."))
    if any(rows().filter(own | paid).exists() for rows in (to_charge, to_credit)):
        told.append(_t("Something is to be invoiced yet. Hand it over to the books first."))
    return told
