"""The paper round trip: printed, signed, photographed at any angle, gone through (P05)."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from portal.accounts.models import User
from portal.attendance.models import Mark, Photograph, WalkIn
from portal.attendance.paper.reader import MOST_PIXELS
from portal.attendance.paper.reading import NotRead, pictures_in
from portal.attendance.queries.photographs import photographs_to_confirm
from portal.attendance.queries.sheets import sheet_of
from portal.attendance.services.confirming import (
    ConfirmedAlready,
    RowRefused,
    SignedRow,
    confirm_page,
)
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting
from portal.meetings.wording import clock
from tests.portal.attendance.papers import last, leave, meeting_of_today, photograph, printed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]


@pytest.fixture
def meeting() -> Meeting:
    return meeting_of_today()


@pytest.fixture
def office(back_office: User, sign_in) -> Client:
    return sign_in(back_office)


def upload(office: Client, meeting: Meeting, *files: bytes) -> list[str]:
    """What is said of an upload."""
    sent = [SimpleUploadedFile(f"foto-{number}.jpg", file) for number, file in enumerate(files)]
    address = reverse("attendance_upload", args=[meeting.pk])
    answer = office.post(address, {"photographs": sent}, follow=True)
    return [str(one) for one in answer.context["messages"]]


def fields_of(answer: HttpResponse) -> dict[str, Any]:
    """The form beside the picture, as a browser would send it."""
    page = BeautifulSoup(answer.content, "html.parser")
    form = [one for one in page.find_all("form") if one.find("button", type="submit")][-1]
    return {
        field["name"]: field.get("value", "on" if field.get("type") == "checkbox" else "")
        for field in form.find_all("input")
        if field.get("type") != "checkbox" or field.has_attr("checked")
    }


def gone_through(office: Client, one: Photograph, **changed: Any) -> HttpResponse:
    """Ticks changed (`None` takes one away), what will happen read, and confirmed."""
    address = reverse("attendance_photograph", args=[one.pk])
    fields = fields_of(office.get(address))
    sent = {name: value for name, value in (fields | changed).items() if value is not None}
    asked = office.post(address, sent)
    assert asked.status_code == 200, asked.content
    assert not Mark.objects.filter(session__meeting=one.meeting, source="paper").exists()
    return office.post(address, fields_of(asked) | {"sure": "yes"}, follow=True)


@pytest.mark.promise("P05")
@pytest.mark.parametrize("turned", [0, 187, 90])
def test_a_signed_page_becomes_marks(office: Client, meeting: Meeting, turned: int) -> None:
    told = upload(office, meeting, photograph(printed(office, meeting), turned=turned))
    assert told == ["1 pagina hoort nu bij zijn lijst."]
    one = Photograph.objects.get()
    assert one.page == last(meeting).pages.get()
    with one.file.open("rb") as file, Image.open(file) as image:
        assert image.height > image.width, "it stands upright"

    session = meeting.sessions.get()
    late = clock(session.ends_at).replace(".", ":")
    gone_through(
        office,
        one,
        **{"signed-1": None, "time-2": late, "last_name-4": "Inloper", "first_name-4": "Ies"},
    )
    marks = {str(mark.enrolment_id or mark.walk_in_id): mark for mark in Mark.objects.all()}
    places = {place.last_name: str(place.pk) for place in Enrolment.objects.all()}
    walk_in = WalkIn.objects.get(last_name="Inloper", meeting=meeting)
    assert set(marks) == {places["van 't Hof"], places["Zeeman"], str(walk_in.pk)}
    assert marks[places["Zeeman"]].at == session.starts_at
    assert clock(marks[places["van 't Hof"]].at) == clock(session.ends_at)
    assert {(mark.kind, mark.source) for mark in marks.values()} == {("in", "paper")}
    one.refresh_from_db()
    assert one.confirmed_at is not None


@pytest.mark.either_database
def test_a_page_is_gone_through_once(office: Client, meeting: Meeting) -> None:
    """By whichever of its two pictures; a second time everything stays as it is."""
    page = photograph(printed(office, meeting, "sign-out"))
    assert "stond er al een foto" in " ".join(upload(office, meeting, page, page))
    one, other = Photograph.objects.all()
    address = reverse("attendance_photograph", args=[other.pk])
    stale = fields_of(office.get(address))
    assert photographs_to_confirm().count() == sheet_of(meeting).photographs == 2
    gone_through(office, one)
    assert photographs_to_confirm().count() == sheet_of(meeting).photographs == 0
    assert Mark.objects.filter(kind="out", at=meeting.sessions.get().ends_at).count() == 3

    assert b"data-picture" in office.get(address).content
    office.post(address, stale | {"sure": "yes"})
    with pytest.raises(ConfirmedAlready):  # two colleagues at the same moment
        confirm_page(photograph_id=other.pk, signed=[], by=other.uploaded_by, now=timezone.now())
    assert Mark.objects.count() == 3
    assert office.post(reverse("attendance_take_away", args=[one.pk])).status_code == 422


def test_a_page_is_stored_whole_or_not_at_all(office: Client, meeting: Meeting) -> None:
    """Somebody gave the place up while the form was open."""
    upload(office, meeting, photograph(printed(office, meeting)))
    one = Photograph.objects.get()
    address = reverse("attendance_photograph", args=[one.pk])
    fields = fields_of(office.get(address)) | {"last_name-4": "Inloper", "sure": "yes"}
    asked = {name: value for name, value in fields.items() if name != "sure"}
    before = f"{timezone.localtime() - timedelta(hours=5):%H:%M}"  # it began two hours ago
    assert office.post(address, asked | {"time-1": before}).status_code == 422, "told at once"
    assert not WalkIn.objects.exists()
    Enrolment.objects.filter(last_name="Zeeman").update(state="waiting")
    start = meeting.sessions.get().starts_at
    signed = [SignedRow(position=number, at=start) for number in (1, 2, 3)]
    signed.append(SignedRow(position=4, at=start, last_name="Inloper"))
    with pytest.raises(RowRefused) as refused:
        confirm_page(photograph_id=one.pk, signed=signed, by=one.uploaded_by, now=timezone.now())
    assert refused.value.position == 3
    assert not Mark.objects.exists()
    assert not WalkIn.objects.exists()
    # The form itself leaves out whoever has gone.
    office.post(address, fields)
    assert Mark.objects.count() == 3


@pytest.mark.either_database
def test_a_page_finds_its_own_meeting_and_version(office: Client, meeting: Meeting) -> None:
    other = meeting_of_today()
    old = printed(office, other)
    leave(other, "Zeeman")
    printed(office, other)

    told = " ".join(upload(office, meeting, photograph(old, half="lower", turned=180)))
    one = Photograph.objects.get()
    assert one.meeting == other
    assert str(other) in told
    shown = office.get(reverse("attendance_photograph", args=[one.pk])).content.decode()
    assert "Er is een nieuwere" in shown
    assert "heeft de plek opgegeven" in shown, "Bram stood on it, and gave his place up"


def test_letters_are_asked_for_where_no_code_is_read(office: Client, meeting: Meeting) -> None:
    printed(office, meeting)
    white = BytesIO()
    Image.new("RGB", (600, 800), "white").save(white, "PNG")
    assert "letters" in " ".join(upload(office, meeting, white.getvalue()))
    one = Photograph.objects.get()
    address = reverse("attendance_photograph", args=[one.pk])
    assert office.post(address, {"code": "ACDE FGHJ"}).status_code == 422
    code = last(meeting).pages.get().code
    office.post(address, {"code": f" {code[:4].lower()}-{code[4:]} "})
    one.refresh_from_db()
    assert one.page_id == code


@pytest.mark.either_database
def test_what_is_missing_is_counted_and_a_scan_holds_many_pages(office: Client) -> None:
    meeting = meeting_of_today(others=30)
    pdf = printed(office, meeting)
    upload(office, meeting, photograph(pdf, page=1))
    lists = reverse("attendance_lists", args=[meeting.pk])
    assert "1 van 3 pagina’s gefotografeerd" in office.get(lists).content.decode()
    upload(office, meeting, pdf)
    assert "3 van 3 pagina’s gefotografeerd" in office.get(lists).content.decode()
    assert Photograph.objects.count() == 4


@pytest.mark.either_database
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "kind"),
        (b"MZ not a picture", "kind"),
        (b"%PDF-1.7 not really", "damaged"),
        (b"\xff\xd8\xff\xe0 half a photograph", "damaged"),
    ],
)
def test_what_is_no_picture_is_refused_by_what_it_holds(content: bytes, reason: str) -> None:
    with pytest.raises(NotRead) as refused:
        list(pictures_in(content))
    assert refused.value.reason == reason


@pytest.mark.either_database
def test_a_bomb_is_refused_before_it_is_decoded(office: Client, meeting: Meeting) -> None:
    bomb = BytesIO()
    Image.new("1", (10_000, MOST_PIXELS // 10_000 + 1)).save(bomb, "PNG")
    assert "te groot" in " ".join(upload(office, meeting, bomb.getvalue()))
    assert not Photograph.objects.exists()


@pytest.mark.either_database
@pytest.mark.promise("P17")
def test_a_picture_is_for_who_may_and_kept_by_nobody(
    office: Client, meeting: Meeting, speaker: User, editor: User, sign_in
) -> None:
    upload(office, meeting, photograph(printed(office, meeting)))
    address = reverse("attendance_picture", args=[Photograph.objects.get().pk])
    answer = office.get(address)
    assert answer["Content-Type"] == "image/jpeg"
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert [sign_in(user).get(address).status_code for user in (speaker, editor)] == [404, 302]


def test_a_file_goes_with_its_row(
    office: Client, meeting: Meeting, django_capture_on_commit_callbacks
) -> None:
    upload(office, meeting, photograph(printed(office, meeting)))
    one = Photograph.objects.get()
    name, storage = one.file.name, one.file.storage
    with django_capture_on_commit_callbacks(execute=True):
        last(meeting).delete()  # as the purge does: its pages and their pictures go along
    assert not Photograph.objects.exists()
    assert not storage.exists(name)
