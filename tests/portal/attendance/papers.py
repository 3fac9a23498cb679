"""A meeting that is on now, its lists as they come out of the printer, and pictures of them."""

import datetime as dt
from io import BytesIO
from typing import Any

import pypdfium2
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.attendance.models import ListPrint
from portal.enrolments.models import Enrolment
from portal.enrolments.services import cancel
from portal.meetings.models import Meeting, Session
from tests.enrolling import attendee, enrol
from tests.planning import MeetingFactory

NAMES = [("Anna", "de Boer"), ("Bram", "Zeeman"), ("Cor", "van 't Hof")]


def meeting_of_today(*, others: int = 0) -> Meeting:
    """It began two hours ago, with three people and others; its session ended a minute ago."""
    meeting: Meeting = MeetingFactory(capacity=60)
    people = [
        attendee(number, first_name=first, last_name=last, organisation="Perenhof", titles="RA")
        for number, (first, last) in enumerate(NAMES)
    ]
    more = [attendee(number, last_name=f"Gast {number}") for number in range(10, 10 + others)]
    enrol(meeting, *people, *more)
    now = timezone.now().replace(microsecond=0)
    start, end = now - dt.timedelta(hours=2), now - dt.timedelta(minutes=1)
    Session.objects.filter(meeting=meeting).update(starts_at=start, ends_at=end)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=start, ends_at=end)
    meeting.refresh_from_db()
    return meeting


def renamed(meeting: Meeting, number: int, **fields: Any) -> Enrolment:
    """The person with a queue number, with other facts on their place."""
    Enrolment.objects.filter(meeting=meeting, queue_number=number).update(**fields)
    return Enrolment.objects.get(meeting=meeting, queue_number=number)


def printed(office: Client, meeting: Meeting, kind: str = "sign-in") -> bytes:
    """The PDF of a list, by the button on the screen."""
    data = {} if kind == "participants" else {"session": str(meeting.sessions.get().pk)}
    answer = office.post(reverse("attendance_print", args=[meeting.pk, kind]), data)
    assert answer["Content-Type"] == "application/pdf"
    return bytes(answer.content)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return "\n".join(pages).replace("\r\n", "\n")


def last(meeting: Meeting, kind: str = "sign-in") -> ListPrint:
    return ListPrint.objects.filter(meeting=meeting, kind=kind).order_by("-version")[0]


def leave(meeting: Meeting, last_name: str) -> None:
    """Somebody gives up their place, by the back office: the meeting has begun."""
    place = Enrolment.objects.get(meeting=meeting, last_name=last_name)
    cancel(enrolment_id=place.pk, by=None, as_staff=True)


def photograph(pdf: bytes, *, page: int = 0, turned: int = 0, half: str = "") -> bytes:
    """A page on a dark table, turned clockwise by degrees; or only its upper or lower half."""
    document = pypdfium2.PdfDocument(pdf)
    image: Any = document[page].render(scale=2).to_pil().convert("RGB")
    document.close()
    middle = image.height // 2
    if half:
        top, bottom = (0, middle) if half == "upper" else (middle, image.height)
        image = image.crop((0, top, image.width, bottom))
    image = image.rotate(-turned, expand=True, fillcolor=(70, 60, 50))
    image.save(target := BytesIO(), "JPEG", quality=70)
    return target.getvalue()
