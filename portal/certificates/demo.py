"""The demo's certificates: of its own accounts, for what they followed. The rest can be issued.

May run again: who has one keeps it. Rendered as every other one, so it is called outside every
transaction.
"""

from django.db import transaction

from portal.accounts.models import User
from portal.attendance.models import EarnedHours
from portal.certificates.models import Certificate
from portal.certificates.queries.issuing import round_of
from portal.certificates.queries.staff import with_final_attendance
from portal.certificates.services.issuing import ask
from portal.certificates.services.making import make_batch
from portal.enrolments.demo import OWN_PLACES
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting

COLLEAGUE = "backoffice@pluc.example"


def load_certificates() -> None:
    """Certificates of the demo's accounts for meetings whose attendance is final."""
    own = Enrolment.objects.filter(person__email__in=OWN_PLACES)
    meetings = with_final_attendance().filter(pk__in=own.values("meeting"))
    by = User.objects.get(email=COLLEAGUE)
    for meeting in meetings.select_related("course", "venue", "region"):
        ask_for_own(meeting, by)
    waiting = Certificate.objects.waiting().filter(issuing__isnull=False)
    for issuing_id in set(waiting.values_list("issuing", flat=True)):
        while issuing_id and make_batch(issuing_id=issuing_id):
            pass


@transaction.atomic
def ask_for_own(meeting: Meeting, by: User) -> None:
    """As a colleague does; the demo's attendance says of nobody that they came."""
    came = EarnedHours.objects.filter(enrolment__meeting=meeting).values("enrolment")
    places = Enrolment.objects.filter(meeting=meeting, pk__in=came, was_absent=None)
    places.update(was_absent=False)
    this = round_of(meeting)
    due = [one for one in this.due if one.enrolment.person.email in OWN_PLACES]
    if due:
        ask(this, due, by=by)
