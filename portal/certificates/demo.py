"""The demo's certificates: of its own accounts and of one client. The rest can be issued.

May run again: who has one keeps it. Rendered as every other one, so it is called outside every
transaction.
"""

from django.db import transaction
from django.db.models import Q

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
    """For meetings with final attendance: of the demo's accounts, and of all whom a client sent."""
    own = Enrolment.objects.filter(person__email__in=OWN_PLACES)
    shown = Q(pk__in=own.values("meeting")) | Q(format=Meeting.Format.IN_COMPANY)
    meetings = with_final_attendance().filter(shown)
    by = User.objects.get(email=COLLEAGUE)
    for meeting in meetings.select_related("course", "venue", "region"):
        ask_for_some(meeting, by)
    waiting = Certificate.objects.waiting().filter(issuing__isnull=False)
    for issuing_id in set(waiting.values_list("issuing", flat=True)):
        while issuing_id and make_batch(issuing_id=issuing_id):
            pass


@transaction.atomic
def ask_for_some(meeting: Meeting, by: User) -> None:
    """As a colleague does; the demo's attendance says of nobody that they came."""
    came = EarnedHours.objects.filter(enrolment__meeting=meeting).values("enrolment")
    places = Enrolment.objects.filter(meeting=meeting, pk__in=came, was_absent=None)
    places.update(was_absent=False)
    this = round_of(meeting)
    is_whole = meeting.format == Meeting.Format.IN_COMPANY
    due = [one for one in this.due if is_whole or one.enrolment.person.email in OWN_PLACES]
    if due:
        ask(this, due, by=by)
