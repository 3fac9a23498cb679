"""Certificates for tests: rows that look as if made, and meetings whose people were there."""

import uuid
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from portal.accounts.models import Person, User
from portal.attendance.models import AttendanceStep, EarnedHours
from portal.certificates.facts import facts_of
from portal.certificates.models import (
    Certificate,
    CertificateStep,
    Issuing,
    SigningCertificate,
)
from portal.certificates.services.issuing import free_positions, issue
from portal.certificates.services.making import make_batch
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting
from tests.enrolling import attendee, enrol
from tests.planning import AccreditationFactory, MeetingFactory


def give_certificate(
    place: Enrolment, by: User | None = None, person: Person | None = None
) -> Certificate:
    """A certificate of a place as the database keeps it, of its person or another; no real PDF."""
    signed_with, _ = SigningCertificate.objects.get_or_create(
        fingerprint="0" * 64,
        defaults={"subject": "CN=PLUC!", "ends_at": timezone.now(), "pem": "", "jwk": {}},
    )
    issuing = Issuing.objects.create(meeting=place.meeting, asked_by=by, number=1)
    facts = facts_of(place, earned=[], meeting=place.meeting, language="nl")
    row = Certificate.objects.create(
        person=person or place.person,
        enrolment=place,
        meeting=place.meeting,
        issuing=issuing,
        language="nl",
        facts=facts.as_json(),
        state=Certificate.State.IN_FORCE,
        issued_at=timezone.now(),
        file=ContentFile(b"%PDF", f"{uuid.uuid4().hex}.pdf"),
        sha256="0" * 64,
        size=4,
        signed_with=signed_with,
        status_position=free_positions(1)[0],
    )
    CertificateStep.objects.create(certificate=row, kind="issued", by=by)
    return row


def final_meeting(*names: str, absent: int = 0, **facts: Any) -> Meeting:
    """A meeting with final attendance: everybody of `names` was there, but the last `absent`."""
    facts = {"state": Meeting.State.HELD, "capacity": max(len(names), 1)} | facts
    meeting = MeetingFactory(**facts)
    accreditation = AccreditationFactory(meeting=meeting, number="PE-1", category="vaktechniek")
    places = seats(meeting, names)
    there = places[: len(places) - absent]
    Enrolment.objects.filter(meeting=meeting).update(was_absent=True)
    Enrolment.objects.filter(pk__in=[one.pk for one in there]).update(was_absent=False)
    step = AttendanceStep.objects.create(meeting=meeting, kind="final")
    EarnedHours.objects.bulk_create(
        EarnedHours(
            step=step,
            enrolment=one,
            scheme=accreditation.scheme,
            category=accreditation.category,
            minutes=240,
            hours=Decimal("4.00"),
        )
        for one in there
    )
    return meeting


def seats(meeting: Meeting, names: tuple[str, ...]) -> list[Enrolment]:
    """A place for each name, "Saar de Vries", in their order; each at a mailbox of their own."""
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.DEFINITE)
    open_meeting = Meeting.objects.get(pk=meeting.pk)
    found = []
    for number, name in enumerate(names):
        first, _, last = name.partition(" ")
        found += enrol(open_meeting, attendee(number, first_name=first, last_name=last))
    Meeting.objects.filter(pk=meeting.pk).update(state=meeting.state)
    return found


def issued(meeting: Meeting, *, by: User | None = None) -> list[Certificate]:
    """Certificates for everybody who was there, made by the worker's own service."""
    asked = issue(meeting_id=meeting.pk, by=by)
    while make_batch(issuing_id=asked.pk):
        pass
    return list(Certificate.objects.in_force().filter(meeting=meeting).order_by("pk"))
