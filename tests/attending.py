"""Rows of attendance and material: who was there, on which list, and what they were given."""

import uuid
from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from portal.accounts.models import User
from portal.attendance.models import (
    AttendanceStep,
    EarnedHours,
    ListPrint,
    Mark,
    Photograph,
    PrintedPage,
    PrintedRow,
    WalkIn,
)
from portal.enrolments.models import Enrolment
from portal.materials.models import HandedOut, Material, Version
from portal.meetings.models import Meeting, Scheme, Session
from tests.factories import image_file


def session_of(meeting: Meeting) -> Session:
    """The first session of a meeting; made from its start and end where it has none."""
    if found := meeting.sessions.first():
        return found
    start = meeting.starts_at or timezone.now()
    return Session.objects.create(
        meeting=meeting, starts_at=start, ends_at=meeting.ends_at or start + timedelta(hours=3)
    )


def give_attendance(place: Enrolment, by: User | None = None) -> None:
    """A row in each table of attendance about a place; `by` is the colleague who made it."""
    meeting, session = place.meeting, session_of(place.meeting)
    Mark.objects.create(
        session=session, enrolment=place, kind="in", at=session.starts_at, source="door", by=by
    )
    WalkIn.objects.create(meeting=meeting, last_name=place.last_name, enrolment=place, added_by=by)
    printed = ListPrint.objects.create(
        meeting=meeting,
        session=session,
        kind="sign-in",
        version=ListPrint.objects.count() + 1,
        made_by=by,
    )
    page = PrintedPage.objects.create(code=uuid.uuid4().hex[:8].upper(), print=printed, number=1)
    PrintedRow.objects.create(page=page, position=1, enrolment=place)
    Photograph.objects.create(
        meeting=meeting,
        page=page,
        file=image_file(f"{uuid.uuid4().hex}.png", size=(2, 2)),
        uploaded_by=by,
        confirmed_by=by,
    )
    step = AttendanceStep.objects.create(meeting=meeting, kind="final", by=by)
    scheme, _ = Scheme.objects.get_or_create(
        code="NBA", defaults={"name": "Accountants", "name_en": "Accountants"}
    )
    EarnedHours.objects.create(
        step=step, enrolment=place, scheme=scheme, minutes=180, hours=3, computed={}
    )


def give_material(place: Enrolment, by: User | None = None) -> None:
    """A file of the meeting, handed out to whose place it is; `by` manages it."""
    material = Material.objects.create(
        meeting=place.meeting, title="Hand-out", added_by=by, approved_by=by
    )
    version = Version.objects.create(
        material=material,
        number=1,
        file=ContentFile(b"figures", f"{uuid.uuid4().hex}.txt"),
        name="hand-out.txt",
        content_type="text/plain",
        size=7,
        sha256="0" * 64,
        uploaded_by=by,
        scan="clean",
    )
    HandedOut.objects.create(person=place.person, version=version)
