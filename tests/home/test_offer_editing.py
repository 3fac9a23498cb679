"""Writing the pages of courses and partners. Their addresses are facts of the back office."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Locale
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from home.models import CoursePage, PartnerPage
from portal.accounts.models import User
from tests.enrolling import attendee, enrol
from tests.factories import (
    CoursePageFactory,
    PartnerPageFactory,
    PersonFactory,
    offer_page,
    partners_page,
)
from tests.home.offers import on_offer
from tests.planning import ContactFactory, CourseFactory, OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
SignIn = Callable[[User], Client]

EMPTY = {
    "slug": "getypt",
    "title": "Een titel",
    "picture": "",
    "body": streamfield([]),
    "comments": inline_formset([]),
}


def form_at(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.text, "lxml")


def add(client: Client, kind: str, parent: int, **fields: object) -> str:
    """Publishes a new page; answers with what the staff screens say of it."""
    data = nested_form_data(EMPTY | {"action-publish": "1"} | fields)
    response = client.post(f"/beheer/pages/add/home/{kind}/{parent}/", data, follow=True)
    return response.text


def test_an_editor_writes_the_page_of_a_course(sign_in: SignIn, editor: User, visitor: Client):
    course = CourseFactory(slug="fiscaal", title="Fiscaal")
    goals = streamfield([("goal", "Je rekent het uit.")])
    add(sign_in(editor), "coursepage", offer_page().pk, course=course.pk, goals=goals)
    page = CoursePage.objects.get()
    assert (page.live, page.slug, page.course) == (True, "fiscaal", course)
    assert "Je rekent het uit." in visitor.get("/bijeenkomsten/fiscaal/").text


def test_an_editor_writes_the_page_of_a_partner(sign_in: SignIn, editor: User, visitor: Client):
    partner = OrganisationFactory(slug="gilde", is_partner=True)
    body = streamfield([("text", rich_text("<p>Bij ons in de keuken.</p>"))])
    add(sign_in(editor), "partnerpage", partners_page().pk, organisation=partner.pk, body=body)
    assert "Bij ons in de keuken." in visitor.get("/partners/gilde/").text


def test_a_course_has_one_page_in_each_language(sign_in: SignIn, editor: User):
    course = CourseFactory()
    CoursePageFactory(course=course)
    client = sign_in(editor)
    add(client, "coursepage", offer_page().pk, course=course.pk, goals=streamfield([]))
    assert CoursePage.objects.count() == 1
    add(client, "coursepage", offer_page("en").pk, course=course.pk, goals=streamfield([]))
    pages = CoursePage.objects.order_by("locale__language_code")
    assert [page.locale.language_code for page in pages] == ["en", "nl"]
    assert {page.slug for page in pages} == {course.slug}


def errors_at(told: str, field: str) -> list[str]:
    """What stands beside a field that is not filled in rightly."""
    section = BeautifulSoup(told, "lxml").select(f"section:has(#id_{field})")[-1]
    return [error.get_text(strip=True) for error in section.select(".error-message")]


def test_a_second_page_is_refused_beside_the_field(sign_in: SignIn, editor: User):
    course, parent = CourseFactory(), offer_page().pk
    CoursePageFactory(course=course)
    told = add(sign_in(editor), "coursepage", parent, course=course.pk, goals=streamfield([]))
    assert errors_at(told, "course")


def test_an_english_page_does_not_go_online_with_a_dutch_title(sign_in: SignIn, editor: User):
    course = CourseFactory(title="Peren tellen", title_en="")
    fields = {"course": course.pk, "goals": streamfield([])}
    client, english = sign_in(editor), offer_page("en").pk
    told = add(client, "coursepage", english, title="Peren tellen", **fields)
    assert errors_at(told, "title")
    add(client, "coursepage", english, title="Counting pears", **fields)
    assert CoursePage.objects.get().live


def test_an_english_page_made_by_hand_does_not_go_online_with_dutch_texts(
    sign_in: SignIn, editor: User
):
    goals = streamfield([("goal", "Je telt peren.")])
    body = streamfield([("text", rich_text("<p>Twee dagen peren.</p>"))])
    texts = {"intro": "Over peren.", "audience": "Voor tellers.", "goals": goals, "body": body}
    course = CourseFactory(title="Peren tellen", title_en="Counting pears")
    client, english = sign_in(editor), offer_page("en").pk
    add(client, "coursepage", offer_page().pk, course=course.pk, **texts)
    told = add(client, "coursepage", english, course=course.pk, **texts)
    assert told.count("Hier staat nog de Nederlandse tekst.") == 4
    assert CoursePage.objects.count() == 1
    add(client, "coursepage", english, course=course.pk, goals=streamfield([]), intro="On pears.")
    assert CoursePage.objects.count() == 2


def test_a_page_is_asked_what_it_is_about(sign_in: SignIn, editor: User):
    told = add(sign_in(editor), "coursepage", offer_page().pk, course="", goals=streamfield([]))
    assert errors_at(told, "course")
    assert not CoursePage.objects.exists()


def test_only_partners_can_have_a_page(sign_in: SignIn, editor: User):
    client = OrganisationFactory(name="Klant", is_client=True)
    partner = OrganisationFactory(name="Gilde", is_partner=True)
    address = f"/beheer/pages/add/home/partnerpage/{partners_page().pk}/"
    choices = form_at(sign_in(editor), address).select("#id_organisation option")
    assert [choice.get("value") for choice in choices] == ["", str(partner.pk)]
    add(sign_in(editor), "partnerpage", partners_page().pk, organisation=client.pk)
    assert not PartnerPage.objects.exists()


@pytest.mark.parametrize("factory", [CoursePageFactory, PartnerPageFactory])
def test_the_address_and_what_it_is_about_are_locked(sign_in: SignIn, editor: User, factory):
    page = factory(title="Zoals het was")
    slug, row = page.slug, getattr(page, page.named_after)
    client, address = sign_in(editor), f"/beheer/pages/{page.pk}/edit/"
    form = form_at(client, address)
    for name in ("slug", page.named_after):
        assert form.select(f"#id_{name}")[0].has_attr("disabled")
    other = CourseFactory() if factory is CoursePageFactory else OrganisationFactory(is_partner=True)  # fmt: skip  # noqa: E501  one choice
    fields = {page.named_after: other.pk, "goals": streamfield([]), "action-publish": "1"}
    client.post(address, nested_form_data(EMPTY | fields))
    page.refresh_from_db()
    assert (page.title, page.slug) == ("Een titel", slug)
    assert getattr(page, page.named_after) == row


@pytest.mark.parametrize("factory", [CoursePageFactory, PartnerPageFactory])
def test_a_page_of_a_fact_is_not_copied(sign_in: SignIn, editor: User, superuser: User, factory):
    page = factory()
    for user in (editor, superuser):
        assert sign_in(user).get(f"/beheer/pages/{page.pk}/copy/").status_code in (302, 403, 404)
        assert not page.permissions_for_user(user).can_copy()


def test_a_translation_stands_at_the_same_short_name(visitor: Client):
    """Translations are made without the form, and Wagtail would give them a slug of their own."""
    page = CoursePageFactory(course=CourseFactory(slug="fiscaal"))
    offer_page("en")
    english = page.copy_for_translation(Locale.objects.get(language_code="en"))
    english.save_revision().publish()
    assert visitor.get("/en/meetings/fiscaal/").status_code == 200


@pytest.mark.promise("P17")
def test_an_editor_sees_nobodys_data(sign_in: SignIn, editor: User):
    partner = OrganisationFactory(name="Gilde", is_partner=True, invoice_street="Factuurstraat 9")
    contact = ContactFactory(organisation=partner, person=PersonFactory())
    meeting = on_offer(format="partner", partner=partner)
    enrol(meeting, attendee(last_name="Geheimschrijver", email="geheim@kantoor.example"))
    course_page = CoursePage.objects.get(course=meeting.course)
    partner_page = PartnerPageFactory(organisation=partner)
    client = sign_in(editor)
    for page in (course_page, partner_page):
        assert client.get(f"/beheer/pages/{page.pk}/edit/").status_code == 200
        for view in ("edit", "history", "usage", "delete", "view_draft"):
            text = client.get(f"/beheer/pages/{page.pk}/{view}/").text
            for secret in ("Geheim", "geheim@", contact.person.email, "Factuurstraat"):
                assert secret not in text, (page, view)
