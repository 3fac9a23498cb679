"""The kit that rooms are made with (docs/a-new-room.md): who may, and what a form does."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation
from openpyxl import load_workbook
from pytest_django import Settings
from wagtail.admin.ui.tables import Column

from legal.rights.registry.declarations import labelled
from pluc import portal_header
from pluc.deeds import Done, Refused, carry_out, posted
from pluc.errors import or_not_found
from pluc.on_request import Left
from pluc.portal_header import Entry
from pluc.signed_in import SignedInRequest, for_members, for_staff
from pluc.staff_screens import links
from pluc.staff_screens.deeds import RowDeed, deed_named, open_to
from pluc.staff_screens.exports import spreadsheet
from portal.accounts.models import Person, User
from tests.factories import PersonFactory

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = [
    path
    for room in ("headless", "home", "legal", "portal", "search", "site")
    for path in (ROOT / room).rglob("*.py")
]


class Pears(forms.Form):
    number = forms.IntegerField(max_value=9)


class TooMany(Refused):
    field = "number"

    @property
    def sentence(self) -> str:
        return "There are three left."


class Elsewhere(Refused):
    field = "colour"  # which this form does not ask for


def asked(method: str = "get", user: Any = None, **typed: Any) -> HttpRequest:
    request: HttpRequest = getattr(RequestFactory(), method)("/peren/", typed)
    request.user = user or AnonymousUser()
    Left[CookieStorage]("_messages").put(request, CookieStorage(request))
    return request


def outcome(request: HttpRequest, do: Callable[[], Done]) -> tuple[HttpResponse, Pears]:
    form = Pears(posted(request))
    return carry_out(request, form, do, show=lambda *, status: HttpResponse(status=status)), form


def take() -> Done:
    return Done("They are yours.", "/mand/")


def refuse(error: Exception) -> Callable[[], Done]:
    def do() -> Done:
        raise error

    return do


# --- What a form does ----------------------------------------------------------------------------


def test_looking_does_nothing():
    answer, form = outcome(asked(number="3"), refuse(AssertionError("done by looking")))
    assert (answer.status_code, form.is_bound) == (200, False)


def test_what_is_done_is_told_and_leads_on():
    request = asked("post", number="3")
    answer, _ = outcome(request, take)
    assert (answer.status_code, answer["Location"]) == (302, "/mand/")
    assert [(m.level_tag, m.message) for m in get_messages(request)] == [
        ("success", "They are yours.")
    ]


@pytest.mark.parametrize("typed", [{}, {"number": "99"}, {"number": "peer"}])
def test_what_is_filled_in_wrongly_is_not_done(typed: dict[str, str]):
    answer, form = outcome(asked("post", **typed), refuse(AssertionError("done all the same")))
    assert (answer.status_code, bool(form.errors["number"])) == (422, True)


@pytest.mark.parametrize(
    ("error", "field", "sentence"),
    [
        (TooMany(), "number", "There are three left."),
        (Elsewhere("No such colour."), "__all__", "No such colour."),
        (Refused("The shop is closed."), "__all__", "The shop is closed."),
    ],
)
def test_what_is_refused_is_told_on_the_form(error: Refused, field: str, sentence: str):
    request = asked("post", number="3")
    answer, form = outcome(request, refuse(error))
    assert (answer.status_code, list(form.errors)) == (422, [field])
    assert list(map(str, form.errors[field])) == [sentence]
    assert not list(get_messages(request))


def test_a_fault_of_ours_is_no_refusal():
    with pytest.raises(ZeroDivisionError):
        outcome(asked("post", number="3"), refuse(ZeroDivisionError()))


# --- Who may -------------------------------------------------------------------------------------


def greet(request: SignedInRequest) -> HttpResponse:
    return HttpResponse(request.user.email)


@pytest.mark.django_db
def test_a_page_of_members_has_a_user_or_asks_for_one(participant: User):
    assert for_members(greet)(asked(user=participant)).text == participant.email
    answer = for_members(greet)(asked())
    assert (answer.status_code, "next=/peren/" in answer["Location"]) == (302, True)


@pytest.mark.django_db
def test_a_staff_screen_is_for_who_may(participant: User, superuser: User):
    screen = for_staff(lambda user: user.is_superuser)(greet)
    assert screen(asked(user=superuser)).text == superuser.email
    for other in (participant, None):
        with pytest.raises(PermissionDenied):
            screen(asked(user=other))


def test_what_is_not_there_is_not_found():
    assert or_not_found(0) == 0
    with pytest.raises(Http404):
        or_not_found(None)


# --- What leads on -------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_row_leads_where_its_reader_may_go(
    monkeypatch: pytest.MonkeyPatch, participant: User, superuser: User
):
    monkeypatch.setattr(links, "_links", links.defaultdict(list))
    person = PersonFactory(first_name="Peer")
    may = {"may": lambda user: user.is_superuser}
    links.register_link(Person, "Basket", lambda one: f"/mand/{one.first_name}/", **may)
    links.register_link(Person, "Tree", lambda one: "/boom/", when=lambda one: False, **may)
    links.register_link(Person, "Mail", "outbox_mail", **may)
    assert links.links_about(person, user=superuser) == [
        ("Basket", "/mand/Peer/"),
        ("Mail", f"/beheer/mail/{person.pk}/"),
    ]
    assert links.links_about(person, user=participant) == []


def test_only_what_can_be_done_now_has_a_button():
    def deed(slug: str, is_open: bool) -> RowDeed[str]:
        return RowDeed(
            slug=slug, label="", question="", done="", is_open=lambda *_: is_open, do=print
        )

    deeds = [deed("pluk", is_open=True), deed("eet", is_open=False)]
    assert [one.slug for one in open_to(User(), "peer", deeds)] == ["pluk"]
    assert deed_named("eet", deeds) is deeds[1]
    with pytest.raises(Http404):
        deed_named("gooi", deeds)


def test_a_spreadsheet_has_the_columns_of_a_list():
    columns = [Column("name", label="Name"), Column("size", label="Size", accessor="facts.size")]
    rows = [{"name": "=Peer", "facts": {"size": 3}}, {"name": "Pruim", "facts": {}}]
    sheet = load_workbook(BytesIO(spreadsheet("fruit", columns, rows))).active
    assert list(sheet.values) == [
        ("Name", "Size"),
        ("=Peer", 3),
        ("Pruim", None),
    ]


def test_what_is_shown_of_people_is_called_as_its_model_calls_it():
    shown = labelled("enrolments.Enrolment", ["state", ("meeting__starts_at", "When")])
    with translation.override("en"):
        assert {name: str(label) for name, label in shown.items()} == {
            "state": "State",
            "meeting__starts_at": "When",
        }
    with pytest.raises(LookupError, match="hat"):
        labelled("enrolments.Enrolment", ["hat"])


def test_the_header_tells_where_one_is(monkeypatch: pytest.MonkeyPatch, settings: Settings):
    settings.ROOT_URLCONF = "pluc.urls.one_host"
    names = [("Account", "account", False), ("Start", "desk", True)]
    monkeypatch.setattr(
        portal_header,
        "ENTRIES",
        [
            Entry(order=9 - number, label=label, view=view, is_for_guests=for_guests)
            for number, (label, view, for_guests) in enumerate(names)
        ],
    )

    def told(path: str, user: Any = None) -> list[tuple[str, str]]:
        request = asked(user=user)
        request.path = path
        return [(label, current) for label, _, current in portal_header.entries_for(request)]

    assert told("/mijn/") == [("Start", "page")]
    assert told("/mijn/", User()) == [("Start", "page"), ("Account", "")]
    assert told("/mijn/account/", User()) == [("Start", ""), ("Account", "page")]
    assert told("/mijn/account/adres/", User()) == [("Start", ""), ("Account", "true")]


def test_the_header_leads_to_every_room_and_to_own_meetings_who_has_come_in(settings: Settings):
    settings.ROOT_URLCONF = "pluc.urls.one_host"

    def ways(user: Any = None) -> list[str]:
        return [url for _, url, _ in portal_header.entries_for(asked(user=user))]

    own = ["/mijn/bijeenkomsten/", "/mijn/certificaten/"]
    assert ways(User()) == ["/mijn/", *own, "/mijn/gegevens/", "/mijn/account/"]
    assert ways() == [way for way in ways(User()) if way not in own]


# --- One of each ---------------------------------------------------------------------------------


def files_with(pattern: str) -> set[str]:
    """Product files, from the repository's root, in which something stands."""
    found = re.compile(pattern)
    return {str(path.relative_to(ROOT)) for path in PRODUCT if found.search(path.read_text())}


@pytest.mark.parametrize(
    ("pattern", "files"),
    [
        (r"class \w+\(MenuItem\)", {"site/pluc/staff_screens/menu.py"}),
        (r"any_permission_required", {"site/pluc/staff_screens/listing.py"}),
        (r"request\.user,?  # type: ignore", set()),
        (r"\blogin_required\b", set()),
    ],
)
def test_the_kit_alone_does_what_it_is_for(pattern: str, files: set[str]):
    assert files_with(pattern) == files


def test_few_lines_are_kept_from_the_type_checker():
    texts = [path.read_text() for path in [*PRODUCT, *(ROOT / "tests").rglob("*.py")]]
    assert sum(len(re.findall(r"# type: ignore\[", text)) for text in texts) <= 25
