"""Writing to the people of a meeting."""

from collections.abc import Sequence

from django.db import transaction
from wagtail.log_actions import log

from portal.accounts.models import User
from portal.enrolments import mails
from portal.enrolments.models import Enrolment
from portal.enrolments.notes import Note
from portal.meetings.models import Meeting


@transaction.atomic
def write_to_people(
    *, meeting: Meeting, people: Sequence[Enrolment], note: Note, by: User | None
) -> int:
    """Posts a letter to each, once. Returns to how many; the log keeps that number alone.

    Whose data is restricted gets none: the outbox withholds it.
    """
    posted = 0
    for enrolment in people:
        enrolment.meeting = meeting
        posted += mails.written(enrolment, note) is not None
    log(
        instance=meeting,
        action="enrolments.write",
        user=by,
        title=meeting.code,
        data={"number": posted},
    )
    return posted
