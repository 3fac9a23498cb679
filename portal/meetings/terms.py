"""The terms of a place in sentences with dates: until when one may do what, and what it costs.

They follow from a meeting and the days that were agreed: those of its `Policy`, or the copy that a
booking keeps. Every page and mail that tells terms takes its sentences from here.
"""

from datetime import datetime, timedelta
from typing import Protocol

from django.utils import formats
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from portal.meetings.deadlines import deadline_before
from portal.meetings.models import Meeting
from portal.meetings.wording import takes_one_day


class Agreed(Protocol):
    """Days before a meeting, and days after an invoice: of a `Policy` or a `Booking`."""

    @property
    def cancelling_days(self) -> int: ...

    @property
    def moving_days(self) -> int: ...

    @property
    def substituting_days(self) -> int: ...

    @property
    def payment_days(self) -> int: ...


def terms_of(
    meeting: Meeting, agreed: Agreed, now: datetime, *, costs: bool, pays: bool = True
) -> list[str]:
    """The sentences, in the active language; none once the meeting has begun or is cancelled.

    What costs nothing (`costs` is false) says nothing of invoices. Who reads them and does not pay
    themselves is not told when to.
    """
    if meeting.is_cancelled or meeting.has_begun(now):
        return []
    told = [
        cancelling(meeting, agreed.cancelling_days, now, costs=costs),
        moving(meeting, agreed.moving_days, now),
        substituting(meeting, agreed.substituting_days, now),
    ]
    if costs and pays:
        told.append(_t("If the meeting does not take place, you pay nothing."))
        told.append(paying(meeting, agreed.payment_days))
    return told


def cancelling(meeting: Meeting, days: int, now: datetime, *, costs: bool) -> str:
    """Until when cancelling is free, and what it costs after that."""
    if not costs:
        return _t("You can cancel until the meeting begins, so that somebody else can come.")
    if is_over(meeting, days, now):
        return _t(
            "Cancelling was free up to and including %(day)s. You can still cancel, but the"
            " invoice stays."
        ) % {"day": last_day(meeting, days)}
    if lasts_until_it_begins(meeting, days):
        return _t("Cancelling is free until the meeting begins.")
    return _t("Cancelling is free %(until)s; after that the invoice stays.") % {
        "until": until(meeting, days)
    }


def moving(meeting: Meeting, days: int, now: datetime) -> str:
    """Until when one may choose another date."""
    if is_over(meeting, days, now):
        return _t("Choosing another date was possible up to and including %(day)s.") % {
            "day": last_day(meeting, days)
        }
    return _t("You can choose another date %(until)s.") % {"until": until(meeting, days)}


def substituting(meeting: Meeting, days: int, now: datetime) -> str:
    """Until when somebody else may come instead."""
    if is_over(meeting, days, now):
        return _t("Sending somebody else was possible up to and including %(day)s.") % {
            "day": last_day(meeting, days)
        }
    return _t("You can send somebody else %(until)s.") % {"until": until(meeting, days)}


def paying(meeting: Meeting, days: int) -> str:
    """When the invoice comes (`queries.billing.to_charge`), and within how many days one pays."""
    words = ngettext("You then have %(n)d day to pay.", "You then have %(n)d days to pay.", days)
    pay = words % {"n": days}
    if meeting.starts_at is None or takes_one_day(meeting):
        return _t("The invoice comes by e-mail after the meeting.") + f" {pay}"
    return _t("The invoice comes by e-mail after the first day.") + f" {pay}"


def is_over(meeting: Meeting, days: int, now: datetime) -> bool:
    """Whether the last moment for something has passed."""
    end = deadline_before(meeting, days=days)
    return end is not None and now >= end


def lasts_until_it_begins(meeting: Meeting, days: int) -> bool:
    end = deadline_before(meeting, days=days)
    return end is not None and end == meeting.starts_at


def until(meeting: Meeting, days: int) -> str:
    """The last moment in words; of a meeting without a day in days before it."""
    if meeting.starts_at is None:
        words = ngettext(
            "up to %(n)d day before the meeting", "up to %(n)d days before the meeting", days
        )
        return words % {"n": days}
    if lasts_until_it_begins(meeting, days):
        return _t("until the meeting begins")
    return _t("up to and including %(day)s") % {"day": last_day(meeting, days)}


def last_day(meeting: Meeting, days: int) -> str:
    """25 november: the last whole day; with its year where the meeting is in another one."""
    if meeting.starts_on is None:
        return ""
    day = meeting.starts_on - timedelta(days=days)
    has_same_year = day.year == meeting.starts_on.year
    return formats.date_format(day, "j F" if has_same_year else "j F Y")
