"""Files wait for the scanner; nothing but "clean" lets them go, and the back office hears of it."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pluc.scanning import Scanner
from portal.accounts.models import User
from portal.desk.waiting import things_waiting_for
from portal.materials.files import judge
from portal.materials.models import Material, Version
from portal.materials.services import adding, managing, scanning
from portal.materials.tasks import scan_due
from portal.meetings.models import Meeting
from tests.buckets import bucket
from tests.mails import sent_mails, text_of
from tests.material import a_pdf, upload
from tests.planning import MeetingFactory
from tests.scanners import EICAR, FakeScanner, fake_scanner

pytestmark = pytest.mark.django_db
Scan, Held = Version.Scan, Version.Held


@pytest.fixture
def clamd(settings: Any) -> Iterator[FakeScanner]:
    with fake_scanner() as scanner:
        settings.SCANNER = scanner.address
        yield scanner


@pytest.fixture
def add(back_office: User) -> Any:
    meeting = MeetingFactory(state=Meeting.State.DEFINITE)

    def add_one(content: bytes = b"") -> Version:
        material = adding.add_file(
            judged=judge(upload(content or a_pdf())),
            to=meeting,
            facts=adding.Facts(),
            by=back_office,
            is_released=True,
        )
        return material.versions.get()

    return add_one


def scan(version: Version) -> Version:
    """Lets its turn come, and asks."""
    Version.objects.filter(pk=version.pk).update(try_at=timezone.now())
    scan_due()
    version.refresh_from_db()
    return version


def test_a_file_waits_until_the_scanner_says_it_is_clean(clamd: FakeScanner, add: Any):
    version = add()
    assert (version.scan, version.may_be_served) == (Scan.WAITING, False)
    version = scan(version)
    assert (version.scan, version.may_be_served) == (Scan.CLEAN, True)
    assert clamd.read == a_pdf()
    scan_due()
    assert clamd.asked == 1, "not asked again"


def test_an_infected_file_goes_and_its_row_stays(
    clamd: FakeScanner, add: Any, django_capture_on_commit_callbacks: Any
):
    version = add(a_pdf() + b"\n%" + EICAR)
    name, storage = version.file.name, version.file.storage
    with django_capture_on_commit_callbacks(execute=True):
        version = scan(version)
    assert (version.scan, version.file.name) == (Scan.INFECTED, "")
    assert not storage.exists(name)
    (mail,) = [mail for mail in sent_mails() if "besmet" in mail["Subject"]]
    assert str(version.material_id) in text_of(mail)
    assert version.material.title not in text_of(mail)


@pytest.mark.parametrize("says", [None, b"", b"stream: OK or so\0"])
def test_a_scanner_that_does_not_answer_is_asked_again_and_in_the_end_the_file_is_held(
    clamd: FakeScanner, add: Any, settings: Any, says: bytes | None, back_office: User
):
    if says is None:
        settings.SCANNER = Scanner(host="127.0.0.1", port=9)
    else:
        clamd.says = says
    version = add()
    for tries in range(1, len(scanning.PAUSES) + 1):
        version = scan(version)
        assert (version.scan, version.tries) == (Scan.WAITING, tries)
        assert version.try_at > timezone.now()
        scan_due()
    assert things_waiting_for(back_office) == []
    version = scan(version)
    assert (version.scan, version.why_held) == (Scan.HELD, Held.AWAY)
    assert [mail["Subject"] for mail in sent_mails()] == ["Een bestand is niet gecontroleerd"]
    (thing,) = things_waiting_for(back_office)
    assert thing.url == "/beheer/materiaal/"


@pytest.mark.parametrize(
    ("says", "most", "why"),
    [
        (b"stream: Heuristics.Encrypted.PDF FOUND\0", 10_000_000, Held.LOCKED),
        (None, 10, Held.TOO_LARGE),
    ],
)
def test_what_cannot_be_looked_into_is_held_and_can_be_tried_again(
    clamd: FakeScanner,
    add: Any,
    says: bytes | None,
    most: int,
    why: str,
    sign_in: Any,
    back_office: User,
):
    clamd.says, clamd.most = says, most
    version = scan(add())
    assert (version.scan, version.why_held) == (Scan.HELD, why)
    browser: Client = sign_in(back_office)
    page = browser.get(f"/beheer/materiaal/{version.material_id}/")
    assert version.get_why_held_display() in page.text
    assert str(version.material_id) in browser.get("/beheer/materiaal/").text
    clamd.says, clamd.most = None, 10_000_000
    browser.post(f"/beheer/materiaal/{version.material_id}/opnieuw/")
    assert scan(version).scan == Scan.CLEAN


def test_without_a_scanner_nothing_goes_out_by_https(add: Any, settings: Any):
    settings.HTTPS = True
    version = scan(add())
    assert (version.scan, version.why_held) == (Scan.HELD, Held.NO_SCANNER)


def test_two_workers_ask_about_a_file_once(clamd: FakeScanner, add: Any):
    version = add()
    now = timezone.now()
    assert scanning.take(version.pk, now) is not None
    assert scanning.take(version.pk, now) is None
    later = now + dt.timedelta(minutes=scanning.PAUSES[0])
    assert scanning.take(version.pk, later) is not None, "where the first one broke off"


def test_a_file_that_is_lost_is_held(clamd: FakeScanner, add: Any):
    version = add()
    version.file.storage.delete(version.file.name)
    assert scan(version).why_held == Held.LOST
    Material.objects.update(withdrawn_at=timezone.now())


def test_a_clean_file_is_not_tried_again(clamd: FakeScanner, add: Any, back_office: User):
    version = scan(add())
    with pytest.raises(managing.MaterialError):
        managing.try_again(version_id=version.pk, by=back_office)


def test_a_file_is_scanned_where_it_lies_in_a_bucket(
    clamd: FakeScanner, add: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(Version._meta.get_field("file"), "storage", bucket())
    assert scan(add()).scan == Scan.CLEAN
    assert clamd.read == a_pdf()
