"""What a certificate says, frozen when it is asked for: its row keeps this, as JSON.

No more is ever told about it to whoever checks it (P18 and the README's promise: a name and a
training).
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.utils import translation

from portal.attendance.models import EarnedHours
from portal.enrolments.models import Enrolment
from portal.meetings.days import days_in_words
from portal.meetings.models import Accreditation, Meeting
from portal.meetings.wording import hours, place_of


@dataclass(frozen=True, kw_only=True)
class EarnedFact:
    """Hours for one scheme, with the number under which it recognised the meeting."""

    scheme: str
    scheme_name: str
    category: str
    hours: str  # a decimal number, such as "3.50"
    number: str

    @property
    def in_words(self) -> str:
        """4 PE-uren, in the active language."""
        return hours(Decimal(self.hours))


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Words are in the certificate's language; days as "2027-01-07"."""

    name: str
    titles: str
    professional_number: str
    course: str
    days: tuple[str, ...]
    place: str
    hours: tuple[EarnedFact, ...]
    speakers: tuple[str, ...]
    provider: str
    signatory: str
    language: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        return cls(
            **{
                **kept,
                "days": tuple(kept["days"]),
                "speakers": tuple(kept["speakers"]),
                "hours": tuple(EarnedFact(**one) for one in kept["hours"]),
            }
        )

    def says_as(self, other: "Facts") -> bool:
        """Whether it says the same of the person and the training; who issues it may differ."""
        mine = replace(self, provider=other.provider, signatory=other.signatory)
        return mine == other

    @property
    def when(self) -> str:
        """7 januari 2027, in the certificate's own language."""
        with translation.override(self.language):
            return days_in_words([dt.date.fromisoformat(day) for day in self.days])

    @property
    def earned(self) -> list[EarnedFact]:
        """Those that came to something."""
        return [one for one in self.hours if Decimal(one.hours) > 0]

    @property
    def in_words(self) -> str:
        """All that it says, on one line."""
        parts = [self.name, self.titles, self.professional_number, self.course, self.when]
        parts += [self.place, *(f"{one.in_words} {one.scheme}" for one in self.earned)]
        return ", ".join(part for part in [*parts, *self.speakers] if part)


def facts_of(
    enrolment: Enrolment, *, earned: Iterable[EarnedHours], meeting: Meeting, language: str
) -> Facts:
    """What a certificate of this place says now (docs/decisions/0053).

    Name and titles are what was filled in with the place, as whoever did so was told; the back
    office puts them right there, also by what the person's account says. `earned` are the hours in
    force, with their scheme; `meeting` has its course, venue, speakers and accreditations at hand.
    """
    numbers = {one.scheme_id: one for one in meeting.accreditations.all()}
    with translation.override(language):
        return Facts(
            name=enrolment.full_name,
            titles=enrolment.titles,
            professional_number=enrolment.person.professional_number,
            course=str(meeting.course),
            days=tuple(meeting.days),
            place=place_of(meeting),
            hours=tuple(earned_fact(one, numbers.get(one.scheme_id), language) for one in earned),
            speakers=tuple(speaker.name for speaker in meeting.speakers.all()),
            provider=settings.CERTIFICATE_PROVIDER,
            signatory=settings.CERTIFICATE_SIGNATORY,
            language=language,
        )


def earned_fact(one: EarnedHours, recognised: Accreditation | None, language: str) -> EarnedFact:
    scheme = one.scheme
    return EarnedFact(
        scheme=scheme.code,
        scheme_name=scheme.name_en if language == "en" else scheme.name,
        category=one.category,
        hours=str(one.hours),
        number=recognised.number if recognised else "",
    )
