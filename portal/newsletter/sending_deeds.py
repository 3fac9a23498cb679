"""The buttons of an issue that is on its way: pausing, going on, stopping."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from pluc.staff_screens.deeds import RowDeed
from portal.newsletter.models import Mailing
from portal.newsletter.permissions import may_approve
from portal.newsletter.services import sending

State = Mailing.State
STOPPING = "stoppen"

DEEDS: tuple[RowDeed[Mailing], ...] = (
    RowDeed(
        slug="doorgaan",
        label=_("Go on"),
        question=_("It goes on where it was paused. Who left meanwhile does not get it."),
        done=_("It goes on."),
        is_open=lambda user, one: one.state == State.PAUSED and may_approve(user),
        do=sending.go_on,
    ),
    RowDeed(
        slug="pauzeren",
        label=_("Pause"),
        question=_("What has gone out cannot be called back. The rest waits until you go on."),
        done=_("Paused: nothing more goes out until you go on."),
        is_open=lambda user, one: one.state == State.SENDING and may_approve(user),
        do=sending.pause,
    ),
    RowDeed(
        slug=STOPPING,
        label=_("Stop"),
        question=_("Nobody else gets this issue any more, and that cannot be undone."),
        done=_("Stopped: nobody else gets this issue."),
        is_open=lambda user, one: one.state in {State.SENDING, State.PAUSED} and may_approve(user),
        do=sending.stop,
    ),
)


def how_many(gone: int, left: int) -> list[str]:
    """What a deed is about, in numbers."""
    return [
        ngettext("%(n)d reader has it.", "%(n)d readers have it.", gone) % {"n": gone},
        ngettext("%(n)d mail has not gone out yet.", "%(n)d mails have not gone out yet.", left)
        % {"n": left},
    ]
