"""The enrolling form as a browser meets it: fetched, filled in, sent."""

import re
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse
from django.test import Client

from portal.meetings.models import Meeting
from tests.houses import House

GERDA = {"first_name": "Gerda", "last_name": "Gast", "email": "gerda@kantoor.example"}
FREEK = {"first_name_2": "Freek", "last_name_2": "Fijn", "email_2": "freek@kantoor.example"}
INVOICE = {
    "invoice_name": "Perenhof B.V.",
    "invoice_street": "Perenlaan 1",
    "invoice_postal_code": "3511 AB",
    "invoice_city": "Utrecht",
}


def form_of(house: House, meeting: Meeting) -> str:
    """The address of the form."""
    return house.portal_path(f"/bijeenkomsten/{meeting.code}/aanmelden/")


def enrolled_page(house: House, meeting: Meeting) -> str:
    return f"{form_of(house, meeting)}klaar/"


def soup(answer: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "lxml")


def form_in(answer: HttpResponse) -> Tag:
    """The enrolling form of a page."""
    found = soup(answer).select_one("form.enrol-form")
    assert found is not None
    return found


def fields_in(answer: HttpResponse) -> dict[str, str]:
    """What a browser would send of it as it stands there."""
    return {
        str(field["name"]): str(field.get("value", "on" if field["type"] == "checkbox" else ""))
        for field in form_in(answer).select("input[name]")
        if field["type"] != "checkbox" or field.has_attr("checked")
    }


def visible_in(answer: HttpResponse) -> set[str]:
    """The names of the fields that a person fills in."""
    return {
        str(field["name"])
        for field in form_in(answer).select("input[name]:not([type=hidden])")
        if field.find_parent(hidden=True) is None
    }


def required_in(answer: HttpResponse) -> set[str]:
    return {str(field["name"]) for field in form_in(answer).select("input[required]")}


def send(browser: Client, path: str, **typed: Any) -> HttpResponse:
    """Fetches the form, fills it in, sends it."""
    return browser.post(path, fields_in(browser.get(path)) | typed)


def without_tokens(answer: HttpResponse) -> str:
    """A page without what differs between any two."""
    return re.sub(r'name="(csrfmiddlewaretoken|form_id)" value="[^"]*"', r'name="\1"', answer.text)
