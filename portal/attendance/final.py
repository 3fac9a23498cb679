"""What other rooms may not change once attendance is final: told to them by their registers."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _t

from portal.attendance.queries.hours import is_final
from portal.attendance.queries.marks import final_among
from portal.enrolments.settled import Keeper
from portal.meetings.models import Meeting


def demands_final(meeting: Meeting) -> str:
    """A meeting is completed once its attendance is final."""
    if is_final(meeting_id=meeting.pk):
        return ""
    return _t("Its attendance is not final yet. See “Attendance” what still waits.")


def demands_not_final(meeting: Meeting) -> str:
    """A meeting whose attendance is final only goes back by opening that again, with a reason."""
    if not is_final(meeting_id=meeting.pk):
        return ""
    return _t("Its attendance is final. Open that again first, and say why.")


def is_one_final(meeting_ids: Collection[int]) -> bool:
    return bool(final_among(meeting_ids=meeting_ids))


def reopen_url(meeting_id: int) -> str:
    return reverse("attendance_reopen", args=[meeting_id])


KEEPER = Keeper(is_settled=is_one_final, reopen_url=reopen_url)
