"""Whether a venue or a speaker is taken at the time of a meeting."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _t

from portal.meetings.models import Meeting, Session
from portal.meetings.wording import between, local, long_date


def clashes_of(meeting: Meeting) -> list[str]:
    """A sentence for each other meeting that has its venue or a speaker at the same moment.

    Of what is over or cancelled nothing is said.
    """
    own = list(meeting.sessions.all())
    if not own or meeting.is_cancelled:
        return []
    speakers = {speaker.pk: speaker.name for speaker in meeting.speakers.all()}
    sentences = []
    for other in others_at_the_time(meeting, own, speakers):
        about = {"meeting": str(other.meeting), "when": when_of(other)}
        if meeting.venue_id and other.meeting.venue_id == meeting.venue_id:
            about["what"] = str(meeting.venue)
            sentences.append(_t("%(what)s is taken: %(meeting)s, %(when)s.") % about)
        for speaker in other.meeting.speakers.all():
            if speaker.pk in speakers:
                about["what"] = speaker.name
                sentences.append(_t("%(what)s speaks elsewhere: %(meeting)s, %(when)s.") % about)
    return sentences


def others_at_the_time(
    meeting: Meeting, own: Iterable[Session], speakers: Iterable[int]
) -> Iterable[Session]:
    """Sessions of other meetings that share a moment, and the venue or a speaker."""
    at_the_time = Q()
    for session in own:
        at_the_time |= Q(starts_at__lt=session.ends_at, ends_at__gt=session.starts_at)
    shared = Q(meeting__speakers__in=list(speakers))
    if meeting.venue_id:
        shared |= Q(meeting__venue=meeting.venue_id)
    found = Session.objects.filter(at_the_time, shared).exclude(meeting=meeting.pk)
    found = found.exclude(meeting__state=Meeting.State.CANCELLED)
    related = found.select_related("meeting__course").prefetch_related("meeting__speakers")
    return related.order_by("starts_at", "id").distinct()


def when_of(session: Session) -> str:
    day = long_date(local(session.starts_at).date())
    return f"{day}, {between(session.starts_at, session.ends_at)}"
