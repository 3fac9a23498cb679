"""People mark themselves with the code in the room. It counts once somebody confirms it by name."""

import datetime as dt
import uuid

from portal.accounts.models import User
from portal.attendance.models import Mark
from portal.attendance.queries.own import OwnPlace
from portal.attendance.refusals import MarkRefused
from portal.attendance.services.marking import NewMark, take_marks


def check_in(*, place: OwnPlace, kind: str, by: User, now: dt.datetime) -> bool:
    """Marks somebody's own place as in or out; whether there was anything to mark.

    A second press, or a press after the door marked them, changes nothing. The code was checked
    before (`codes.is_room_code`). Raises `MarkRefused` where the meeting takes no marks.
    """
    if kind != place.next_kind:
        return False
    mark = NewMark(
        id=uuid.uuid4(),
        session_id=place.session.pk,
        enrolment_id=place.enrolment.pk,
        kind=kind,
        at=now,
        source=Mark.Source.SELF,
    )
    [receipt] = take_marks(marks=[mark], by=by, now=now)
    if not receipt.is_taken:
        raise MarkRefused(receipt.sentence)
    return True
