"""What mails and calendar entries tell of a meeting, in the active language."""

from django.utils.translation import gettext as _t

from pluc.language import is_english, only_in_active_language
from portal.meetings.models import Meeting
from portal.meetings.wording import each_day, full_place_of, hours_of, when


def meeting_facts(meeting: Meeting) -> dict[str, object]:
    """What a mail tells of a meeting."""
    return {
        "title": str(meeting.course),
        "when": when(meeting),
        "each_day": each_day(meeting),
        "place": full_place_of(meeting),
    }


def day_facts(meeting: Meeting) -> dict[str, str]:
    """What one needs on the day: for who has a place."""
    return {
        "hours": ", ".join(hours_of(meeting)),
        "online_link": meeting.online_link if meeting.is_online else "",
        "online_note": online_note(meeting),
        "route": route_of(meeting),
        "practical": only_in_active_language(meeting.practical, meeting.practical_en),
        "more_in_dutch": more_in_dutch(meeting),
    }


def online_note(meeting: Meeting) -> str:
    """When and where the link to join comes; nothing once it is there."""
    if not meeting.is_online or meeting.online_link:
        return ""
    return _t(
        "We will e-mail you the link to join, the day before the meeting at the latest. You will"
        " find it on the page of your place as well."
    )


def route_of(meeting: Meeting) -> str:
    """The way to the venue; nothing where it has no English and that is the language."""
    venue = meeting.venue
    return only_in_active_language(venue.route, venue.route_en) if venue else ""


def more_in_dutch(meeting: Meeting) -> str:
    """In English: that there is more to know which nobody has translated, and where it is."""
    venue = meeting.venue
    untranslated = [meeting.practical and not meeting.practical_en]
    if venue:
        untranslated.append(venue.route and not venue.route_en)
    if not is_english() or not any(untranslated):
        return ""
    return _t(
        "There is more to know, but in Dutch only. You will find it on the page of your place."
    )
