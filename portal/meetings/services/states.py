"""The steps in a meeting's life: planned, definite, held, completed; or cancelled."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _t
from wagtail.log_actions import log

from portal.accounts.models import User
from portal.meetings import changes
from portal.meetings.demands import Demand, demanded_above
from portal.meetings.errors import WrongState
from portal.meetings.models import Meeting
from portal.meetings.queries.staff import dates_to_offer

State = Meeting.State


def demands_times_and_place(meeting: Meeting) -> str:
    if meeting.starts_at is None:
        return _t("It has no session yet. Add when it takes place.")
    if meeting.lacks_place:
        return _t("It has no venue and no link to join yet. Add where it takes place.")
    return ""


def demands_it_is_over(meeting: Meeting) -> str:
    if not meeting.is_over(timezone.now()):
        return _t("It is not over yet.")
    return ""


def demands_nothing(meeting: Meeting) -> str:
    return ""


STEPS: Mapping[str, Mapping[str, Demand]] = MappingProxyType(
    {
        State.PLANNED: {State.DEFINITE: demands_times_and_place, State.CANCELLED: demands_nothing},
        State.DEFINITE: {
            State.HELD: demands_it_is_over,
            State.PLANNED: demands_nothing,
            State.CANCELLED: demands_nothing,
        },
        State.HELD: {State.COMPLETED: demands_nothing, State.DEFINITE: demands_nothing},
        State.COMPLETED: {State.HELD: demands_nothing},
        State.CANCELLED: {},
    }
)


def steps_from(meeting: Meeting) -> dict[str, str]:
    """Where it can go from here, each with what is still missing for it (nothing: it can now)."""
    return {
        state: demand(meeting) or demanded_above(meeting, state)
        for state, demand in STEPS[meeting.state].items()
    }


@transaction.atomic
def change_state(*, meeting_id: int, to: str, by: User | None) -> Meeting:
    """Takes a step. Raises `WrongState` with what is missing; `cancel_meeting` cancels."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting_id)
    if to == State.CANCELLED:
        raise WrongState(_t("Say why it is cancelled; everybody who has a place is told."))
    take_step(meeting, to)
    meeting.save(update_fields=["state", "changed_at"])
    write_down(meeting, by)
    changes.tell(changes.Change(meeting=meeting, kind=changes.Kind.STATE, by=by))
    return meeting


@transaction.atomic
def cancel_meeting(
    *,
    meeting_id: int,
    because: str,
    by: User | None,
    because_en: str = "",
    offers: Collection[int] = (),
) -> Meeting:
    """Cancels it, and tells the rooms that know its people. Raises `WrongState`.

    English mails say why only where there is `because_en`. `offers` are keys of other dates that
    people can take instead (`dates_to_offer`).
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting_id)
    if not because.strip():
        raise WrongState(_t("Say why it is cancelled; everybody who has a place is told."))
    take_step(meeting, State.CANCELLED)
    meeting.cancelled_because, meeting.cancelled_because_en = because.strip(), because_en.strip()
    meeting.sequence += 1
    reasons = ("cancelled_because", "cancelled_because_en")
    meeting.save(update_fields=["state", "changed_at", "sequence", *reasons])
    write_down(meeting, by)
    dates = tuple(one for one in dates_to_offer(meeting=meeting) if one.pk in offers)
    change = changes.Change(meeting=meeting, kind=changes.Kind.CANCELLED, by=by, offers=dates)
    changes.tell(change)
    return meeting


def take_step(meeting: Meeting, to: str) -> None:
    steps = steps_from(meeting)
    if to not in steps:
        raise WrongState(
            _t("From “%(state)s” it cannot go there. Load the page again to see what it can do.")
            % {"state": meeting.get_state_display()}
        )
    if why := steps[to]:
        raise WrongState(why)
    meeting.state = to
    meeting.changed_at = timezone.now()


def write_down(meeting: Meeting, by: User | None) -> None:
    log(
        instance=meeting,
        action="meetings.state",
        user=by,
        title=meeting.code,
        data={"state": meeting.state},
    )
