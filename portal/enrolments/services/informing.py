"""Telling people who supplied their data, what for, and what they can do about it (AVG 14).

The organisation tells them and says so, or our mail does on day 21; and always before any other
mail of ours reaches them. A duty stays open until somebody has done it.
"""

import logging
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _t

from pluc.deeds import Refused
from pluc.outbox.models import Mail
from portal.accounts.models import User
from portal.enrolments.models import Provenance
from portal.enrolments.queries.supplies import to_mail_at, untold_of
from portal.enrolments.source_mails import tell_source

log = logging.getLogger("pluc.enrolments")
By = Provenance.By
# Of one run of the worker: a mail is a transaction of its own.
MOST_MAILS = 500


class NobodyToTell(Refused):
    @property
    def sentence(self) -> str:
        return _t("Everybody has been told already.")


def mail_those_due() -> int:
    """Task: tells whom nobody has told by day 21. Returns how many mails were posted."""
    due = list(to_mail_at(timezone.now())[:MOST_MAILS])
    for one in due:
        mail_source(one)
    return len(due)


@transaction.atomic
def mail_source(one: Provenance) -> None:
    """Posts our mail about it, once; that it arrived is noted later (`follow_mails`)."""
    locked = Provenance.objects.untold().select_for_update(of=("self",)).filter(mailed_at=None)
    for still_untold in locked.select_related("person").filter(pk=one.pk):
        tell_source(still_untold)


def follow_mails() -> None:
    """Task: notes of mails that went that their reader was told, and of others that they failed."""
    waiting = Provenance.objects.untold().exclude(mailed_at=None).filter(failed_at=None)
    by_event = {one.event: one for one in waiting}
    mails = Mail.objects.filter(event__in=by_event).values_list("event", "state", "sent_at")
    for event, state, sent_at in mails:
        one = by_event[event]
        if state == Mail.State.SENT:
            one.told_at, one.told_how = sent_at, By.US
            one.save(update_fields=["told_at", "told_how"])
        elif state in {Mail.State.GIVEN_UP, Mail.State.WITHHELD}:
            fail(one)


def fail(one: Provenance) -> None:
    """The duty is open again, in sight of the back office."""
    one.told_at, one.told_how, one.failed_at = None, "", timezone.now()
    one.save(update_fields=["told_at", "told_how", "failed_at"])
    log.warning("Source %s could not be told by mail", one.pk)


def bounced(mail: Mail, is_final: bool) -> None:
    """A listener of `pluc.outbox.returns`: our mail came back, so nobody was told."""
    prefix, _, key = mail.event.partition(":")
    if prefix != "supplied" or not is_final:
        return
    found = Provenance.objects.filter(pk=UUID(hex=key)).exclude(told_how__in=[By.BUREAU, By.OFFICE])
    for one in found:
        fail(one)


@transaction.atomic
def confirm_told(*, bureau_ids: Iterable[int], by: User) -> int:
    """An organisation says that it told everybody whom it supplied. Returns how many that are.

    Raises `NobodyToTell`.
    """
    number = untold_of(bureau_ids=bureau_ids).update(
        told_at=timezone.now(), told_how=By.BUREAU, told_by=by
    )
    if not number:
        raise NobodyToTell
    log.info("User %s confirmed that %d people were told of their source", by.pk, number)
    return number


@transaction.atomic
def note_told(*, source_id: UUID, by: User) -> None:
    """The back office told somebody by other means than mail. Raises `NobodyToTell`."""
    untold = Provenance.objects.untold().filter(pk=source_id)
    if not untold.update(told_at=timezone.now(), told_how=By.OFFICE, told_by=by):
        raise NobodyToTell
