"""Malformed requests, at the places where they once failed (docs/decisions/0017)."""

from collections.abc import Callable
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client, RequestFactory

from pluc.wsgi import Request, application
from portal.accounts.models import User
from portal.meetings.models import Meeting
from tests.factories import ContactPageFactory, home_page
from tests.planning import MeetingFactory

pytestmark = pytest.mark.django_db
TOO_MUCH = "9" * 25
SignIn = Callable[[User], Client]


def test_a_number_beyond_its_column_is_a_fault_of_its_field(participant: User, sign_in: SignIn):
    typed = {"first_name": "Dirk", "last_name": "Deelnemer", "language": "nl", "titles": TOO_MUCH}
    answer = sign_in(participant).post("/mijn/account/", typed)
    assert answer.status_code == 422
    assert TOO_MUCH in answer.context["form"].errors["titles"][0]


def test_a_nul_in_a_form_is_a_fault_of_its_field(participant: User, sign_in: SignIn):
    typed = {"first_name": "Di\0rk", "last_name": "Deelnemer", "language": "nl"}
    answer = sign_in(participant).post("/mijn/account/", typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["first_name"]


@pytest.mark.parametrize("key", [r'"aaaaaaaa\000"', "é" * 32, "' OR 1=1 --", "9" * 5_000])
def test_a_session_cookie_that_is_no_key_is_no_cookie(visitor: Client, key: str):
    answer = visitor.get("/mijn/account/", headers={"cookie": f"sessionid={key}"})
    assert answer.status_code == 302


def test_a_number_beyond_its_column_is_found_in_no_row(db: None):
    meeting = MeetingFactory()
    one, many = int(TOO_MUCH), [int(TOO_MUCH), -int(TOO_MUCH), meeting.course_id]
    assert not Meeting.objects.filter(course=one)
    assert not Meeting.objects.filter(pk__in=many[:1])
    assert list(Meeting.objects.filter(course__in=many)) == [meeting]
    assert list(Meeting.objects.exclude(course=one).exclude(pk__in=many[:2])) == [meeting]


def test_a_path_with_a_nul_is_nowhere_and_a_query_is_read_without_it(visitor: Client):
    assert visitor.get("/bl%00og/").status_code == 404
    assert visitor.get("/zoeken/?q=a%00b").context["query"] == "ab"


def test_a_library_that_stumbles_over_an_address_answers_400(superuser: User, sign_in: SignIn):
    browser = sign_in(superuser)
    for address in ("choose-page/chosen-multiple/?id=x", "choose-page/chosen-multiple/?id=-"):
        assert browser.get(f"/beheer/{address}").status_code == 400, address


def test_nothing_is_deleted_without_the_form_that_asks(superuser: User, sign_in: SignIn):
    course = MeetingFactory().course
    answer = sign_in(superuser).delete(f"/beheer/opleidingen/delete/{course.pk}/")
    assert answer.status_code == 405


def test_the_reports_answer_and_are_exported_as_what_was_asked_for(editor: User, sign_in: SignIn):
    ContactPageFactory(parent=home_page())
    browser, report = sign_in(editor), "/beheer/reports/aging-pages/"
    assert browser.get(report).status_code == 200
    assert browser.get(f"{report}?export=csv").headers["Content-Type"] == "text/csv"
    assert "spreadsheet" in browser.get(f"{report}?export=xlsx").headers["Content-Type"]
    assert browser.get(f"{report}?export=exe").status_code == 404
    assert browser.get("/beheer/snippets/home/author/?export=csv").status_code == 404


def test_drafts_keep_the_directions_that_had_another_name(db: None):
    page = ContactPageFactory(parent=home_page(), directions=[("text", "<p>Met de trein.</p>")])
    revision = page.save_revision()
    revision.content["route"] = revision.content.pop("directions")
    revision.save()
    import_module("home.migrations.0004_contact_directions").forwards(apps, None)
    revision.refresh_from_db()
    assert "trein" in str(revision.as_object().directions)


@pytest.mark.parametrize("charset", ["hex", "undefined", "zlib", "rot13", "idna", "none", "x" * 99])
def test_a_charset_that_is_none_of_text_counts_as_none(charset: str):
    environ = RequestFactory()._base_environ(
        QUERY_STRING="naam=Jos%C3%A9", CONTENT_TYPE=f"text/plain; charset={charset}"
    )
    assert "naam" in Request(environ).GET
    assert application.request_class is Request
