"""What one can do with an announcement besides changing it: each is asked first, then done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.announcements import services
from portal.announcements.forms import NoteForm, RevisionForm
from portal.announcements.models import Announcement
from portal.announcements.permissions import may_approve, may_approve_this, may_write

State = Announcement.State


@dataclass(frozen=True, kw_only=True)
class Deed:
    """A button, the question behind it, and what it does.

    `is_open` says whether this user can press it now; the service has the last word.
    """

    slug: str
    label: str | Promise
    question: str | Promise
    done: str | Promise
    icon: str
    is_open: Callable[[User, Announcement], bool]
    do: Callable[..., None]
    form: type[RevisionForm] = RevisionForm
    leaves_nothing: bool = False


def can_submit(user: User, announcement: Announcement) -> bool:
    return may_write(user) and announcement.state == State.DRAFT


def can_approve(user: User, announcement: Announcement) -> bool:
    return may_approve_this(user, announcement) and announcement.state == State.SUBMITTED


def can_send_back(user: User, announcement: Announcement) -> bool:
    return may_approve(user) and announcement.state == State.SUBMITTED


def can_test(user: User, announcement: Announcement) -> bool:
    return not announcement.is_final


def send_test(*, announcement_id: int, revision: int, by: User) -> None:
    services.send_test(announcement_id=announcement_id, by=by)


def discard(*, announcement_id: int, revision: int, by: User) -> None:
    services.discard(announcement_id=announcement_id, revision=revision)


DEEDS = (
    Deed(
        slug="goedkeuren",
        label=_("Approve and send"),
        question=_("It goes to everybody with an account, and cannot be called back."),
        done=_("Approved: it is on its way."),
        icon="check",
        is_open=can_approve,
        do=services.approve,
    ),
    Deed(
        slug="indienen",
        label=_("Submit for approval"),
        question=_("A colleague who did not work on it has to approve it before it is sent."),
        done=_("Submitted. Ask a colleague to look at it."),
        icon="upload",
        is_open=can_submit,
        do=services.submit,
    ),
    Deed(
        slug="terugsturen",
        label=_("Send back"),
        question=_("It becomes a draft again, with your note on it."),
        done=_("Sent back, with your note."),
        icon="resubmit",
        is_open=can_send_back,
        do=services.send_back,
        form=NoteForm,
    ),
    Deed(
        slug="proef",
        label=_("Send me a test copy"),
        question=_("You get both mails, in Dutch and in English, at your own address."),
        done=_("Both test copies are on their way to you."),
        icon="mail",
        is_open=can_test,
        do=send_test,
    ),
    Deed(
        slug="weggooien",
        label=_("Throw away"),
        question=_("The draft is gone for good."),
        done=_("The draft is gone."),
        icon="bin",
        is_open=can_submit,
        do=discard,
        leaves_nothing=True,
    ),
)


def open_to(user: Any, announcement: Announcement) -> list[Deed]:
    """The deeds that this user can do with an announcement as it is now."""
    return [deed for deed in DEEDS if deed.is_open(user, announcement)]
