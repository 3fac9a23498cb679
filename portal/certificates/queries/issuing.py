"""Who gets which certificate of a meeting, and how far the worker is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from pluc.documents.readings import reading_of
from pluc.name_order import order_of
from portal.attendance.models import AttendanceStep, EarnedHours
from portal.attendance.queries.hours import in_force, last_step
from portal.certificates.facts import Facts, facts_of
from portal.certificates.models import Certificate, Issuing
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting

State = Certificate.State


class Fate(models.TextChoices):
    """What issuing now does for somebody."""

    NEW = "new", _("gets a certificate")
    WAITING = "waiting", _("is being made")
    HAS = "has", _("has one")
    DIFFERS = "differs", _("has one that says something else")
    REVOKED = "revoked", _("was revoked: gets a new one")
    ABSENT = "absent", _("was not there")


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody with a place, what a certificate would say of them, and what they have."""

    enrolment: Enrolment
    facts: Facts
    held: Certificate | None
    fate: Fate

    @property
    def account_name(self) -> str:
        """The person's name in their account, where the place has another one."""
        person = self.enrolment.person
        name = person.full_name if person.has_login else ""
        return "" if name == self.facts.name else name

    @property
    def printed_as(self) -> str:
        """In which letters the name is printed, where our typeface has not all of its own."""
        return reading_of(self.facts.name, family="serif")

    @property
    def is_due(self) -> bool:
        return self.fate in (Fate.NEW, Fate.REVOKED)


@dataclass(frozen=True)
class Round:
    """The certificates of a meeting, before and after they are issued."""

    meeting: Meeting
    step: AttendanceStep | None
    candidates: list[Candidate]

    @property
    def is_final(self) -> bool:
        return self.step is not None and self.step.kind == AttendanceStep.Kind.FINAL

    @cached_property
    def due(self) -> list[Candidate]:
        return [one for one in self.candidates if one.is_due]


def round_of(meeting: Meeting) -> Round:
    """Everybody with a place in a meeting, in the order of names; in six queries."""
    models.prefetch_related_objects([meeting], "accreditations", "speakers")
    places = Enrolment.objects.filter(meeting=meeting, state=Enrolment.State.ENROLLED)
    people = list(places.select_related("person__user"))
    people.sort(key=lambda one: order_of(first_name=one.first_name, last_name=one.last_name))
    hours, held = hours_by_place(meeting), held_by_place(people)
    candidates = [candidate(one, meeting, hours[one.pk], held.get(one.pk)) for one in people]
    return Round(meeting, last_step(meeting_id=meeting.pk), candidates)


def candidate_of(certificate: Certificate) -> Candidate | None:
    """Whose it is, with what a new one would say; nothing where their place is gone."""
    candidates = round_of(certificate.meeting).candidates
    key = certificate.enrolment_id
    return next((one for one in candidates if one.enrolment.pk == key), None)


def candidate(
    enrolment: Enrolment, meeting: Meeting, earned: list[EarnedHours], held: Certificate | None
) -> Candidate:
    """In the language of whose it is: they chose it, or those who enrolled them did."""

    def facts_in(language: str) -> Facts:
        return facts_of(enrolment, earned=earned, meeting=meeting, language=language)

    facts = facts_in(enrolment.person.language)
    # One in another language says the same.
    fate = fate_of(enrolment, facts_in(held.language) if held else facts, held)
    return Candidate(enrolment=enrolment, facts=facts, held=held, fate=fate)


def fate_of(enrolment: Enrolment, facts: Facts, held: Certificate | None) -> Fate:
    """Absent is who was not noted as having been there when attendance became final."""
    if held is not None and held.state == State.WAITING:
        return Fate.WAITING
    if held is not None and held.is_in_force:
        is_same = enrolment.was_absent is False and Facts.from_json(held.facts).says_as(facts)
        return Fate.HAS if is_same else Fate.DIFFERS
    if enrolment.was_absent is not False:
        return Fate.ABSENT
    return Fate.REVOKED if held else Fate.NEW


def hours_by_place(meeting: Meeting) -> dict[UUID, list[EarnedHours]]:
    rows = in_force().filter(enrolment__meeting=meeting).select_related("scheme")
    found = defaultdict(list)
    for row in rows.order_by("scheme__position", "scheme__code"):
        found[row.enrolment_id].append(row)
    return found


def held_by_place(people: Iterable[Enrolment]) -> dict[UUID, Certificate]:
    """Of each place the one that matters: what waits, else what is in force, else the last."""
    rank = {State.WAITING: 3, State.IN_FORCE: 2, State.REVOKED: 1, State.REPLACED: 0}
    rows = Certificate.objects.filter(enrolment__in=[one.pk for one in people])
    ordered = sorted(rows.order_by("asked_at"), key=lambda one: rank[State(one.state)])
    return {one.enrolment_id: one for one in ordered if one.enrolment_id}


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far an issuing is."""

    issuing: Issuing
    made: int
    waiting: int

    @property
    def is_done(self) -> bool:
        return not self.waiting

    @property
    def trouble(self) -> str:
        return str(self.issuing.get_trouble_display()) if self.waiting else ""


def progress_of(*, meeting_id: int) -> list[Progress]:
    """Of each issuing of a meeting, the newest first; in one query."""
    rows = Issuing.objects.filter(meeting=meeting_id).select_related("asked_by__person")
    waiting = Count("certificates", filter=Q(certificates__state=State.WAITING))
    counted = rows.annotate(made_now=Count("certificates") - waiting, waiting_now=waiting)
    return [
        Progress(issuing=one, made=one.made_now, waiting=one.waiting_now)
        for one in counted.order_by("-asked_at")
    ]


def issuings_that_wait() -> list[UUID]:
    """What the worker has to go on with, the oldest first."""
    waiting = Certificate.objects.waiting().filter(issuing__isnull=False)
    rows = Issuing.objects.filter(pk__in=waiting.values("issuing")).order_by("asked_at")
    return list(rows.values_list("pk", flat=True))
