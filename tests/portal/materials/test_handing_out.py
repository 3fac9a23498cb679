"""A file as it leaves: whole, in part, and what is written down of it (STANDARDS 6.15)."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pluc.private_files import storage_of
from portal.accounts.models import User
from portal.materials.claims import hand_over_handed_out
from portal.materials.models import HandedOut, Version
from portal.materials.services.handing_out import note_handed_out
from portal.meetings.models import Meeting
from tests.buckets import bucket
from tests.enrolling import attendee, enrol
from tests.factories import PersonFactory
from tests.material import give_file, give_material, give_version
from tests.planning import MeetingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

CONTENT = bytes(range(200))


@pytest.fixture
def version(participant: User) -> Version:
    """A file of a meeting that the participant has a place in."""
    meeting = MeetingFactory(state=Meeting.State.DEFINITE)
    enrol(meeting, attendee(email=participant.email), user=participant)
    return give_file(meeting, CONTENT)


@pytest.fixture
def browser(sign_in: Any, participant: User) -> Client:
    return sign_in(participant)


def fetch(browser: Client, version: Version, **headers: str) -> HttpResponse:
    return browser.get(f"/mijn/materiaal/{version.pk}/", headers=headers or None)


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.each_database
@pytest.mark.promise("P03")
@pytest.mark.promise("P12")
def test_a_file_is_fetched_in_the_portal_and_that_is_written_down_once(
    browser: Client, version: Version, participant: User
):
    for _time in range(2):
        response = fetch(browser, version)
        assert body(response) == CONTENT
    assert response.status_code == 200
    assert response["Content-Length"] == "200"
    row = HandedOut.objects.get()
    assert (row.person, row.version) == (participant.person, version)


def test_a_file_is_saved_and_does_nothing_in_our_name(browser: Client, version: Version):
    Version.objects.update(name='Perzikën "2026".pdf')
    response = fetch(browser, version)
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Perzik%C3%ABn")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store, private"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "script-src" not in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("asked", "content_range", "part"),
    [
        ("bytes=0-9", "bytes 0-9/200", CONTENT[:10]),
        ("bytes=190-", "bytes 190-199/200", CONTENT[190:]),
        ("bytes=-5", "bytes 195-199/200", CONTENT[195:]),
        ("bytes=-500", "bytes 0-199/200", CONTENT),
        ("bytes=100-99999999999999999999999999", "bytes 100-199/200", CONTENT[100:]),
        ("Bytes= 199-199", "bytes 199-199/200", CONTENT[199:]),
    ],
)
def test_a_part_is_handed_out(
    browser: Client, version: Version, asked: str, content_range: str, part: bytes
):
    response = fetch(browser, version, range=asked)
    assert response.status_code == 206
    assert response["Content-Range"] == content_range
    assert response["Content-Length"] == str(len(part))
    assert body(response) == part
    assert HandedOut.objects.count() == 1


@pytest.mark.parametrize("asked", ["bytes=200-", "bytes=-0", "bytes=" + "9" * 5000 + "-"])
def test_a_part_beyond_the_end_is_told_so(browser: Client, version: Version, asked: str):
    response = fetch(browser, version, range=asked)
    assert response.status_code == 416
    assert response["Content-Range"] == "bytes */200"
    assert not HandedOut.objects.exists()


MANY = "bytes=" + ",".join(f"{n}-{n}" for n in range(1000))


@pytest.mark.parametrize(
    "asked", ["bytes=9-1", "bytes=-", "bytes=a-b", "lines=0-1", "bytes=٠-٩", "", MANY]
)
def test_what_is_no_single_part_is_answered_with_the_whole(
    browser: Client, version: Version, asked: str
):
    response = fetch(browser, version, range=asked.encode().decode("latin-1"))
    assert response.status_code == 200
    assert body(response) == CONTENT


def test_a_part_of_another_file_is_answered_with_the_whole(browser: Client, version: Version):
    first = fetch(browser, version)
    same = [first["ETag"], first["Last-Modified"]]
    other = ['"elsewhere"', f"W/{first['ETag']}", "Mon, 01 Jan 2024 00:00:00 GMT", "yesterday"]
    for known, status in [(one, 206) for one in same] + [(one, 200) for one in other]:
        response = fetch(browser, version, range="bytes=0-0", if_range=known)
        assert response.status_code == status, known


def test_who_only_asks_or_has_it_already_is_handed_nothing(browser: Client, version: Version):
    address = f"/mijn/materiaal/{version.pk}/"
    response = browser.head(address, headers={"range": "bytes=0-0"})
    assert (response.status_code, response["Content-Length"]) == (200, "200")
    again = fetch(browser, version, if_none_match=response["ETag"], range="bytes=0-0")
    assert (again.status_code, body(again)) == (304, b"")
    assert fetch(browser, version, if_match='"another"').status_code == 412
    assert browser.post(address).status_code == 405
    assert not HandedOut.objects.exists()


def test_each_part_costs_the_same_few_queries(
    browser: Client, version: Version, django_assert_num_queries: Any
):
    fetch(browser, version)
    with django_assert_num_queries(8):
        fetch(browser, version, range="bytes=5-6")


@pytest.mark.promise("P12")
def test_an_old_link_leads_to_the_file_that_people_get_now(browser: Client, version: Version):
    body(fetch(browser, version))
    newer = give_version(version.material, b"newer")
    response = fetch(browser, version)
    assert (response.status_code, response["Location"]) == (302, f"/mijn/materiaal/{newer.pk}/")
    assert body(browser.get(response["Location"])) == b"newer"
    assert HandedOut.objects.count() == 2  # which version somebody has stays known
    give_version(newer.material, b"newest", scan=Version.Scan.WAITING)
    assert fetch(browser, newer).status_code == 200, "until the newest is clean"


def test_a_file_that_the_store_lost_is_not_handed_out(browser: Client, version: Version):
    version.file.storage.delete(version.file.name)
    assert fetch(browser, version).status_code == 404
    assert not HandedOut.objects.exists()


@pytest.mark.each_database
def test_a_file_comes_from_a_bucket_as_well_and_goes_with_its_row(
    browser: Client,
    version: Version,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
):
    storage = bucket()
    monkeypatch.setattr(Version._meta.get_field("file"), "storage", storage)
    stored = give_version(give_material(version.material.meeting), CONTENT)
    response = fetch(browser, stored, range="bytes=3-7")
    assert (response.status_code, body(response)) == (206, CONTENT[3:8])
    with django_capture_on_commit_callbacks(execute=True):
        stored.material.delete()
    assert not storage.exists(stored.file.name)


def test_a_bucket_that_is_away_is_an_outage(
    browser: Client, version: Version, monkeypatch: pytest.MonkeyPatch
):
    away = storages.create_storage(storage_of("s3://a:b@127.0.0.1:9/c?tls=no", Path()))
    monkeypatch.setattr(Version._meta.get_field("file"), "storage", away)
    browser.raise_request_exception = False
    assert fetch(browser, version).status_code == 503
    assert not HandedOut.objects.exists()


def test_a_page_of_material_costs_as_many_queries_with_one_as_with_three(
    browser: Client, version: Version
):
    address = f"/mijn/bijeenkomsten/{version.material.meeting.code}/"
    browser.get(address)
    with CaptureQueriesContext(connection) as one:
        browser.get(address)
    for _time in range(2):
        give_version(give_file(version.material.meeting).material, b"new")
    with CaptureQueriesContext(connection) as three:
        page = browser.get(address)
    assert page.text.count('class="material"') == 3
    assert len(three) == len(one)


@pytest.mark.each_database
def test_two_requests_at_once_make_one_row(version: Version, participant: User):
    for _request in range(2):
        note_handed_out(person=participant.person, version_id=version.pk)
    assert HandedOut.objects.count() == 1


@pytest.mark.promise("P12")
def test_what_a_claimed_record_was_given_comes_along(version: Version, participant: User):
    record = PersonFactory()
    newer = give_version(version.material, b"newer")
    for person, one in [(record, version), (record, newer), (participant.person, version)]:
        note_handed_out(person=person, version_id=one.pk)
    hand_over_handed_out(record, participant.person)
    own = HandedOut.objects.filter(person=participant.person)
    assert {row.version for row in own} == {version, newer}
