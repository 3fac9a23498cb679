"""An issue is written, checked, approved by a second person, frozen, and put on the site (P08)."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import storages
from django.test import Client
from django.utils import timezone, translation
from pytest_django import Settings
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from home.models import BlogPostPage
from pluc.outbox.models import Mail
from portal.accounts.models import User
from portal.newsletter.models import IssuePage, Mailing, MailingText, Subscription
from portal.newsletter.models.mailings import LEAVE
from portal.newsletter.models.pages import Closed
from portal.newsletter.queries.issues import drafts_of
from portal.newsletter.readiness import LARGEST, encoded_size, obstacles
from portal.newsletter.rendering import render
from portal.newsletter.services import approving
from portal.newsletter.services.approving import NotNow, NotReady
from portal.newsletter.services.publishing import publish_issue
from tests.factories import FullPostFactory, PictureFactory
from tests.home.offers import on_offer
from tests.issues import (
    SubscriptionFactory,
    newsletter_page,
    send_issue,
    text_block,
    write_issue,
)
from tests.planning import in_days
from tests.translating import finish

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P08"), pytest.mark.either_database]

State = Mailing.State


@pytest.fixture
def reader(db: None) -> None:
    SubscriptionFactory(email="lies@pluc.example")


@pytest.fixture
def pages(reader: None, editor: User) -> dict[str, IssuePage]:
    return write_issue(by=editor)


def follow_in_english(page: IssuePage, *, by: User) -> Translation:
    """The translation screen makes a draft in English, with nothing translated yet."""
    newsletter_page("en")
    source, _ = TranslationSource.update_or_create_from_instance(page)
    english = Locale.objects.get(language_code="en")
    translation = Translation.objects.create(source=source, target_locale=english)
    translation.save_target(user=by, publish=False)
    return translation


def faults(pages: dict[str, IssuePage]) -> list[str]:
    return obstacles(drafts_of(pages["nl"]))


def only_fault(pages: dict[str, IssuePage]) -> str:
    (fault,) = faults(pages)
    return fault


# --- What stands in its way ----------------------------------------------------------------------


def test_an_issue_that_lacks_nothing_is_ready(pages: dict[str, IssuePage]):
    assert faults(pages) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"subject": ""}, "Onderwerp ontbreekt."),
        ({"subject": "Een\nregel"}, "In onderwerp staat een regeleinde."),
        ({"subject": "x" * 121}, "Onderwerp is langer dan 120 tekens."),
        ({"preheader": " "}, "Voorproefje ontbreekt."),
        ({"body": []}, "Er staat nog niets in."),
        ({"body": [text_block("en", "<p></p>")]}, "Er staat nog niets in."),
    ],
)
def test_what_the_inbox_needs_is_asked_in_each_language(
    reader: None, fields: dict[str, str], said: str
):
    pages = write_issue()
    draft = pages["en"]
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision(clean=False)
    assert only_fault(pages) == f"Engels: {said}"


@pytest.mark.each_database
def test_links_of_ours_are_asked_and_others_are_read(reader: None):
    links = (
        '<p><a href="/nergens/">weg</a> <a href="/nieuwsbrief/">hier</a> '
        '<a href="https://elders.example/weg">daar</a></p>'
    )
    pages = write_issue(body=[text_block("nl", links)])
    assert {fault.rpartition("/nergens/")[0] for fault in faults(pages)} == {
        "Nederlands: Deze link leidt nergens heen: http://localhost:8000",
        "Engels: Deze link leidt nergens heen: http://localhost:8000",
    }


@pytest.mark.each_database
def test_a_picture_needs_a_description(reader: None):
    picture = {"image": PictureFactory().pk, "alt_text": "", "decorative": False}
    pages = write_issue(body=[{"type": "picture", "value": {"picture": picture, "caption": ""}}])
    dutch, english = faults(pages)
    assert dutch.startswith("Nederlands: Blok 1 (Afbeelding): ")
    assert english.startswith("Engels: Blok 1 (Afbeelding): ")


def test_nobody_to_send_it_to_is_said(editor: User):
    assert only_fault(write_issue()) == (
        "Er is nog niemand aangemeld, dus er is niemand om hem naar te sturen."
    )


def test_mail_that_mailboxes_would_refuse_is_not_approved(
    pages: dict[str, IssuePage], settings: Settings
):
    settings.DEFAULT_FROM_EMAIL = "PLUC! <nieuws@elders.example>"
    assert "elders.example" in only_fault(pages)


def test_a_post_taken_offline_and_an_empty_offer_are_said(reader: None):
    post = FullPostFactory()
    block = {"type": "posts", "value": [post.pk]}
    cafes = {"type": "cafes", "value": {"how_many": 2, "in_each_region": True}}
    pages = write_issue(languages=["nl"], body=[block])
    pages |= {"en": write_issue(languages=["en"])["en"]}
    IssuePage.objects.filter(pk=pages["en"].pk).update(translation_key=pages["nl"].translation_key)
    assert faults(pages) == []
    BlogPostPage.objects.update(live=False)
    assert only_fault(pages).startswith("Nederlands: Blok 1 (Blogartikelen): ")
    draft = IssuePage.objects.get(pk=pages["nl"].pk)
    draft.body = [cafes]
    draft.save_revision()
    assert only_fault(pages) == (
        "Nederlands: Blok 1 (Komende PE-cafés): er is nu niets om je voor aan te melden."
    )


def test_a_post_is_taken_over_in_the_language_of_the_issue(reader: None):
    post = FullPostFactory(title="Vier ogen")
    only_dutch = FullPostFactory(title="Alleen hier")
    FullPostFactory(title="Four eyes", language="en", translation_key=post.translation_key)
    pages = write_issue(body=[{"type": "posts", "value": [post.pk, only_dutch.pk]}])
    assert only_fault(pages) == (
        "Engels: Blok 1 (Blogartikelen): “Alleen hier” is in een andere taal."
    )
    assert "Four eyes" in render(drafts_of(pages["nl"])["en"]).text


def test_an_issue_needs_both_languages_and_their_pieces(reader: None, editor: User):
    pages = write_issue(languages=["nl"], by=editor, title="Winst & verlies")
    assert only_fault(pages) == "Hij staat er nog niet in het Engels. Vertaal hem eerst."
    follow_in_english(pages["nl"], by=editor)
    assert "Engels: 5 stukjes zijn niet vertaald (“Winst & verlies”," in faults(pages)[-1]


@pytest.mark.each_database
def test_what_is_too_large_is_refused_by_its_encoded_bytes(reader: None):
    long = "<p>" + "é" * 15_000 + "</p>"
    pages = write_issue(body=[text_block("nl", long)])
    mail = render(pages["nl"])
    assert len(mail.html) < LARGEST < encoded_size(mail)
    assert all("Laat iets weg." in fault for fault in faults(pages))


# --- Two pairs of eyes ---------------------------------------------------------------------------


@pytest.mark.each_database
def test_a_second_person_approves_and_each_language_is_frozen(
    pages: dict[str, IssuePage], editor: User, back_office: User
):
    approving.submit(page_id=pages["nl"].pk, by=editor)
    mailing = approving.approve(page_id=pages["nl"].pk, by=back_office)
    assert (mailing.state, mailing.starts_at) == (State.SCHEDULED, mailing.approved_at)
    texts = {text.language: text for text in mailing.texts.all()}
    assert set(texts) == {"nl", "en"}
    for text in texts.values():
        assert text.html.count(LEAVE) == text.text.count(LEAVE) == 2
    assert [step.action for step in mailing.steps.all()] == ["submitted", "approved"]


def test_nobody_who_worked_on_it_approves_it(
    pages: dict[str, IssuePage], editor: User, superuser: User, back_office: User
):
    pages["en"].save_revision(user=superuser)
    approving.submit(page_id=pages["nl"].pk, by=back_office)
    for maker in (editor, superuser, back_office):
        with pytest.raises(NotNow):
            approving.approve(page_id=pages["nl"].pk, by=maker)
    assert not MailingText.objects.exists()


@pytest.mark.each_database
def test_what_is_not_ready_is_neither_submitted_nor_approved(
    pages: dict[str, IssuePage], editor: User, back_office: User
):
    approving.submit(page_id=pages["nl"].pk, by=editor)
    Subscription.objects.all().delete()
    with pytest.raises(NotReady):
        approving.approve(page_id=pages["nl"].pk, by=back_office)
    approving.send_back(page_id=pages["nl"].pk, by=back_office, note="Voor wie?")
    with pytest.raises(NotReady):
        approving.submit(page_id=pages["nl"].pk, by=editor)


def test_a_moment_is_later_than_now_and_not_years_ahead(
    pages: dict[str, IssuePage], editor: User, back_office: User
):
    approving.submit(page_id=pages["nl"].pk, by=editor)
    now = timezone.now()
    for moment in (now - timedelta(minutes=1), now + timedelta(days=4000)):
        with pytest.raises(NotNow):
            approving.approve(page_id=pages["nl"].pk, by=back_office, starts_at=moment)
    chosen = now + timedelta(days=2)
    mailing = approving.approve(page_id=pages["nl"].pk, by=back_office, starts_at=chosen)
    assert mailing.starts_at == chosen


@pytest.mark.each_database
def test_what_is_planned_comes_off_the_plan_and_is_rendered_anew(
    pages: dict[str, IssuePage], editor: User, back_office: User
):
    number = pages["nl"].pk
    approving.submit(page_id=number, by=editor)
    mailing = approving.approve(page_id=number, by=back_office)
    approving.unschedule(page_id=number, by=back_office)
    assert not MailingText.objects.exists()
    approving.approve(page_id=number, by=back_office)
    Mailing.objects.filter(pk=mailing.pk).update(state=State.SENDING)
    with pytest.raises(NotNow):
        approving.unschedule(page_id=number, by=back_office)
    assert MailingText.objects.count() == 2


def test_posts_and_offer_are_taken_over_as_they_are_at_approval(
    reader: None, editor: User, back_office: User
):
    post = FullPostFactory(title="Vijfentwintig is geen antwoord")
    meeting = on_offer(day=in_days(20), price=195)
    cafe = on_offer(day=in_days(10), format="cafe")
    body = [
        {"type": "posts", "value": [post.pk]},
        {"type": "courses", "value": {"how_many": 4, "subject": ""}},
        {"type": "cafes", "value": {"how_many": 4, "in_each_region": False}},
    ]
    mail = render(write_issue(languages=["nl"], body=body)["nl"])
    for said in (post.title, post.intro, f"/blog/{post.slug}/", meeting.code, "€ 195,00"):
        assert said in mail.text
    assert mail.text.index("Komende cursussen") < mail.text.index(meeting.code)
    assert mail.text.index("PE-cafés") < mail.text.index(cafe.code)


# --- What was submitted, and what was sent -------------------------------------------------------


def test_what_was_submitted_is_changed_by_nobody(
    pages: dict[str, IssuePage], editor: User, superuser: User
):
    approving.submit(page_id=pages["nl"].pk, by=editor)
    for page in pages.values():
        page = IssuePage.objects.get(pk=page.pk)
        may = page.permissions_for_user(superuser)
        assert [may.can_edit(), may.can_delete(), may.can_publish()] == [False] * 3
        assert not may.can_move() or not may.can_move_to(newsletter_page("en"))
        with pytest.raises(Closed):
            page.save_revision(user=superuser)


@pytest.mark.each_database
def test_no_button_puts_an_issue_on_the_site(pages: dict[str, IssuePage], visitor: Client):
    page = pages["nl"]
    page.save_revision().publish(skip_permission_checks=True)
    assert visitor.get(page.url).status_code == 404
    mailing = Mailing.objects.create(issue_key=page.translation_key, title="Uitgave")
    publish_issue(mailing)
    assert not IssuePage.objects.live().exists()


def test_what_was_sent_stands_on_the_site_without_a_token(
    pages: dict[str, IssuePage], editor: User, back_office: User, visitor: Client
):
    send_issue(pages, writer=editor, second=back_office)
    for address in ("/nieuwsbrief/", f"/nieuwsbrief/{pages['nl'].slug}/", "/nieuwsbrief/feed/"):
        answer = visitor.get(address)
        assert answer.status_code == 200
        assert "%%" not in answer.text
        assert "/afmelden/" not in answer.text
    assert "Een aansluiting past op één vel." in visitor.get("/nieuwsbrief/").text
    english = visitor.get(f"/en/newsletter/{pages['en'].slug}/")
    assert "A reconciliation fits on one page." in english.text
    translation.activate("nl")
    page = IssuePage.objects.get(pk=pages["nl"].pk)
    assert not page.permissions_for_user(back_office).can_unpublish()
    assert page.why_kept.endswith("voorgoed.")


@pytest.mark.each_database
def test_an_issue_of_the_translation_screen_stands_on_the_site_in_both_languages(
    reader: None, editor: User, back_office: User, visitor: Client
):
    pages = write_issue(languages=["nl"], by=editor)
    translation = follow_in_english(pages["nl"], by=editor)
    finish(translation.get_target_instance())
    send_issue(pages, writer=editor, second=back_office)
    address = IssuePage.objects.get(locale__language_code="en").url
    assert visitor.get(pages["nl"].url).status_code == 200
    assert "EN Een aansluiting past op één vel." in visitor.get(address).text


def test_the_feed_is_told_to_be_known_and_names_issues_for_ever(
    pages: dict[str, IssuePage], editor: User, back_office: User, visitor: Client
):
    send_issue(pages, writer=editor, second=back_office)
    first = visitor.get("/nieuwsbrief/feed/")
    assert "<id>urn:uuid:" in first.text
    assert pages["nl"].preheader in first.text
    again = visitor.get("/nieuwsbrief/feed/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert visitor.get("/nieuwsbrief/iets/").status_code == 404


def test_a_picture_of_what_was_sent_stays_when_the_library_changes(
    reader: None, editor: User, back_office: User, visitor: Client
):
    picture = PictureFactory()
    shown = {"image": picture.pk, "alt_text": "Een mand", "decorative": False}
    pages = write_issue(
        by=editor, body=[{"type": "picture", "value": {"picture": shown, "caption": ""}}]
    )
    mailing = send_issue(pages, writer=editor, second=back_office)
    html = mailing.texts.get(language="nl").html
    address = html.partition('src="')[2].partition('"')[0]
    assert address.startswith("http://localhost:8000/media/nieuwsbrief/")
    before = b"".join(visitor.get(address.removeprefix("http://localhost:8000")))
    assert before.startswith(b"\xff\xd8")  # JPEG, which every mail program shows
    for rendition in picture.renditions.all():
        rendition.file.delete(save=False)
    picture.delete()
    assert b"".join(visitor.get(address.removeprefix("http://localhost:8000"))) == before
    storages["renditions"].delete(address.partition("/media/")[2])


# --- The test copy -------------------------------------------------------------------------------


@pytest.mark.each_database
def test_a_test_copy_comes_in_each_language_and_leads_to_the_newsletter(
    pages: dict[str, IssuePage], editor: User
):
    approving.send_test(page_id=pages["nl"].pk, by=editor)
    mails = Mail.objects.order_by("subject")
    assert {mail.recipient for mail in mails} == {editor.email}
    assert [mail.kind for mail in mails] == [Mail.Kind.SERVICE] * 2
    assert [mail.subject.partition(":")[0] for mail in mails] == ["Proef", "Test copy"]
    for mail in mails:
        content = bytes(mail.message)
        assert b"%%" not in content
        assert b"List-Unsubscribe" not in content
        assert b"/nieuwsbrief/" in content or b"/newsletter/" in content


@pytest.mark.each_database
def test_the_mail_reads_alike_in_both_parts_to_somebody_elses_parser(reader: None, editor: User):
    """RFC 5322 and MIME by Python's own parser; both parts name the same addresses, in order."""
    post = FullPostFactory(title="Peren & appels")
    cafe = on_offer(day=in_days(10), format="cafe")
    link = '<p>Lees <a href="https://elders.example/a?b=1&amp;c=2">verder</a>.</p>'
    body = [
        text_block("nl", link),
        {"type": "posts", "value": [post.pk]},
        {"type": "cafes", "value": {"how_many": 1, "in_each_region": True}},
    ]
    page = write_issue(languages=["nl"], body=body, by=editor)["nl"]
    approving.send_test(page_id=page.pk, by=editor)
    message = message_from_bytes(bytes(Mail.objects.get().message), policy=policy.default)
    assert message.defects == []
    parts = [part.get_content_type() for part in message.walk()]
    assert parts == ["multipart/alternative", "text/plain", "text/html"]
    plain, html = (message.get_body([kind]).get_content() for kind in ("plain", "html"))
    soup = BeautifulSoup(html, "lxml")
    links = [link["href"] for link in soup.select("td.letter a:not([aria-hidden])")]
    assert links == [
        "https://elders.example/a?b=1&c=2",
        f"http://localhost:8000/blog/{post.slug}/",
        f"http://localhost:8000/bijeenkomsten/{cafe.course.slug}/{cafe.code}/",
        "http://localhost:8000/bijeenkomsten/?format=cafe",
    ]
    places = [plain.index(address) for address in links]
    assert places == sorted(places)
    assert "Peren & appels" in plain
    assert all(image["src"].endswith(".jpg") for image in soup.select("img"))
    assert soup.select("script, link, iframe, [onload]") == []
