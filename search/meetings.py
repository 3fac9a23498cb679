"""Meetings to come, found by the words that one knows of them: title, place, teacher, month."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language

from home.offer import format_of
from pluc.generation import remembered
from portal.accounts.search import words_in
from portal.meetings.days import days_in
from portal.meetings.models import Meeting
from portal.meetings.queries.offer import speakers_of
from portal.meetings.queries.remembered import Line
from portal.meetings.wording import long_date, place_of


@dataclass(frozen=True)
class Findable:
    """A meeting, with every word that it is found by in the active language."""

    meeting: Meeting
    words: frozenset[str]

    def fitting(self, asked: Sequence[str]) -> int:
        """How many of the words asked for begin one of its own."""
        return sum(any(word.startswith(one) for word in self.words) for one in asked)


def findable(request: HttpRequest, offer: Sequence[Line]) -> list[Findable]:
    """The offer with its words, which are gathered once per generation and language."""
    known: dict[int, frozenset[str]] = remembered(
        request, ("words of meetings", get_language()), dict
    )
    meetings = [line.meeting for line in offer]
    new = [meeting for meeting in meetings if meeting.pk not in known]
    if new:
        speakers = speakers_of(new)
        known |= {one.pk: words_of(one, speakers.get(one.pk, [])) for one in new}
    return [Findable(meeting, known[meeting.pk]) for meeting in meetings]


def words_of(meeting: Meeting, speakers: Sequence[str]) -> frozenset[str]:
    where = (place_of(meeting), str(meeting.where or ""))
    when = " ".join(long_date(day) for day in days_in(meeting))
    course = (str(meeting.course), str(meeting.course.subject))
    texts = (*course, format_of(meeting), *where, when, *speakers)
    return frozenset(words_in(" ".join(texts)))


def meetings_with(asked: Sequence[str], among: Sequence[Findable]) -> list[Meeting]:
    """Those that all words fit, the first one first."""
    return [one.meeting for one in among if asked and one.fitting(asked) == len(asked)]


def meetings_with_most(asked: Sequence[str], among: Sequence[Findable]) -> list[Meeting]:
    """Those that the most words fit, of which there is at least one; the first one first."""
    fitting = [(one.fitting(asked), one.meeting) for one in among]
    most = max((count for count, _ in fitting), default=0)
    return [meeting for count, meeting in fitting if count == most] if most else []
