"""The buttons of an issue: submitting, approving, sending back, trying, taking off the plan."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from pluc.staff_screens.deeds import RowDeed
from portal.accounts.models import User
from portal.newsletter.models import Mailing
from portal.newsletter.permissions import may_approve, may_approve_this, may_compose
from portal.newsletter.queries.issues import Issue
from portal.newsletter.services import approving

State = Mailing.State
APPROVING, SUBMITTING = "goedkeuren", "indienen"


class NoteForm(forms.Form):
    """Why it goes back to who wrote it."""

    note = forms.CharField(
        label=_("What should be different?"), max_length=500, widget=forms.Textarea({"rows": 4})
    )


class MomentForm(forms.Form):
    """When an approved issue goes out."""

    starts_at = forms.DateTimeField(
        label=_("Goes out at"),
        required=False,
        widget=AdminDateTimeInput,
        help_text=_("Leave it empty to send it now."),
    )


def can_approve(user: User, issue: Issue) -> bool:
    return issue.state == State.SUBMITTED and may_approve_this(user, issue.makers)


DEEDS: tuple[RowDeed[Issue], ...] = (
    RowDeed(
        slug=APPROVING,
        label=_("Approve and send"),
        question=_(
            "It is frozen as you saw it, with posts and offer as they are now, and goes to "
            "everybody who subscribes at that moment. What has gone out cannot be called back."
        ),
        done=_("Approved: it goes out at the moment that was chosen."),
        is_open=can_approve,
        do=approving.approve,
        form=MomentForm,
    ),
    RowDeed(
        slug=SUBMITTING,
        label=_("Submit for approval"),
        question=_(
            "A colleague who did not work on it has to approve it. Until then nobody changes it."
        ),
        done=_("Submitted. Ask a colleague to look at it."),
        is_open=lambda user, one: one.state == State.DRAFT and may_compose(user),
        do=approving.submit,
    ),
    RowDeed(
        slug="proef",
        label=_("Send me a test copy"),
        question=_("You get it in each language, at your own address, as subscribers would."),
        done=_("The test copies are on their way to you."),
        is_open=lambda user, one: one.is_open,
        do=approving.send_test,
    ),
    RowDeed(
        slug="terugsturen",
        label=_("Send back"),
        question=_("It becomes a draft again, with your note on it."),
        done=_("Sent back, with your note."),
        is_open=lambda user, one: one.state == State.SUBMITTED,
        do=approving.send_back,
        form=NoteForm,
    ),
    RowDeed(
        slug="van-de-planning",
        label=_("Take off the plan"),
        question=_("It does not go out, and waits for approval again."),
        done=_("Taken off the plan: it waits for approval again."),
        is_open=lambda user, one: one.state == State.SCHEDULED and may_approve(user),
        do=approving.unschedule,
    ),
)
