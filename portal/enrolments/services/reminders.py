"""Mails participants two days before their meeting. Again only after a change."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from pluc.outbox.models import Mail
from portal.enrolments import mails
from portal.enrolments.models import Enrolment
from portal.meetings.deadlines import OPEN_STATES

REMINDED_BEFORE = timedelta(days=2)
# Who enrolled in these last days has the confirmation still at hand.
CONFIRMED_LATELY = timedelta(days=1)


def post_reminders() -> int:
    """Task, hourly: posts each reminder that is due and was not posted. Returns how many."""
    now = timezone.now()
    due = Enrolment.objects.filter(
        state=Enrolment.State.ENROLLED,
        meeting__state__in=OPEN_STATES,
        meeting__starts_at__gt=now,
        meeting__starts_at__lte=now + REMINDED_BEFORE,
        asked_at__lt=now - CONFIRMED_LATELY,
    ).select_related("booking", "person", "meeting__course", "meeting__venue__region")
    events = [mails.reminder_event(enrolment) for enrolment in due]
    posted = set(Mail.objects.filter(event__in=events).values_list("event", flat=True))
    waiting = [one for one in due if mails.reminder_event(one) not in posted]
    for enrolment in waiting:
        with transaction.atomic():
            mails.reminder(enrolment)
    return len(waiting)
