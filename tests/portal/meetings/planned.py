"""What tests do to write a meeting down: through its service, or as a browser fills in its form."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.db.models import Model
from django.test import Client
from django.utils import translation
from wagtail.models import ModelLogEntry

from portal.accounts.models import User
from portal.meetings import changes, services
from portal.meetings.facts import AccreditationFacts, SessionFacts
from portal.meetings.models import Meeting, Session
from tests.planning import CourseFactory, PolicyFactory, at, in_days


def session(
    day: dt.date | None = None,
    start: tuple[int, int] = (13, 30),
    end: tuple[int, int] = (17, 0),
    **fields: Any,
) -> SessionFacts:
    """In a month, in the afternoon."""
    on = day or in_days(30)
    return SessionFacts(**{"starts_at": at(on, *start), "ends_at": at(on, *end)} | fields)


def new_meeting(**fields: Any) -> Meeting:
    """Not stored yet."""
    plain = {"course": CourseFactory(), "policy": PolicyFactory(), "capacity": 12, "code": "nieuw"}
    return Meeting(**plain | fields)


def session_as_stored(row: Session, **changed: Any) -> SessionFacts:
    names = ("id", "starts_at", "ends_at", "title", "title_en", "break_minutes", "counts")
    return SessionFacts(**{name: getattr(row, name) for name in names} | changed)


def parts_of(meeting: Meeting) -> dict[str, Any]:
    """What belongs to it, as it is stored."""
    names = ("scheme", "hours", "category", "number", "granted_on")
    return {
        "sessions": [session_as_stored(row) for row in meeting.sessions.all()],
        "accreditations": [
            AccreditationFacts(**{name: getattr(row, name) for name in names})
            for row in meeting.accreditations.all()
        ],
        "speakers": list(meeting.speakers.all()),
    }


def save(meeting: Meeting, *, by: User | None = None, parts: Any = None, **columns: Any) -> Meeting:
    """Stores it as it is, but for what is named."""
    fresh = Meeting.objects.get(pk=meeting.pk)
    for name, value in columns.items():
        setattr(fresh, name, value)
    return services.save_meeting(meeting=fresh, by=by, **parts_of(meeting) | (parts or {}))


@contextmanager
def listening() -> Iterator[list[changes.Change]]:
    """What the rooms above are told meanwhile."""
    heard: list[changes.Change] = []
    changes.LISTENERS.append(heard.append)
    try:
        yield heard
    finally:
        changes.LISTENERS.remove(heard.append)


def log_of(row: Model) -> list[ModelLogEntry]:
    """What was done to a row, in order."""
    return list(ModelLogEntry.objects.for_instance(row).order_by("timestamp", "pk"))


# --- As a browser does ---------------------------------------------------------------------------


# What a browser shows, and sends, in place of a NUL.
NUL_IN_A_PAGE = "\ufffd"


def soup_of(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "lxml")


def filled_in(answer: Any, field: str) -> dict[str, Any]:
    """What a browser would send of the form that has a field of this name, as it stands."""
    named = soup_of(answer).find(attrs={"name": field})
    assert isinstance(named, Tag)
    form = named.find_parent("form")
    assert isinstance(form, Tag)
    found: dict[str, Any] = {}
    for control in form.select("[name]"):
        for value in values_of(control):
            found.setdefault(control["name"], []).append(value)
    return found


def values_of(control: Tag) -> list[str]:
    if control.name == "select":
        return [str(option.get("value", "")) for option in control.select("option[selected]")]
    if control.name == "textarea":
        return [control.text.removeprefix("\n")]
    if control.get("type") in {"checkbox", "radio"}:
        return [str(control.get("value", "on"))] if control.has_attr("checked") else []
    return [] if control.name == "button" else [str(control.get("value", ""))]


def sent(browser: Client, address: str, field: str, **typed: Any) -> Any:
    """Opens the form that has a field of this name, adds the rows it needs, types, and sends it."""
    shown = filled_in(browser.get(address), field)
    return browser.post(address, shown | totals_for(shown, typed) | typed)


def totals_for(shown: dict[str, Any], typed: dict[str, Any]) -> dict[str, str]:
    """How many rows there are once those that are typed in were added."""
    totals: dict[str, str] = {}
    for name in typed:
        prefix, number, *rest = f"{name}--".split("-")
        total = f"{prefix}-TOTAL_FORMS"
        if number.isdecimal() and any(rest) and total in shown:
            least = totals.get(total, shown[total][0])
            totals[total] = str(max(int(least), int(number) + 1))
    return totals


def told_by_mail(
    browser: Client, address: str, answer: Any, *, telling: str = "mail", **typed: Any
) -> Any:
    """Answers the screen that shows who will be mailed: with the mail, or "silent"."""
    assert answer.status_code == 200, answer.status_code
    shown = filled_in(answer, "telling_shown")
    return browser.post(address, shown | {"telling": telling} | typed, follow=True)


def errors_at(answer: Any, field: str) -> list[str]:
    """What stands at a field of the form."""
    return in_english(answer.context["form"].errors.get(field, []))


def in_english(errors: Any) -> list[str]:
    """As the page said it: Django's own sentences are put in words when they are read."""
    with translation.override("en"):
        return [str(error) for error in errors]
