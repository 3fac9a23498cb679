"""What is uploaded is judged by what it holds; what is refused leaves nothing (STANDARDS 6.16)."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from portal.accounts.models import User
from portal.materials import files
from portal.materials.errors import NotTaken
from portal.materials.files import clean_name, judge
from portal.materials.models import Material, Version
from portal.meetings.models import Meeting
from tests.material import a_pdf, a_sheet, give_file, upload
from tests.planning import MeetingFactory
from tests.scanners import EICAR

pytestmark = pytest.mark.django_db

FACTS = {"moment": "end", "for_absent": "yes"}


@pytest.fixture
def meeting() -> Meeting:
    return MeetingFactory(state=Meeting.State.DEFINITE)


@pytest.fixture
def browser(sign_in: Any, back_office: User) -> Client:
    return sign_in(back_office)


@pytest.fixture
def stored(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of private files, empty."""
    from pluc.private_files import LocalFiles

    monkeypatch.setattr(Version._meta.get_field("file"), "storage", LocalFiles(location=tmp_path))
    return tmp_path


def files_in(folder: Path) -> int:
    return sum(path.is_file() for path in folder.rglob("*"))


def address_of(meeting: Meeting) -> str:
    return f"/beheer/materiaal/bijeenkomst/{meeting.pk}/"


def locked_pdf() -> bytes:
    data = BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.save(data, encryption=pikepdf.Encryption(user="geheim", owner="geheim"))
    return data.getvalue()


def running_pdf() -> bytes:
    data = BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    document.Root.OpenAction = script
    document.save(data)
    return data.getvalue()


def archive(**parts: bytes) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as target:
        for name, content in parts.items():
            target.writestr(name.replace("__", "/"), content)
    return data.getvalue()


def macro_sheet() -> bytes:
    data = BytesIO(a_sheet())
    with zipfile.ZipFile(data, "a") as target:
        target.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    return data.getvalue()


LIARS: dict[str, tuple[str, bytes]] = {
    "text that says it is a PDF": ("dia's.pdf", b"hallo"),
    "EICAR that says it is a PDF": ("dia's.pdf", EICAR),
    "a PDF that says it is a picture": ("dia's.png", a_pdf()),
    "a picture of vectors": ("dia's.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "a page": ("dia's.html", b"<script>alert(1)</script>"),
    "an archive": ("dia's.zip", archive(een=b"1")),
    "an archive that says it is a document": ("dia's.docx", archive(een=b"1")),
    "a locked PDF": ("dia's.pdf", locked_pdf()),
    "a locked document": ("dia's.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "a PDF with a script": ("dia's.pdf", running_pdf()),
    "a sheet with a macro": ("lijst.xlsx", macro_sheet()),
    "a PDF that is an archive too": ("dia's.pdf", a_pdf() + archive(een=b"1")),
    "nothing": ("leeg.pdf", b""),
    "no name": ("", a_pdf()),
    "an end that is turned around": ("dia\u202efdp.exe", a_pdf()),
}


@pytest.mark.either_database
@pytest.mark.parametrize(("name", "content"), LIARS.values(), ids=LIARS)
def test_what_is_not_what_it_says_is_refused_with_a_reason(name: str, content: bytes):
    file = SimpleUploadedFile("x", content)
    file.name = name or None
    with pytest.raises(NotTaken) as refusal:
        judge(file)
    assert len(refusal.value.sentence) > 10


@pytest.mark.either_database
def test_what_is_too_large_is_refused_unread(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "LARGEST", 100)
    with pytest.raises(NotTaken, match="te groot"):
        judge(upload(a_pdf()))


@pytest.mark.either_database
def test_a_picture_tells_nothing_of_its_maker_and_nothing_comes_along_behind_it():
    data = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Merk van de telefoon"
    Image.new("RGB", (8, 8)).save(data, "JPEG", exif=exif)
    judged = judge(upload(data.getvalue() + archive(een=b"1"), "foto.JPG"))
    content = judged.file.read()
    assert judged.content_type == "image/jpeg"
    assert b"Merk" not in content
    assert b"PK" not in content
    assert judged.size == len(content)


@pytest.mark.either_database
@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/dia's.pdf", "dia's.pdf"),
        ("C:\\Users\\Bas\\dia.pdf", "dia.pdf"),
        ("dia\u202efdp.pdf", "diafdp.pdf"),
        ("dia\0\r\n.pdf", "dia.pdf"),
        ('een "twee" <drie>.pdf', "een twee drie.pdf"),
        ("Perzike\u0308n.pdf", "Perzikën.pdf"),
        (".htaccess", "htaccess"),
        ("p" * 300 + ".pdf", "p" * 146 + ".pdf"),
        ("", "-"),
    ],
)
def test_a_name_is_cleaned(name: str, clean: str):
    assert clean_name(name) == clean


@pytest.mark.promise("P03")
def test_several_files_are_added_at_once_and_each_is_answered(
    browser: Client, meeting: Meeting, stored: Path
):
    sent = [
        upload(a_pdf("1"), "een.pdf"),
        upload(b"leugen", "twee.pdf"),
        upload(a_sheet(), "3.xlsx"),
    ]
    page = browser.post(address_of(meeting), FACTS | {"uploads": sent})
    assert page.status_code == 422
    assert "twee.pdf" in page.text
    assert "geen pdf-bestand" in page.text
    assert sorted(Material.objects.values_list("title", flat=True)) == ["3", "een"]
    assert files_in(stored) == 2
    material = Material.objects.get(title="een")
    assert (material.meeting, material.approved_by) == (meeting, material.added_by)
    assert material.versions.get().scan == Version.Scan.UNSCANNED, "no scanner in the tests"


def test_the_script_hears_of_each_file_in_json(browser: Client, meeting: Meeting, stored: Path):
    asked = {"headers": {"accept": "application/json"}}
    good = browser.post(address_of(meeting), FACTS | {"uploads": [upload(a_pdf())]}, **asked)
    assert good.status_code == 200
    assert good.json()["outcomes"] == [
        {"name": "dia's.pdf", "sentence": "staat erbij", "is_taken": True}
    ]
    again = browser.post(address_of(meeting), FACTS | {"uploads": [upload(a_pdf())]}, **asked)
    assert again.status_code == 422
    assert not again.json()["outcomes"][0]["is_taken"], "the very file is there already"
    wrong = browser.post(address_of(meeting), {"moment": "at", "for_absent": "yes"}, **asked)
    assert wrong.status_code == 422
    assert len(wrong.json()["faults"]) == 2
    assert files_in(stored) == Version.objects.count() == 1


def test_a_new_version_comes_in_the_place_of_the_one_before(browser: Client, stored: Path):
    version = give_file(MeetingFactory(), a_pdf("1"))
    address = f"/beheer/materiaal/{version.material_id}/versie/"
    assert browser.get(address).status_code == 200
    assert browser.post(address, {"uploads": [upload(a_pdf("1"))]}).status_code == 422
    assert browser.post(address, {"uploads": [upload(a_pdf("2"))]}).status_code == 302
    numbers = version.material.versions.values_list("number", flat=True)
    assert list(numbers) == [2, 1]
    assert files_in(stored) == 2


def test_a_file_whose_row_does_not_come_is_not_left_behind(
    browser: Client, meeting: Meeting, stored: Path, monkeypatch: pytest.MonkeyPatch
):
    def fail(*args: Any, **options: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(Version, "save", fail)
    with pytest.raises(RuntimeError):
        browser.post(address_of(meeting), FACTS | {"uploads": [upload(a_pdf())]})
    assert files_in(stored) == 0
    assert not Material.objects.exists()


@pytest.mark.either_database
@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "https://naam:wachtwoord@elders.example/",
        "http://127.0.0.1/",
        "http://127.1/",
        "http://[::1]/",
        "http://192.168.1.1/router",
        "http://169.254.169.254/latest",
        "http://localhost/",
        "http://nas.local/",
        "https://elders.example/" + "p" * 300,
        "https://elders.example/\0",
    ],
)
def test_a_link_that_leads_nowhere_good_is_refused(browser: Client, meeting: Meeting, url: str):
    typed = FACTS | {"title": "Lees dit", "url": url}
    sent = {f"link-{name}": value for name, value in typed.items()}
    assert browser.post(address_of(meeting), sent | {"do": "link"}).status_code == 422
    assert not Material.objects.exists()


def test_a_link_is_added_once(browser: Client, meeting: Meeting):
    typed = FACTS | {"title": "Lees dit", "url": "https://elders.example/lees"}
    sent = {f"link-{name}": value for name, value in typed.items()} | {"do": "link"}
    assert browser.post(address_of(meeting), sent).status_code == 302
    assert browser.post(address_of(meeting), sent).status_code == 422
    assert Material.objects.get().url == "https://elders.example/lees"
