"""The buttons of an announcement: sending, submitting, returning, testing, throwing away."""

from django.utils.translation import gettext_lazy as _

from pluc.staff_screens.deeds import RowDeed
from portal.accounts.models import User
from portal.announcements import services
from portal.announcements.forms import NoteForm, RevisionForm
from portal.announcements.models import Announcement
from portal.announcements.permissions import may_approve, may_approve_this, may_write

State = Announcement.State


def can_submit(user: User, announcement: Announcement) -> bool:
    return may_write(user) and announcement.state == State.DRAFT


DEEDS: tuple[RowDeed[Announcement], ...] = (
    RowDeed(
        slug="goedkeuren",
        label=_("Approve and send"),
        question=_("It goes to everybody with an account, and cannot be called back."),
        done=_("Approved: it is on its way."),
        is_open=lambda user, one: one.state == State.SUBMITTED and may_approve_this(user, one),
        do=services.approve,
        form=RevisionForm,
    ),
    RowDeed(
        slug="indienen",
        label=_("Submit for approval"),
        question=_("A colleague who did not work on it has to approve it before it is sent."),
        done=_("Submitted. Ask a colleague to look at it."),
        is_open=can_submit,
        do=services.submit,
        form=RevisionForm,
    ),
    RowDeed(
        slug="terugsturen",
        label=_("Send back"),
        question=_("It becomes a draft again, with your note on it."),
        done=_("Sent back, with your note."),
        is_open=lambda user, one: one.state == State.SUBMITTED and may_approve(user),
        do=services.send_back,
        form=NoteForm,
    ),
    RowDeed(
        slug="proef",
        label=_("Send me a test copy"),
        question=_("You get both mails, in Dutch and in English, at your own address."),
        done=_("Both test copies are on their way to you."),
        is_open=lambda user, one: not one.is_final,
        do=services.send_test,
    ),
    RowDeed(
        slug="weggooien",
        label=_("Throw away"),
        question=_("The draft is gone for good."),
        done=_("The draft is gone."),
        is_open=can_submit,
        do=services.discard,
        form=RevisionForm,
        leaves_nothing=True,
    ),
)
