"""When database, cache or disk fail, the answer is 503 and keeps what was typed (decision 0019)."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client

from pluc import health, locks
from pluc.outages import outage
from portal.contact.models import ContactMessage
from tests import databases
from tests.factories import ContactPageFactory
from tests.houses import House
from tests.legal.browsers import SAME_ORIGIN

pytestmark = pytest.mark.thorough

PASSWORD = "een lang wachtwoord"
TYPED = {
    "name": "Vera Vraag",
    "email": "vera@kantoor.example",
    "phone": "",
    "topic": "courses",
    "text": 'Is er nog plek?\r\nEn "koffie" & <taart>?',
}
SQLITE_ONLY = pytest.mark.skipif(databases.POSTGRES, reason="about SQLite alone")


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def locked() -> Iterator[None]:
    """Another program holds the lock of writers."""
    execute("PRAGMA busy_timeout = 50")
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setitem(settings.DATABASES["default"]["OPTIONS"], "timeout", 0.05)
    monkeypatch.setattr(locks, "SHORT", 20)
    other = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.close()
    monkeypatch.undo()


@contextmanager
def read_only() -> Iterator[None]:
    on, off = ("PRAGMA query_only = 1", "PRAGMA query_only = 0")
    if databases.POSTGRES:
        on, off = (f"SET default_transaction_read_only = {state}" for state in ("on", "off"))
    execute(on)
    yield
    execute(off)


@contextmanager
def full() -> Iterator[None]:
    """No page can be added. A value that needs one is kept out; small ones may still fit."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        cursor.execute("PRAGMA freelist_count")
        assert cursor.fetchone() == (0,)
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    yield
    execute("PRAGMA max_page_count = 1000000")


def browser(client: Client) -> Client:
    """A client that gets the error page, where the test client would raise."""
    client.raise_request_exception = False
    return client


def form_in(page: str) -> dict[str, str]:
    """The fields of the one form on a page, passwords filled in."""
    (form,) = BeautifulSoup(page, "html.parser").select("form")
    fields = {field["name"]: field.get("value", PASSWORD) for field in form.select("input")}
    return fields | {"": form["action"]}


Outage = Callable[[], object]


@pytest.mark.parametrize(
    "out_of_order",
    [read_only, pytest.param(locked, marks=SQLITE_ONLY)],
)
def test_while_nothing_can_be_written_pages_are_read_and_forms_are_kept(
    committed: None, house: House, out_of_order: Outage
):
    ContactPageFactory()
    visitor, guest = browser(house.visitor()), browser(house.guest())
    visitor.get("/contact/")
    sign_in = {"login": "vera@kantoor.example", "password": PASSWORD}
    health.beat()
    with out_of_order():
        assert visitor.get("/contact/").status_code == 200
        assert visitor.get("/livez").status_code == 200
        ready = visitor.get("/readyz")
        at_contact = visitor.post("/contact/?x=1", TYPED, headers=SAME_ORIGIN)
        at_door = guest.post(
            house.portal_path("/inloggen/"), sign_in, headers=SAME_ORIGIN | {"accept": "text/html"}
        )
        elsewhere = visitor.post("/en/contact/", TYPED, headers={"origin": "https://x.example"})
    assert ready.status_code == 503
    assert (ready.json()["write"], ready.json()["database"]) == (False, True)
    for answer in (at_contact, at_door):
        assert answer.status_code == 503
        assert int(answer["Retry-After"]) > 0
        assert answer["Cache-Control"] == "no-store"
        assert "Het ligt aan ons" in answer.text
    assert elsewhere.status_code in {403, 503}
    assert not ContactMessage.objects.exists()

    again = form_in(at_contact.text)
    address = again.pop("")
    assert (address, again) == ("/contact/?x=1", TYPED)
    assert visitor.post(address, again, headers=SAME_ORIGIN).status_code == 303
    assert ContactMessage.objects.get().text == TYPED["text"].replace("\r\n", "\n")
    assert PASSWORD not in at_door.text
    assert form_in(at_door.text) == sign_in | {"": house.portal_path("/inloggen/")}
    assert visitor.get("/readyz").status_code == 200


def patience() -> int:
    """How long the connection waits for a lock, in milliseconds."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (milliseconds,) = cursor.fetchone()
    return int(milliseconds)


@SQLITE_ONLY
def test_after_one_wait_in_vain_the_others_wait_a_moment_until_the_lock_is_free(
    committed: None, visitor: Client
):
    ContactPageFactory()
    browser(visitor)
    with locked():
        assert visitor.post("/contact/", TYPED, headers=SAME_ORIGIN).status_code == 503
        assert patience() == locks.SHORT
        assert visitor.get("/livez").status_code == 200
        assert patience() == locks.SHORT
    assert visitor.post("/contact/", TYPED, headers=SAME_ORIGIN).status_code == 303
    assert patience() == settings.LOCK_PATIENCE * 1000 == 20_000


@pytest.mark.skipif(not databases.POSTGRES, reason="about PostgreSQL alone")
def test_postgresql_waits_for_a_lock_as_long_as_sqlite(db: None):
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == (f"{settings.LOCK_PATIENCE}s",)


@SQLITE_ONLY
def test_a_full_disk_is_an_outage_too(committed: None, visitor: Client):
    ContactPageFactory()
    browser(visitor)
    with full():
        typed = TYPED | {"text": "x" * 3500}
        answers = [visitor.post("/contact/", typed, headers=SAME_ORIGIN) for _ in range(3)]
    assert answers[-1].status_code == 503
    assert "x" * 3500 in answers[-1].text


def test_the_cache_raises_where_it_cannot_write(committed: None, monkeypatch):
    """Django's own cache takes a database that fails for somebody else who was first."""
    assert cache.add("turn", 1) is True
    assert cache.add("turn", 2) is False
    assert cache.touch("turn", 60) is True
    with read_only(), pytest.raises(Exception, match=r"read.?only") as caught:
        cache.add("other", 1)
    assert outage(caught.value)
    assert (cache.get("turn"), cache.get("other")) == (1, None)
    cache.set("turn", 3, timeout=-1)
    assert cache.add("turn", 4) is True
    assert cache.delete("turn") is True
    assert cache.delete("turn") is False


@pytest.mark.django_db
def test_a_fault_of_ours_is_no_outage(visitor: Client):
    with pytest.raises(Exception, match="no_such_table") as caught:
        execute("SELECT * FROM no_such_table")
    assert not outage(caught.value)


def test_a_full_disk_below_a_file_is_an_outage_and_a_missing_file_is_not():
    assert "No space left" in outage(OSError(28, "No space left on device", "/x"))
    assert not outage(FileNotFoundError(2, "No such file", "/x"))
