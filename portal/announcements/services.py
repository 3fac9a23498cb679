"""Writing an announcement, having it approved by a second person, and sending it."""

import logging
from dataclasses import asdict, dataclass

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django_q.tasks import async_task

from pluc.deeds import Refused
from portal.accounts.models import User
from portal.announcements import mails
from portal.announcements.models import Announcement, Step
from portal.announcements.permissions import may_approve_this
from portal.announcements.queries import account_holders

log = logging.getLogger("pluc.announcements")

State, Action = Announcement.State, Step.Action
# Mails a minute: a password that somebody else asks for meanwhile need not wait behind all of it.
CHUNK = 200


FROZEN = _("It has been approved, so its text stays as it is.")


class Refusal(Refused):
    """It cannot be done with the announcement as it is now."""


@dataclass(frozen=True, kw_only=True)
class Texts:
    """What an announcement says, in Dutch and in English."""

    subject: str
    text: str
    subject_en: str
    text_en: str


@transaction.atomic
def write(*, texts: Texts, by: User | None) -> Announcement:
    """A new draft. Without a writer the software proposes it."""
    announcement = Announcement.objects.create(**asdict(texts), written_by=by, changed_by=by)
    note_step(announcement, Action.WRITTEN if by else Action.PROPOSED, by)
    return announcement


@transaction.atomic
def change(*, announcement_id: int, revision: int, texts: Texts, by: User) -> Announcement:
    """Changes the text; what was submitted is a draft again. Raises `Refusal`."""
    announcement = take(announcement_id, revision)
    if announcement.is_final:
        raise Refusal(FROZEN)
    for name, value in asdict(texts).items():
        setattr(announcement, name, value)
    announcement.revision += 1
    announcement.state, announcement.changed_by = State.DRAFT, by
    announcement.submitted_by = None
    announcement.save()
    note_step(announcement, Action.CHANGED, by)
    return announcement


@transaction.atomic
def submit(*, announcement_id: int, revision: int, by: User) -> None:
    """Asks a second person to approve it. Raises `Refusal`."""
    announcement = take(announcement_id, revision)
    if announcement.state != State.DRAFT:
        raise Refusal(_t("It has been submitted already."))
    announcement.state, announcement.submitted_by = State.SUBMITTED, by
    announcement.save()
    note_step(announcement, Action.SUBMITTED, by)


@transaction.atomic
def send_back(*, announcement_id: int, revision: int, by: User, note: str = "") -> None:
    """Makes it a draft again, with a note on what should be different. Raises `Refusal`."""
    announcement = take(announcement_id, revision)
    require_submitted(announcement)
    announcement.state, announcement.submitted_by = State.DRAFT, None
    announcement.save()
    note_step(announcement, Action.RETURNED, by, note)


@transaction.atomic
def approve(*, announcement_id: int, revision: int, by: User) -> None:
    """Lets it go: from here on the worker posts it to everybody. Raises `Refusal`."""
    announcement = take(announcement_id, revision)
    require_submitted(announcement)
    if not may_approve_this(by, announcement):
        raise Refusal(_t("Somebody who did not work on it has to approve it."))
    now = timezone.now()
    announcement.state = State.SENDING
    announcement.approved_by, announcement.approved_at = by, now
    announcement.recipients = account_holders(known_at=now).count()
    announcement.save()
    note_step(announcement, Action.APPROVED, by)
    # Robust: what the queue misses, the worker finds within a minute.
    transaction.on_commit(lambda: enqueue(announcement_id), robust=True)


@transaction.atomic
def send_test(*, announcement_id: int, by: User) -> None:
    """Sends who asks a copy in each language, at any time before it goes out. Raises `Refusal`."""
    announcement = take(announcement_id)
    if announcement.is_final:
        raise Refusal(_t("It is on its way already."))
    mails.send_copies(announcement=announcement, to=by)
    note_step(announcement, Action.TESTED, by)


@transaction.atomic
def discard(*, announcement_id: int, revision: int, by: User) -> None:
    """Throws a draft away. Raises `Refusal`."""
    announcement = take(announcement_id, revision)
    if announcement.state != State.DRAFT:
        raise Refusal(_t("Only a draft can be thrown away."))
    announcement.delete()
    log.info("Announcement %s is thrown away by user %s", announcement_id, by.pk)


@transaction.atomic
def post_chunk(*, announcement_id: int) -> None:
    """Posts the next mails of an approved announcement, and notes how far it is.

    Mails and note are one transaction: cut off halfway, the next run goes on where this one began.
    """
    announcement = Announcement.objects.select_for_update().get(pk=announcement_id)
    if announcement.state != State.SENDING:
        return
    holders = account_holders(after=announcement.last_user, known_at=announcement.approved_at)
    chunk = list(holders[:CHUNK])
    announcement.posted += sum(announce(announcement, address) for address in chunk)
    if len(chunk) == CHUNK:
        announcement.last_user = chunk[-1].user_id
    else:
        finish(announcement)
    announcement.save()


def announce(announcement: Announcement, address: EmailAddress) -> bool:
    """Posts one mail. Where a header of it cannot be written, the others still get theirs.

    Anything else that fails is everybody's trouble, and stops the chunk until the next minute.
    """
    try:
        mails.announce(announcement=announcement, address=address)
    except ValueError as error:
        by_number = "Announcement %s is not written to user %s: %s"  # a traceback might name them
        log.error(by_number, announcement.pk, address.user_id, type(error).__name__)  # noqa: TRY400
        return False
    return True


def finish(announcement: Announcement) -> None:
    """Notes that everybody has been written to: who left meanwhile is counted no more."""
    announcement.state, announcement.sent_at = State.SENT, timezone.now()
    announcement.recipients = announcement.posted
    note_step(announcement, Action.SENT, None)


def take(announcement_id: int, revision: int | None = None) -> Announcement:
    """The announcement, locked. Raises `Refusal` where it is not what its reader saw any more."""
    announcement = Announcement.objects.select_for_update().filter(pk=announcement_id).first()
    if announcement is None:
        raise Refusal(_t("It is not there any more."))
    if revision is not None and announcement.revision != revision:
        raise Refusal(_t("Somebody changed it meanwhile. Read it again first."))
    return announcement


def require_submitted(announcement: Announcement) -> None:
    if announcement.state != State.SUBMITTED:
        raise Refusal(_t("It is not waiting for approval."))


def note_step(
    announcement: Announcement, action: Step.Action, by: User | None, note: str = ""
) -> None:
    Step.objects.create(announcement=announcement, action=action, by=by, note=note)


def enqueue(announcement_id: int) -> None:
    """Asks the worker to begin at once."""
    async_task("portal.announcements.tasks.post", announcement_id)
