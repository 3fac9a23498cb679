"""An issue's way to its readers: submitted, sent back, approved by a second person, planned.

Approved, each language is rendered once and frozen (`MailingText`): that is what goes. Sending it
is another service's.
"""

import logging
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from pluc.deeds import Refused
from portal.accounts.models import User
from portal.newsletter import issue_mails
from portal.newsletter.models import IssuePage, Mailing, MailingStep, MailingText
from portal.newsletter.permissions import may_approve_this
from portal.newsletter.queries.issues import (
    drafts_of,
    followers_of,
    issue_with_id,
    makers_of,
)
from portal.newsletter.readiness import lacking_in, obstacles
from portal.newsletter.rendering import Rendered, render

log = logging.getLogger("pluc.newsletter")

State, Action = Mailing.State, MailingStep.Action
# A moment that lies further ahead is a typing error.
PLANNED_AHEAD_AT_MOST = timedelta(days=365)


class NotReady(Refused):
    """Something stands in the way of the issue; `reasons` are sentences."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class NotNow(Refused):
    """It cannot be done with the issue as it is now, or not by this colleague."""


@transaction.atomic
def submit(*, page_id: int, by: User, note: str = "") -> Mailing:
    """Asks a second person to approve an issue. From here on nobody changes its text.

    Raises `NotReady` for what stands in the way, and `NotNow` where it was submitted before.
    """
    page = take(page_id)
    mailing = mailing_of(page)
    require(mailing, State.DRAFT, _t("It has been submitted already."))
    complete(page, by)
    require_ready(page)
    mailing.title, mailing.submitted_by, mailing.state = page.title, by, State.SUBMITTED
    mailing.save()
    note_step(mailing, Action.SUBMITTED, by, note)
    return mailing


@transaction.atomic
def send_back(*, page_id: int, by: User, note: str = "") -> None:
    """Makes it a draft again, with a note on what should be different. Raises `NotNow`."""
    mailing = mailing_of(take(page_id))
    require(mailing, State.SUBMITTED, _t("It is not waiting for approval."))
    mailing.state, mailing.submitted_by = State.DRAFT, None
    mailing.save()
    note_step(mailing, Action.RETURNED, by, note)


@transaction.atomic
def approve(*, page_id: int, by: User, starts_at: datetime | None = None) -> Mailing:
    """Lets it go, now or at a moment: each language is rendered and frozen.

    Raises `NotNow` for whoever worked on it, and `NotReady` for what stands in the way by now.
    """
    page = take(page_id)
    mailing = mailing_of(page)
    require(mailing, State.SUBMITTED, _t("It is not waiting for approval."))
    if not may_approve_this(by, makers_of(page)):
        raise NotNow(_t("Somebody who did not work on it has to approve it."))
    now = timezone.now()
    require_moment(starts_at, now)
    require_ready(page)
    freeze(mailing, [render(draft, keep=True) for draft in drafts_of(page).values()])
    mailing.state, mailing.approved_by, mailing.approved_at = State.SCHEDULED, by, now
    mailing.starts_at = starts_at or now
    mailing.save()
    moment = date_format(timezone.localtime(mailing.starts_at), "DATETIME_FORMAT")
    note_step(mailing, Action.APPROVED, by, _t("It goes out on %(moment)s.") % {"moment": moment})
    return mailing


@transaction.atomic
def unschedule(*, page_id: int, by: User, note: str = "") -> None:
    """Takes it off the plan before it begins to go: it waits for approval again.

    Raises `NotNow` once it has begun.
    """
    mailing = mailing_of(take(page_id))
    require(mailing, State.SCHEDULED, _t("It is not planned any more: it has begun to go out."))
    mailing.texts.all().delete()
    mailing.state, mailing.starts_at = State.SUBMITTED, None
    mailing.approved_by = mailing.approved_at = None
    mailing.save()
    note_step(mailing, Action.UNPLANNED, by, note)


@transaction.atomic
def send_test(*, page_id: int, by: User) -> None:
    """Sends who asks a copy in each language that it is written in. Raises `NotNow`."""
    page = take(page_id)
    mailing = mailing_of(page)
    if mailing.state not in {State.DRAFT, State.SUBMITTED, State.SCHEDULED}:
        raise NotNow(_t("It has gone out already."))
    for draft in drafts_of(page).values():
        issue_mails.send_copy(
            mail=render(draft, keep=True), to=by, event=f"issue-test:{uuid.uuid4()}"
        )
    note_step(mailing, Action.TESTED, by)


# --- What they share -----------------------------------------------------------------------------


def take(page_id: int) -> IssuePage:
    """The issue. Raises `NotNow` where it is gone."""
    page = issue_with_id(page_id=page_id)
    if page is None:
        raise NotNow(_t("It is not there any more."))
    return page


def mailing_of(page: IssuePage) -> Mailing:
    """Its way out, locked; made where there is none."""
    made, _ = Mailing.objects.get_or_create(
        issue_key=page.translation_key, defaults={"title": page.title}
    )
    return Mailing.objects.select_for_update().get(pk=made.pk)


def require(mailing: Mailing, state: Mailing.State, otherwise: str) -> None:
    if mailing.state != state:
        raise NotNow(otherwise)


def require_ready(page: IssuePage) -> None:
    if reasons := obstacles(drafts_of(page)):
        raise NotReady(reasons)


def require_moment(starts_at: datetime | None, now: datetime) -> None:
    if starts_at is None:
        return
    if starts_at <= now:
        raise NotNow(_t("That moment has passed. Choose a later one, or send it now."))
    if starts_at > now + PLANNED_AHEAD_AT_MOST:
        days = PLANNED_AHEAD_AT_MOST.days
        sentence = ngettext(
            "That is more than %(n)d day ahead.", "That is more than %(n)d days ahead.", days
        )
        raise NotNow(sentence % {"n": days})


def complete(page: IssuePage, by: User) -> None:
    """Makes the drafts of translations from what the translation screen has, where it has all."""
    for translation in followers_of(page):
        if not lacking_in(translation):
            translation.save_target(user=by, publish=False)


def freeze(mailing: Mailing, mails_: Sequence[Rendered]) -> None:
    MailingText.objects.bulk_create(
        MailingText(
            mailing=mailing,
            language=mail.language,
            subject=mail.subject,
            preheader=mail.preheader,
            html=mail.html,
            text=mail.text,
            sha256=mail.sha256,
        )
        for mail in mails_
    )


def note_step(
    mailing: Mailing, action: MailingStep.Action, by: User | None, note: str = ""
) -> None:
    MailingStep.objects.create(mailing=mailing, action=action, by=by, note=note)
    log.info("Issue %s: %s by user %s", mailing.pk, action, by and by.pk)
