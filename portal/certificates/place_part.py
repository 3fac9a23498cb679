"""The certificate of a meeting on the page of one's own place (P03)."""

import datetime as dt

from portal.certificates.models import Certificate
from portal.enrolments.models import Enrolment


def certificate_of_place(enrolment: Enrolment, now: dt.datetime) -> Certificate | None:
    """The one in force; of a meeting that is not over nothing is asked."""
    if not enrolment.meeting.is_over(now):
        return None
    rows = Certificate.objects.in_force().filter(enrolment=enrolment, person=enrolment.person_id)
    return rows.only("pk").first()
