"""The contact form: kept for the back office, and no longer than it needs (P04, P10)."""

from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone
from wagtail.snippets.models import get_snippet_models

from home.models import ContactPage
from legal.rights.models import Restriction
from pluc.outbox.models import Mail
from pluc.periods import MESSAGE
from portal.accounts.models import Person, User
from portal.contact import services
from portal.contact.models import ContactMessage, MessageStep
from portal.contact.queries import messages_without_answer
from tests.conftest import LimitTo
from tests.factories import ContactPageFactory
from tests.houses import House
from tests.legal.browsers import SAME_ORIGIN
from tests.mails import newest_to, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

TYPED = {
    "name": "Vera Vraag",
    "email": "vera@kantoor.example",
    "phone": "06 00000001",
    "topic": "courses",
    "text": "Is er nog plek?\r\nEn is er koffie?",
}
BACK_OFFICE = "backoffice@pluc.example"


@pytest.fixture(autouse=True)
def page(db: None) -> ContactPage:
    cache.clear()
    return ContactPageFactory()


def send(visitor: Client, path: str = "/contact/", **typed: str) -> Any:
    return visitor.post(path, TYPED | typed, headers=SAME_ORIGIN)


def form_in(answer: Any) -> BeautifulSoup:
    """The contact form on a page."""
    return BeautifulSoup(answer.text, "lxml").select_one("form:has([name=text])")


def words_of(mail: Mail) -> str:
    """Everything in a mail that somebody can read, headers too."""
    message = message_from_bytes(bytes(mail.message), policy=policy.default)
    parts = [part.get_content() for part in message.iter_parts()]
    return "\n".join([*map(str, message.values()), *parts])


# --- Sending -------------------------------------------------------------------------------------


@pytest.mark.promise("P04")
def test_a_message_is_kept_for_the_back_office(house: House):
    answer = send(house.visitor())
    assert answer.status_code == 303
    assert answer["Location"].endswith("/contact/?verzonden#write")
    message = ContactMessage.objects.get()
    assert message.name == "Vera Vraag"
    assert message.text == "Is er nog plek?\nEn is er koffie?"
    assert (message.topic, message.language) == ("courses", "nl")
    assert not message.is_answered


@pytest.mark.promise("P04")
def test_it_makes_nobody_a_person(visitor: Client):
    before = Person.objects.count()
    send(visitor)
    assert Person.objects.count() == before


def test_name_address_and_text_are_enough(visitor: Client):
    assert send(visitor, phone="", topic="").status_code == 303
    assert ContactMessage.objects.get().phone == ""


def test_its_sender_is_thanked_without_a_word_about_them_in_the_address(visitor: Client):
    answer = send(visitor)
    thanked = visitor.get(answer["Location"])
    assert thanked.status_code == 200
    assert thanked.context["contact"].is_thanked
    assert 'role="status"' in thanked.text
    assert form_in(thanked) is None
    assert "Vera" not in answer["Location"] + thanked.text


def test_the_english_page_takes_messages_too(visitor: Client):
    ContactPageFactory(language="en")
    answer = send(visitor, "/en/contact/")
    assert answer["Location"] == "/en/contact/?verzonden#write"
    assert ContactMessage.objects.get().language == "en"


def test_the_back_office_hears_that_there_is_a_message_and_where(visitor: Client):
    send(visitor)
    message = ContactMessage.objects.get()
    mail = Mail.objects.get(event=f"contact:{message.pk}")
    assert mail.recipient == BACK_OFFICE
    words = words_of(mail)
    assert f"http://localhost:8000/beheer/berichten/{message.pk}/" in words
    for value in ("Vera", "vera@", "06 0000", "koffie"):
        assert value not in words


def test_the_link_in_that_mail_leads_to_the_staff_screens(house: House):
    from django.conf import settings

    send(house.visitor())
    mail = Mail.objects.get(recipient=BACK_OFFICE)
    origin = settings.PORTAL_URL.removesuffix("/mijn")
    assert f"{origin}/beheer/berichten/{ContactMessage.objects.get().pk}/" in words_of(mail)


def test_its_sender_reads_back_what_they_wrote(visitor: Client):
    send(visitor, topic="data", text="Waar vind ik mijn punten?\n\nIk zoek ze <b>al</b> lang.")
    words = words_of(Mail.objects.get(recipient=TYPED["email"]))
    for value in ("Waar vind ik mijn punten?", "Ik zoek ze <b>al</b> lang.", "Mijn gegevens"):
        assert value in words
    assert "<p>Ik zoek ze &lt;b&gt;al&lt;/b&gt; lang.</p>" in words


def test_a_confirmation_is_of_no_use_as_advertising(visitor: Client):
    text = "Koop nu peren op http://peren.example of www.appel.example, vraag x@pruim.example"
    send(visitor, name="Koop Nu", text=text)
    words = words_of(Mail.objects.get(recipient=TYPED["email"]))
    for value in ("peren.example", "appel.example", "mailto:x@", "Koop Nu", "06 0000"):
        assert value not in words
    assert "Koop nu peren op [link]" in words


def test_an_address_is_confirmed_to_once_an_hour_at_most(visitor: Client):
    with time_machine.travel("2026-05-12 10:50:00+02:00", tick=False) as clock:
        for minutes in (0, 20, 39, 2):
            clock.shift(timedelta(minutes=minutes))
            cache.clear()  # the rate limit is another matter
            send(visitor, text=f"Vraag na {minutes}", email="Vera@kantoor.example")
    assert ContactMessage.objects.count() == 4
    mails = Mail.objects.filter(recipient__iexact=TYPED["email"])
    assert mails.count() == 2  # at 10.50, and at 11.51


@pytest.mark.each_database
def test_the_mails_stand_or_fall_with_the_message(visitor: Client, monkeypatch: Any):
    def fail(**fields: Any) -> None:
        raise OSError

    monkeypatch.setattr("portal.contact.mails.post_letter", fail)
    visitor.raise_request_exception = False
    assert send(visitor).status_code == 500
    assert not ContactMessage.objects.exists()
    assert not Mail.objects.exists()


# --- Sending twice -------------------------------------------------------------------------------


def test_the_same_text_within_ten_minutes_is_one_message(visitor: Client):
    with time_machine.travel("2026-05-12 10:09:00+02:00", tick=False) as clock:
        answers = [send(visitor)]
        clock.shift(timedelta(minutes=9))
        answers.append(send(visitor, email="VERA@kantoor.example"))
        assert ContactMessage.objects.count() == 1
        clock.shift(timedelta(minutes=2))
        answers.append(send(visitor))
    assert ContactMessage.objects.count() == 2
    assert {answer.status_code for answer in answers} == {303}


def test_another_text_is_another_message(visitor: Client):
    send(visitor)
    send(visitor, text="Nog iets.")
    assert ContactMessage.objects.count() == 2


@pytest.mark.each_database
def test_the_same_text_in_one_moment_is_one_message(visitor: Client, monkeypatch: Any):
    """Both requests find nothing; the database lets one of them store it."""
    monkeypatch.setattr("portal.contact.queries.is_repeated", lambda **fields: False)
    with time_machine.travel("2026-05-12 10:09:00+02:00", tick=False):
        assert [send(visitor).status_code for _ in range(2)] == [303, 303]
    assert ContactMessage.objects.count() == 1
    assert Mail.objects.count() == 2


@pytest.mark.each_database
def test_another_fault_of_the_database_is_no_double(monkeypatch: Any):
    def fail(message: ContactMessage) -> None:
        raise IntegrityError

    monkeypatch.setattr(services, "store", fail)
    with pytest.raises(IntegrityError):
        services.receive(typed=services.Typed(**TYPED), language="nl")


# --- Spam ----------------------------------------------------------------------------------------


def test_a_machine_that_fills_the_hidden_field_gets_the_same_answer_and_nothing_is_stored(
    visitor: Client,
):
    answer = send(visitor, website="http://peren.example")
    assert (answer.status_code, answer["Location"]) == (303, "/contact/?verzonden#write")
    assert not ContactMessage.objects.exists()
    assert not Mail.objects.exists()


def test_the_hidden_field_is_out_of_everybodys_way(visitor: Client):
    trap = form_in(visitor.get("/contact/")).select_one("[name=website]")
    assert trap.find_parent(hidden=True)
    assert trap["tabindex"] == "-1"
    assert trap["autocomplete"] == "off"


def test_too_many_messages_get_a_clear_answer_and_nothing_typed_is_lost(visitor: Client):
    for number in range(5):
        assert send(visitor, text=f"Vraag {number}").status_code == 303
    answer = send(visitor, text="Nog een vraag.")
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert answer.context["contact"].is_limited
    form = form_in(answer)
    assert form.select_one("[name=text]").text.strip() == "Nog een vraag."
    assert form.select_one("[name=email]")["value"] == TYPED["email"]
    assert form.select_one("[role=alert]")
    assert ContactMessage.objects.count() == 5


@pytest.mark.each_database
def test_the_limit_on_an_address_does_not_depend_on_the_case_of_its_letters(visitor: Client):
    answers = [
        send(visitor, text=f"Vraag {number}", email=email).status_code
        for number, email in enumerate(["vera@kantoor.example", "VERA@kantoor.example"] * 3)
    ]
    assert answers == [303] * 5 + [429]


def test_one_network_address_cannot_write_under_many_names(visitor: Client, limit_to: LimitTo):
    limit_to("contact", "2/m/ip,5/m/key")
    answers = [
        send(visitor, email=f"vera{number}@kantoor.example").status_code for number in range(3)
    ]
    assert answers == [303, 303, 429]
    elsewhere = Client(headers={"host": "localhost:8000"}, REMOTE_ADDR="192.0.2.7")
    assert send(elsewhere, email="vera9@kantoor.example").status_code == 303


def test_a_made_up_forwarded_address_does_not_help(visitor: Client, limit_to: LimitTo):
    limit_to("contact", "1/m/ip,5/m/key")
    answers = [
        visitor.post(
            "/contact/",
            TYPED | {"text": f"Vraag {number}"},
            headers=SAME_ORIGIN | {"x-forwarded-for": f"192.0.2.{number}"},
        ).status_code
        for number in range(2)
    ]
    assert answers == [303, 429]


def test_what_is_refused_for_a_mistake_does_not_count(visitor: Client):
    for _ in range(8):
        assert send(visitor, name="").status_code == 422
    assert send(visitor).status_code == 303


def test_a_form_from_another_site_is_refused(visitor: Client):
    for headers in ({}, {"sec-fetch-site": "cross-site"}, {"origin": "https://peren.example"}):
        assert visitor.post("/contact/", TYPED, headers=headers).status_code == 403
    assert not ContactMessage.objects.exists()


def test_an_older_browser_is_known_by_its_origin_or_referer(visitor: Client):
    for number, name in enumerate(["origin", "referer"]):
        address = "http://localhost:8000" + ("/contact/" if name == "referer" else "")
        typed = TYPED | {"text": f"Vraag {number}"}
        assert visitor.post("/contact/", typed, headers={name: address}).status_code == 303


# --- What is wrong, and what is hostile ----------------------------------------------------------

WRONG = [
    ("name", ""),
    ("name", "   "),
    ("name", "x" * 101),
    ("name", "Vera\r\nBcc: iedereen@kantoor.example"),
    ("name", "Vera\u202e gnaarV"),
    ("name", "Vera\x00"),
    ("email", ""),
    ("email", "vera"),
    ("email", "vera@kantoor.example\r\nBcc: iedereen@kantoor.example"),
    ("email", "vera@kantoor.example, iedereen@kantoor.example"),
    ("phone", "0" * 31),
    ("phone", "06\n07"),
    ("topic", "peren"),
    ("text", ""),
    ("text", "x" * 10_000),
    ("text", "bel\x07"),
    ("text", "nul\x00"),
]


@pytest.mark.parametrize(("field", "value"), WRONG)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_else_is_lost(
    visitor: Client, field: str, value: str
):
    answer = send(visitor, **{field: value})
    assert answer.status_code == 422
    assert list(answer.context["contact"].form.errors) == [field]
    assert answer["Cache-Control"] == "no-store"
    form = form_in(answer)
    assert form.select_one(f".alert-wrong a[href='#id_{field}']")
    wrong = form.select_one(f"[name={field}]")
    assert wrong["aria-invalid"] == "true"
    described = wrong["aria-describedby"].split()
    assert any(form.select_one(f"#{name}.field-errors") for name in described)
    kept = "email" if field != "email" else "phone"
    assert form.select_one(f"[name={kept}]")["value"] == TYPED[kept]
    assert not ContactMessage.objects.exists()
    assert not Mail.objects.exists()


@pytest.mark.each_database
def test_a_text_that_is_too_long_comes_back_whole(visitor: Client):
    long = "peer " * 2000
    answer = send(visitor, text=long)
    assert form_in(answer).select_one("[name=text]").text.strip() == long.strip()


@pytest.mark.each_database
def test_a_text_of_exactly_5000_signs_fits_however_its_lines_end(visitor: Client):
    text = ("x" * 49 + "\r\n") * 99 + "x" * 50
    assert send(visitor, text=text).status_code == 303
    assert len(ContactMessage.objects.get().text) == 5000


@pytest.mark.each_database
@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "=HYPERLINK(1)",
        "{{ 7|add:1 }}",
    ],
)
def test_hostile_text_is_text(visitor: Client, sign_in: Any, back_office: User, hostile: str):
    again = send(visitor, name=hostile, text="")
    assert form_in(again).select_one("[name=name]")["value"] == hostile
    assert send(visitor, name=hostile, text=hostile).status_code == 303
    message = ContactMessage.objects.get()
    assert (message.name, message.text) == (hostile, hostile)
    browser = sign_in(back_office)
    for path in ("", f"{message.pk}/"):
        text = browser.get(f"/beheer/berichten/{path}").text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert ">9<" not in text


def test_an_address_with_odd_signs_stays_one_address_in_the_answer(visitor: Client):
    send(visitor, email="vera?bcc=iedereen&x@kantoor.example")
    link = ContactMessage.objects.get().reply_link
    assert link == "mailto:vera%3Fbcc%3Diedereen%26x@kantoor.example"


# --- The public page -----------------------------------------------------------------------------


def test_looking_at_the_page_knows_no_one(house: House):
    browser = house.visitor()
    answer = browser.get("/contact/")
    assert answer.status_code == 200
    assert not answer.cookies
    assert not hasattr(answer.wsgi_request, "session")
    assert "no-store" not in answer.get("Cache-Control", "")
    assert "Cookie" not in answer.get("Vary", "")
    assert "csrfmiddlewaretoken" not in answer.text


def test_sending_sets_no_cookie_either(visitor: Client):
    for answer in (send(visitor), send(visitor, name="")):
        assert not answer.cookies
        assert answer["Cache-Control"] == "no-store"


def test_the_form_says_what_happens_with_it_and_leads_to_the_statement(house: House):
    """STANDARDS 4.8."""
    form = form_in(house.visitor().get("/contact/"))
    (link,) = form.select("a")
    assert link["href"].endswith("/privacyverklaring/")


@pytest.mark.each_database
def test_the_form_needs_no_script(visitor: Client):
    form = form_in(visitor.get("/contact/"))
    assert form["method"] == "post"
    assert form["action"] == "/contact/"
    assert form.select_one("button[type=submit]")
    assert not form.select("script")


def test_the_page_costs_no_query_more_for_its_form(
    visitor: Client, django_assert_num_queries: Any, without_cache: None
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    visitor.get("/contact/")
    with CaptureQueriesContext(connection) as captured:
        visitor.get("/contact/")
    assert not [query for query in captured if "contact_contactmessage" in query["sql"]]


@pytest.mark.each_database
def test_an_editor_can_preview_the_page(sign_in: Any, editor: User, page: ContactPage):
    page.save_revision()
    answer = sign_in(editor).get(f"/beheer/pages/{page.pk}/view_draft/")
    assert answer.status_code == 200
    assert form_in(answer)


# --- The staff screens ---------------------------------------------------------------------------


def receive(**fields: str) -> ContactMessage:
    message = services.receive(typed=services.Typed(**(TYPED | fields)), language="nl")
    assert message
    return message


MAY = [
    ("superuser", True),
    ("back_office", True),
    ("editor", False),
    ("writer", False),
    ("participant", False),
]


@pytest.mark.promise("P17")
@pytest.mark.parametrize(("who", "may"), MAY)
def test_messages_are_for_who_may_read_them(request: Any, sign_in: Any, who: str, may: bool):
    message = receive()
    browser = sign_in(request.getfixturevalue(who))
    for path in ("", f"{message.pk}/"):
        assert (browser.get(f"/beheer/berichten/{path}").status_code == 200) is may
    browser.post(f"/beheer/berichten/{message.pk}/beantwoord/")
    message.refresh_from_db()
    assert message.is_answered is may
    assert ("/beheer/berichten/" in browser.get("/beheer/").text) is may


def test_who_is_not_signed_in_is_sent_to_sign_in(house: House):
    message = receive()
    for path in ("", f"{message.pk}/", f"{message.pk}/beantwoord/"):
        answer = house.guest().get(f"/beheer/berichten/{path}")
        assert answer.status_code == 302
        assert house.portal_path("/inloggen/") in answer["Location"]


def test_a_message_is_read_and_marked_as_answered(sign_in: Any, back_office: User):
    message = receive()
    browser = sign_in(back_office)
    text = browser.get(f"/beheer/berichten/{message.pk}/").text
    for value in ("Vera Vraag", "mailto:vera@kantoor.example", "En is er koffie?", "06 00000001"):
        assert value in text
    assert browser.get(f"/beheer/berichten/{message.pk}/beantwoord/").status_code == 200
    message.refresh_from_db()
    assert not message.is_answered, "looking does nothing"
    browser.post(f"/beheer/berichten/{message.pk}/beantwoord/")
    message.refresh_from_db()
    assert message.answered_by == back_office
    assert "Bas Backoffice" in browser.get(f"/beheer/berichten/{message.pk}/").text


def address_of(message: ContactMessage, slug: str = "") -> str:
    return f"/beheer/berichten/{message.pk}/{slug}"


def answer_to(
    message: ContactMessage, text: str = "Ja, er is plek.", seen: int = 0
) -> dict[str, Any]:
    return {"text": text, "answers_seen": seen}


def steps_of(message: ContactMessage) -> list[tuple[str, str]]:
    return list(message.steps.values_list("kind", "text"))


def test_an_answer_goes_out_from_the_screen_and_stays_with_the_message(
    sign_in: Any, back_office: User
):
    message, browser = receive(), sign_in(back_office)
    assert browser.post(address_of(message), answer_to(message)).status_code == 302
    mail = newest_to(message.email)
    assert "Ja, er is plek." in text_of(mail)
    assert "En is er koffie?" in text_of(mail), "with the question"
    message.refresh_from_db()
    assert (message.state, message.answered_by) == ("answered", back_office)
    assert steps_of(message) == [("answer", "Ja, er is plek.")]
    assert "Ja, er is plek." in browser.get(address_of(message)).text


def test_an_answer_in_english_stands_in_an_english_mail(sign_in: Any, back_office: User):
    message = services.receive(typed=services.Typed(**TYPED), language="en")
    assert message
    browser = sign_in(back_office)
    assert "Engelse" in browser.get(address_of(message)).text
    browser.post(address_of(message), answer_to(message, "Yes."))
    assert newest_to(message.email)["Subject"] == "Our answer to your message"


@pytest.mark.each_database
def test_two_colleagues_do_not_answer_unknowingly(sign_in: Any, back_office: User, superuser: User):
    message = receive()
    first, second = sign_in(back_office), sign_in(superuser)
    for _ in range(2):  # a button pressed twice sends once
        assert first.post(address_of(message), answer_to(message)).status_code == 302
    refused = second.post(address_of(message), answer_to(message, "Nee."))
    assert refused.status_code == 422
    page = BeautifulSoup(refused.content, "lxml")
    assert page.select_one("textarea").text.strip() == "Nee.", "what was typed is still there"
    assert "Ja, er is plek." in page.text, "and so is the answer of the other"
    seen = page.select_one("[name=answers_seen]")["value"]
    again = second.post(address_of(message), answer_to(message, "Nee.", seen=int(seen)))
    assert again.status_code == 302
    assert [text for _kind, text in steps_of(message)] == ["Ja, er is plek.", "Nee."]
    assert Mail.objects.filter(template="contact/answer").count() == 2


@pytest.mark.each_database
def test_it_says_who_is_at_it_and_another_takes_it_over_knowingly(
    sign_in: Any, back_office: User, superuser: User
):
    message = receive()
    first, second = sign_in(back_office), sign_in(superuser)
    assert "Niemand" in second.get(address_of(message)).text
    for _ in range(2):
        assert first.post(address_of(message, "oppakken/")).status_code in (302, 422)
    too_late = second.post(address_of(message, "oppakken/"))
    assert too_late.status_code == 422
    assert "Bas Backoffice" in too_late.text
    assert "Bas Backoffice" in second.get("/beheer/berichten/").text
    assert second.post(address_of(message, "overnemen/")).status_code == 302
    assert first.post(address_of(message, "loslaten/")).status_code == 422, "it is not theirs"
    assert second.post(address_of(message, "loslaten/")).status_code == 302
    message.refresh_from_db()
    assert message.taken_by is None
    assert [kind for kind, _text in steps_of(message)] == ["taken", "taken", "let go"]


@pytest.mark.each_database
def test_there_is_a_way_back_from_answered_and_from_spam(sign_in: Any, back_office: User):
    message, browser = receive(), sign_in(back_office)
    for slug, state in (
        ("beantwoord/", "answered"),
        ("heropenen/", "open"),
        ("spam/", "spam"),
        ("geen-spam/", "open"),
    ):
        assert browser.post(address_of(message, slug)).status_code == 302
        message.refresh_from_db()
        assert message.state == state
    assert message.answered_at is None


@pytest.mark.each_database
def test_spam_is_not_answered_nor_listed_nor_counted(sign_in: Any, back_office: User):
    message, browser = receive(), sign_in(back_office)
    services.mark_spam(message_id=message.pk, by=back_office, is_spam=True)
    assert browser.post(address_of(message), answer_to(message)).status_code == 422
    assert not Mail.objects.filter(template="contact/answer").exists()
    assert message.name not in browser.get("/beheer/berichten/").text
    assert message.name in browser.get("/beheer/berichten/?state=spam").text
    assert message.name not in browser.get("/beheer/berichten/?state=open").text
    assert not messages_without_answer().exists()


def test_a_note_is_for_colleagues_alone(sign_in: Any, back_office: User):
    message, browser = receive(), sign_in(back_office)
    mails = Mail.objects.count()
    browser.post(address_of(message, "notitie/"), {"text": "Gebeld, <b>voicemail</b>."})
    assert "&lt;b&gt;voicemail" in browser.get(address_of(message)).text
    assert Mail.objects.count() == mails
    message.refresh_from_db()
    assert message.is_open


@pytest.mark.each_database
def test_who_is_restricted_gets_no_answer_by_mail_and_the_screen_says_so(
    sign_in: Any, back_office: User, participant: User
):
    message, browser = receive(email=participant.email), sign_in(back_office)
    Restriction.objects.create(person=participant.person)
    page = browser.get(address_of(message))
    assert "beperkt" in page.text
    assert "<textarea" not in page.text
    assert browser.post(address_of(message), answer_to(message)).status_code == 422
    assert not Mail.objects.filter(template="contact/answer").exists()


@pytest.mark.promise("P10")
def test_what_was_answered_goes_with_the_message(back_office: User):
    message = receive()
    services.answer(message_id=message.pk, text="Ja.", by=back_office, answers_seen=0)
    ContactMessage.objects.update(answered_at=timezone.now() - MESSAGE - timedelta(days=1))
    call_command("purge")
    assert not ContactMessage.objects.exists()
    assert not MessageStep.objects.exists()


def test_a_second_answer_does_not_move_the_first(back_office: User, superuser: User):
    message = receive()
    services.mark_answered(message_id=message.pk, by=back_office)
    message.refresh_from_db()
    services.mark_answered(message_id=message.pk, by=superuser)
    first = message.answered_at
    message.refresh_from_db()
    assert (message.answered_at, message.answered_by) == (first, back_office)


@pytest.mark.each_database
def test_new_messages_stand_first(sign_in: Any, back_office: User):
    answered, new = receive(text="Een.", name="Anna Antwoord"), receive(text="Twee.", name="Nico")
    ContactMessage.objects.filter(pk=new.pk).update(received_at=timezone.now() - timedelta(days=3))
    services.mark_answered(message_id=answered.pk, by=back_office)
    text = sign_in(back_office).get("/beheer/berichten/").text
    assert text.index("Nico") < text.index("Anna Antwoord")


def test_the_list_costs_the_same_with_one_and_with_three(
    sign_in: Any, back_office: User, django_assert_num_queries: Any, without_cache: None
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    receive()
    browser = sign_in(back_office)
    browser.get("/beheer/berichten/")
    with CaptureQueriesContext(connection) as captured:
        browser.get("/beheer/berichten/")
    receive(text="Twee.")
    receive(text="Drie.")
    with django_assert_num_queries(len(captured)):
        browser.get("/beheer/berichten/")
    assert len(captured) < 15


@pytest.mark.each_database
def test_a_message_that_is_not_there_is_not_found(sign_in: Any, back_office: User):
    assert sign_in(back_office).get("/beheer/berichten/999999/").status_code == 404


def test_messages_are_no_snippets_and_no_form_submissions():
    assert ContactMessage not in get_snippet_models()
    assert not apps.is_installed("wagtail.contrib.forms")
