"""My data: everything about the viewer, nothing about anybody else (P13, P24; STANDARDS 3.5)."""

import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import translation

from legal.consent.models import AnalyticsId
from legal.rights.queries import sections_of
from legal.rights.registry import REGISTRY, Basis, Group
from legal.rights.services import record_disclosure, restrict
from pluc.outbox.models import Mail
from portal.accounts.models import Person, Registration, Title, User
from portal.contact.models import ContactMessage
from portal.newsletter.models import Subscription, SubscriptionStep
from tests.enrolling import attendee, enrol
from tests.factories import PersonFactory, UserFactory
from tests.houses import House
from tests.legal.versions import make_editions
from tests.planning import MeetingFactory, SpeakerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

ADDRESS = "/mijn/gegevens/"


@pytest.fixture
def page(sign_in: Callable[[User], Client], participant: User) -> Callable[..., BeautifulSoup]:
    """The page as Dirk sees it."""
    browser = sign_in(participant)

    def read(prefix: str = "") -> BeautifulSoup:
        answer = browser.get(f"{prefix}{ADDRESS}")
        assert answer.status_code == 200
        return BeautifulSoup(answer.content, "lxml")

    return read


def words_on(page: BeautifulSoup) -> str:
    return " ".join(page.find("main").get_text(" ").split())


def make_mail(number: int = 0, **fields: Any) -> Mail:
    facts = {"event": f"pears:{number}", "template": "pears", "message": b"Geheim: token-7f3a"}
    facts |= {"sender": "backoffice@pluc.example", "subject": f"Peren {number}"}
    return Mail.objects.create(**(facts | {"recipient": "dirk@kantoor.example"} | fields))


def fill(user: User, number: int) -> None:
    """Rows for somebody in every kind of table: with many rows, of libraries, by address."""
    if number:
        subscription = Subscription.objects.create(
            email=user.email, normal_email=user.email, person=user.person
        )
    for row in range(number):
        make_mail(row, person=user.person)
        key = f"sleutel-{user.pk}-{row}"
        UserSession.objects.create(user=user, ip="203.0.113.9", user_agent="Peer", session_key=key)
        Authenticator.objects.create(user=user, type="webauthn", data={"geheim": "totp-9d2c"})
        SubscriptionStep.objects.create(
            subscription=subscription, kind="asked", form="account", text="Updates?"
        )
        message = {"name": "Dirk", "email": user.email, "text": f"Vraag {row}", "language": "nl"}
        ContactMessage.objects.create(fingerprint=key, **message)
    user.person.titles.set(Title.objects.all()[:number])
    disclosed = {"kind": "speaker", "data": "name", "ground": "She speaks."}
    for _ in range(number):
        record_disclosure(people=[user.person_id], to="Sanne Spreker", **disclosed)


# --- What stands there ---------------------------------------------------------------------------


@pytest.mark.promise("P24")
def test_people_read_the_values_that_are_held(page, participant):
    Person.objects.filter(pk=participant.person_id).update(
        organisation="Van Peer & Pruim", phone="06 12 34 56 78", invoice_city="Zeist", job=""
    )
    participant.person.titles.set([Title.objects.get(code="RA")])
    Registration.objects.create(user=participant)
    words = words_on(page())
    for value in ("Dirk", "dirk@kantoor.example", "Van Peer & Pruim", "06 12 34 56 78", "Zeist"):
        assert value in words
    assert "RA" in words


@pytest.mark.each_database
@pytest.mark.promise("P24")
@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_group_says_what_why_how_long_from_where_and_for_whom(page, language: str):
    found = page("" if language == "nl" else "/en")
    with translation.override(language):
        general = [one for one in REGISTRY.personal if one.is_for_all]
        declared = [one for one in general if not one.group.is_for_staff]
        for one in declared:
            section = found.find(attrs={"aria-labelledby": one.group.value})
            words = " ".join(section.get_text(" ").split()).lower()
            told = [one.title, one.purpose, one.basis.label, one.retention, one.source.label]
            told += [recipient.label for recipient in one.recipients]
            for text in told:
                assert str(text).lower() in words, (one.table, str(text))


@pytest.mark.each_database
def test_what_a_stranger_typed_with_my_address_is_not_shown(page, participant):
    """The contact form proves no address."""
    ContactMessage.objects.create(
        name="Vera Vreemd",
        email=participant.email,
        phone="06 99 88 77 66",
        topic=ContactMessage.Topic.COURSES,
        text="Mijn buurvrouw is ziek.",
        language="nl",
        fingerprint="x",
    )
    words = words_on(page())
    with translation.override("nl"):
        assert str(ContactMessage.Topic.COURSES.label) in words
    assert not any(secret in words for secret in ("Vera", "99 88", "buurvrouw"))


def test_what_is_not_filled_in_is_said_kindly(page):
    assert "Niet ingevuld: telefoonnummer, straat en huisnummer, postcode" in words_on(page())


@pytest.mark.each_database
def test_what_is_empty_is_folded_and_what_is_of_some_is_absent(page, participant):
    """A newcomer reads what is held; the rest is one line a group, and a speaker's is not there."""
    found = page()
    for title in found.select(".my-data-held h3"):
        is_empty = title.parent.select_one(".my-data-lines, .my-data-records") is None
        folded = title.find_parent("details", class_="my-data-folded")
        assert (folded is not None) is is_empty, title.text
    assert found.select("details[open]") == []
    words = words_on(found)
    assert "Hoe we je voorstellen" not in words
    SpeakerFactory(person=participant.person)
    assert "Hoe we je voorstellen" in words_on(page())


@pytest.mark.promise("P24")
def test_amounts_days_and_choices_are_words(page, participant):
    edition = make_editions(date(2026, 10, 28))["nl"]
    Registration.objects.create(user=participant, edition=edition)
    enrol(MeetingFactory(), user=participant)
    enrol(MeetingFactory(price=195), attendee(is_payer=True), user=participant)
    words = words_on(page())
    for text in ("€ 0,00", "€ 195,00", "28 oktober 2026"):
        assert text in words
    assert not re.search(r"\d{4}-\d\d-\d\d|\b\d+\.\d\d\b(?! uur)", words)


def test_a_record_of_several_is_one_line_and_the_rest_is_folded(page, participant):
    """A phone shows what it is known by; without style or script all of it is there."""
    enrol(MeetingFactory(course__title="Fraude"), user=participant)
    line = page().find(attrs={"aria-labelledby": "meetings"}).select_one(".my-data-line > summary")
    assert "Fraude" in line.get_text()
    assert "ingeschreven" in line.get_text()
    assert "guus1@kantoor.example" not in line.get_text()
    assert "guus1@kantoor.example" in line.parent.get_text()


def test_a_log_and_what_is_alike_for_everybody_is_folded_with_a_count(page, participant):
    enrol(MeetingFactory(), user=participant)
    found = page()
    login = found.find(attrs={"aria-labelledby": "login"})
    assert login.select_one(".row-main > details > summary").get_text().startswith("Toon alle")
    (log,) = [one for one in found.select(".my-data-held") if "gebeurde" in one.h3.get_text()]
    assert log.find("details").summary.get_text() == "Toon wat het is"
    contact = found.find(attrs={"aria-labelledby": "contact"})
    assert contact.select_one(".row-main > .my-data-on-a-phone") is None


def test_the_english_page_names_things_in_english(page, participant):
    """Also where a speaker's own words are held in both languages: those stand as they are."""
    meeting = MeetingFactory(course__title="Fraude herkennen", course__title_en="Spotting fraud")
    enrol(meeting, user=participant)
    enrol(MeetingFactory(course__title="Alleen Nederlands"), user=participant)
    SpeakerFactory(person=participant.person, role="spreker", role_en="speaker")
    english, dutch = page("/en"), page()
    held = english.find(attrs={"aria-labelledby": "meetings"}).get_text(" ")
    assert "Spotting fraud" in held
    assert "Fraude herkennen" not in held
    assert "Alleen Nederlands" in held
    assert "Who you are spreker Who you are, in English speaker" in words_on(english)
    assert "Fraude herkennen" in dutch.find(attrs={"aria-labelledby": "meetings"}).get_text(" ")


def test_records_stand_below_one_line_of_labels_only_where_they_fill_the_same(participant):
    enrol(MeetingFactory(price=0), user=participant)
    enrol(MeetingFactory(price=195), attendee(is_payer=True), user=participant)
    sections = sections_of(person_id=participant.person_id)
    billing = next(one for one in sections if one.group is Group.BILLING)
    booked = next(one for part in billing.parts for one in part.holdings if len(one.records) == 2)
    assert not booked.is_even


def test_a_language_is_named_as_people_name_it(page, participant):
    edition = make_editions(date(2026, 1, 1))["en"]
    Registration.objects.create(user=participant, edition=edition)
    (label,) = [one for one in page().find_all("dt") if one.get_text() == "In welke taal"]
    assert label.find_next("dd").get_text() == "Engels"


def test_a_person_without_data_is_told_so(page):
    with translation.override("nl"):
        nothing = translation.gettext("We have not sent you anything lately.")
    assert nothing in words_on(page())


def test_the_sheet_on_top_adds_up(page, participant):
    fill(participant, 3)
    cells = [int(cell.get_text()) for cell in page().select(".my-data-sheet td")]
    assert sum(cells[:-1]) == cells[-1] > 20


def test_every_link_on_the_sheet_leads_somewhere_on_the_page(page):
    found = page()
    jumps = [link["href"] for link in found.select(".page-head nav a")]
    assert len(jumps) >= 5
    assert all(found.find(id=jump.removeprefix("#")) for jump in jumps)


@pytest.mark.promise("P29")
def test_the_page_says_what_one_can_do(page):
    links = {link["href"] for link in page().find("main").find_all("a", href=True)}
    assert {"/mijn/account/", "mailto:backoffice@pluc.example", "/privacyverklaring/"} <= links
    assert "https://www.autoriteitpersoonsgegevens.nl/" in links


@pytest.mark.each_database
@pytest.mark.promise("P26")
def test_who_is_restricted_reads_since_when_and_why(page, participant):
    restrict(person_id=participant.person_id, ground="Er loopt een bezwaar.", by=None)
    assert "Er loopt een bezwaar." in words_on(page())


@pytest.mark.each_database
def test_headings_come_in_order(page):
    levels = [
        int(heading.name[1]) for heading in page().find("main").find_all(re.compile("^h[1-6]$"))
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


# --- For whom ------------------------------------------------------------------------------------


def test_who_is_not_signed_in_is_sent_to_the_door(house: House):
    path = house.portal_path("/gegevens/")
    answer = house.guest().get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith(house.portal_path("/inloggen/"))


def test_who_is_signed_in_reads_it_at_both_doors(house: House, sign_in, participant):
    for prefix in ("", "/en"):
        answer = sign_in(participant).get(prefix + house.portal_path("/gegevens/"))
        assert answer.status_code == 200
        assert "Dirk" in answer.text


@pytest.mark.promise("P13")
def test_two_people_at_one_address_do_not_read_each_other(page, participant):
    namesake = PersonFactory(
        first_name="Stiekem", last_name="Anders", email=participant.email, phone="06 99 99 99 99"
    )
    make_mail(1, person=namesake, subject="Aan de ander")
    words = words_on(page())
    for secret in ("Stiekem", "Anders", "06 99 99 99 99", "Aan de ander"):
        assert secret not in words


@pytest.mark.promise("P13")
def test_a_colleagues_rows_are_nowhere_on_the_page(page, colleague):
    Person.objects.filter(pk=colleague.person_id).update(organisation="De Andere BV")
    fill(colleague, 2)
    make_mail(9, recipient=colleague.email, subject="Aan Coby")
    words = words_on(page())
    for secret in ("Coby", "De Andere BV", "203.0.113.9", "Peren", "Vraag", "Sanne", "Aan Coby"):
        assert secret not in words


@pytest.mark.promise("P13")
def test_an_address_that_is_not_proven_leads_to_nothing(page, participant, colleague):
    EmailAddress.objects.create(user=participant, email="ander@elders.example", verified=False)
    make_mail(1, recipient="ander@elders.example", subject="Aan een vreemde")
    assert "Aan een vreemde" not in words_on(page())


@pytest.mark.each_database
@pytest.mark.promise("P13")
def test_an_address_is_compared_letter_by_letter(page, participant):
    EmailAddress.objects.filter(user=participant).update(email="d_rk@kantoor.example")
    make_mail(1, recipient="dark@kantoor.example", subject="Aan een ander")
    make_mail(2, recipient="D_RK@kantoor.example", subject="Aan Dirk zelf")
    words = words_on(page())
    assert "Aan een ander" not in words
    assert "Aan Dirk zelf" in words


@pytest.mark.each_database
def test_an_unproven_login_is_no_reason_to_show_mail(sign_in):
    user = UserFactory(person=PersonFactory(email="nieuw@elders.example"))
    EmailAddress.objects.filter(user=user).update(verified=False)
    make_mail(1, recipient="nieuw@elders.example", subject="Van voor het bewijs")
    sections = sections_of(person_id=user.person_id)
    assert next(one for one in sections if one.group is Group.MAIL).count == 0


@pytest.mark.promise("P13")
def test_no_secret_is_shown(sign_in, participant):
    participant.set_password("appel-peer-pruim-kers")
    participant.save()
    fill(participant, 2)
    text = sign_in(participant).get(ADDRESS).text
    secrets = [participant.password, "argon2", "token-7f3a", "totp-9d2c", "sleutel-"]
    assert not [secret for secret in secrets if secret in text]


def test_hostile_text_stays_text(page, participant):
    hostile = '<script>alert("peer")</script>'
    Person.objects.filter(pk=participant.person_id).update(organisation=hostile)
    found = page()
    assert hostile in words_on(found)
    assert not [script for script in found.find_all("script") if "peer" in script.get_text()]


@pytest.mark.each_database
def test_work_on_the_site_is_shown_to_who_did_it(sign_in, editor, page):
    from tests.factories import StandardPageFactory

    StandardPageFactory(title="Over peren", owner=editor)
    assert "Over peren" in sign_in(editor).get(ADDRESS).text
    assert page().find(id=Group.STAFF.value) is None


# --- Never measured, and quick -------------------------------------------------------------------


@pytest.mark.each_database
def test_the_page_is_never_measured(settings, sign_in, participant):
    from legal.consent.queries import current_question

    settings.GOOGLE_ANALYTICS_ID = "G-PEER01"
    browser = sign_in(participant)
    revision = current_question().revision
    values = f"analytics={revision}|revision={revision}|id={'0' * 32}"
    browser.cookies[settings.COOKIE_CONSENT_NAME] = values
    answer = browser.get(ADDRESS)
    assert "googletagmanager" not in answer.text
    assert "googletagmanager" not in answer.headers["Content-Security-Policy"]
    assert "googletagmanager" in browser.get("/mijn/account/").headers["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.each_database
@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_with_any_number_of_rows(
    sign_in, participant, rows: int, django_assert_num_queries
):
    fill(participant, rows)
    Registration.objects.create(user=participant)
    AnalyticsId.objects.create(user=participant)
    browser = sign_in(participant)
    browser.get(ADDRESS)
    with django_assert_num_queries(20):
        browser.get(ADDRESS)


def test_bases_are_said_in_plain_words():
    assert all(str(basis.sentence) for basis in Basis)
