"""What visitors are asked: edited by people, archived at every change (STANDARDS 1.9, 1.10)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from legal.consent.installation import install_texts
from legal.consent.models import BarTexts, Group, Question, SetCookie
from legal.consent.services import LIFETIMES, archive_question
from legal.statements.models import Recipient
from tests.legal.browsers import SAME_ORIGIN
from tests.legal.versions import make_recipient

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

FIELDS = ("name", "task", "data_groups", "place", "safeguard")


def edit_bar() -> None:
    BarTexts.objects.update(sentence="Mogen we je bezoek tellen?")


def edit_heading_in_english() -> None:
    BarTexts.objects.update(heading_en="May we?")


def edit_purpose() -> None:
    Group.objects.filter(varname="analytics").update(description="Om reclame te maken.")


def edit_purpose_in_english() -> None:
    Group.objects.filter(varname="analytics").update(description_en="To advertise.")


def add_group() -> None:
    Group.objects.create(varname="video", name="Video", name_en="Video")


def remove_group() -> None:
    Group.objects.filter(varname="analytics").delete()


def add_cookie() -> None:
    group = Group.objects.get(varname="analytics")
    SetCookie.objects.create(cookiegroup=group, name="_gid", lifetime="Een dag")


def remove_cookie() -> None:
    SetCookie.objects.get(name="_ga").delete()


def lengthen_cookie() -> None:
    SetCookie.objects.filter(name="_ga").update(lifetime="Vijf jaar")


def change_provider() -> None:
    SetCookie.objects.filter(name="_ga").update(provider="Een ander")


def add_measuring_recipient() -> None:
    make_recipient(name="Nog een", measures_visits=True)


def edit_measuring_recipient() -> None:
    Recipient.objects.filter(measures_visits=True).update(place="De Verenigde Staten")


def edit_measuring_recipient_in_english() -> None:
    Recipient.objects.filter(measures_visits=True).update(safeguard_en="None at all")


def remove_measuring_recipient() -> None:
    Recipient.objects.filter(measures_visits=True).delete()


def add_other_recipient() -> None:
    make_recipient(name="Bizway")


ASKS_AGAIN = [
    edit_purpose,
    edit_purpose_in_english,
    add_group,
    remove_group,
    add_cookie,
    remove_cookie,
    lengthen_cookie,
    change_provider,
    add_measuring_recipient,
    edit_measuring_recipient,
    edit_measuring_recipient_in_english,
    remove_measuring_recipient,
]
ONLY_ARCHIVES = [edit_bar, edit_heading_in_english]


@pytest.fixture
def google(db: None) -> Recipient:
    recipient = make_recipient(name="Google LLC", measures_visits=True)
    archive_question()
    return recipient


@pytest.mark.parametrize("change", ASKS_AGAIN)
def test_a_change_of_what_is_agreed_to_asks_again(google, change: Callable[[], None]):
    before = Question.objects.first()
    change()
    after = archive_question()
    assert after.pk != before.pk
    assert after.revision != before.revision


@pytest.mark.parametrize("change", ONLY_ARCHIVES)
def test_other_words_in_the_bar_are_archived_and_ask_nobody_again(google, change):
    before = Question.objects.first()
    change()
    after = archive_question()
    assert after.pk != before.pk
    assert after.text_hash != before.text_hash
    assert after.revision == before.revision


def test_a_recipient_that_does_not_measure_changes_nothing(google):
    before = Question.objects.first()
    add_other_recipient()
    assert archive_question() == before


def test_the_same_question_is_archived_once(google):
    assert archive_question() == archive_question() == Question.objects.first()


def test_a_change_that_is_undone_is_asked_as_before(google):
    first = Question.objects.first()
    BarTexts.objects.update(heading="Anders")
    archive_question()
    BarTexts.objects.update(heading=first.content["nl"]["heading"])
    last = archive_question()
    assert last.pk != first.pk
    assert (last.content, last.revision) == (first.content, first.revision)


def test_the_archive_holds_every_text_in_both_languages(google):
    content = archive_question().content
    assert set(content) == {"nl", "en"}
    for language in content.values():
        assert language["heading"]
        assert language["sentence"]
        keys = [group["key"] for group in language["groups"]]
        assert keys == ["necessary", "analytics"]
        for group in language["groups"]:
            assert group["name"]
            assert group["description"]
            assert all(all(cookie.values()) for cookie in group["cookies"])


def test_texts_are_installed_once_and_then_left_to_people(google):
    edit_bar()
    archived = archive_question()
    install_texts()
    assert BarTexts.objects.get().sentence == "Mogen we je bezoek tellen?"
    assert Question.objects.first() == archived


@pytest.mark.promise("P36")
def test_the_table_tells_how_long_each_cookie_lasts(google):
    content = archive_question().content
    told = {
        language: {one["name"]: one["lifetime"] for group in groups for one in group["cookies"]}
        for language, groups in ((code, content[code]["groups"]) for code in ("nl", "en"))
    }
    assert told["nl"]["pluc_consent"] == "Hoogstens 26 weken"
    assert told["en"]["pluc_consent"] == "26 weeks at most"
    assert told["nl"]["sessionid"] == "Tot je de browser sluit, of 30 dagen als je daarvoor kiest"
    assert told["nl"]["csrftoken"] == "1 jaar"
    assert told["nl"]["pluc_optout"] == "5 jaar, of korter als je browser dat bepaalt"
    assert told["nl"]["_ga"] == told["nl"]["_ga_*"] == "Hoogstens 390 dagen"


def test_a_release_that_changes_how_long_a_cookie_lasts_asks_again(google, monkeypatch):
    before = archive_question()
    monkeypatch.setitem(LIFETIMES, "pluc_consent", timedelta(days=60))
    install_texts()
    after = archive_question()
    assert "60 dagen" in str(after.content)
    assert after.revision != before.revision


# --- What a visitor notices ----------------------------------------------------------------------


def bar_of(browser: Client) -> list[object]:
    return BeautifulSoup(browser.get("/cookies/").content, "lxml").select(".cookie-bar")


@pytest.mark.parametrize(
    ("change", "asks"), [*((c, True) for c in ASKS_AGAIN), *((c, False) for c in ONLY_ARCHIVES)]
)
def test_who_has_answered_is_asked_again_only_then(
    google, chooser, change, asks: bool, django_capture_on_commit_callbacks
):
    browser = chooser()
    assert not bar_of(browser)
    with django_capture_on_commit_callbacks(execute=True):
        change()
        archive_question()
    assert bool(bar_of(browser)) is asks
    if asks:
        assert "data-measurement" not in browser.get("/cookies/").text


# --- At /beheer/ ---------------------------------------------------------------------------------


@pytest.fixture
def desk(sign_in, editor) -> Client:
    """The staff screens, where an editor has signed in."""
    return sign_in(editor)


def screen(model: type, action: str, *args: object) -> str:
    return reverse(
        f"wagtailsnippets_{model._meta.app_label}_{model._meta.model_name}:{action}", args=args
    )


def values_of(row: object, *names: str) -> dict[str, object]:
    return {name: getattr(row, name) for name in names}


BAR = ("heading", "heading_en", "sentence", "sentence_en")
GROUP = ("varname", "ordering", "name", "name_en", "description", "description_en")
COOKIE = ("name", "provider", "description", "description_en", "lifetime", "lifetime_en")


def test_an_editor_changes_the_bar(desk, question):
    bar = BarTexts.objects.get()
    form = values_of(bar, *BAR) | {"heading": "Mogen we meten?"}
    assert desk.post(screen(BarTexts, "edit", bar.pk), form).status_code == 302
    newest = Question.objects.first()
    assert newest.content["nl"]["heading"] == "Mogen we meten?"
    assert newest.revision == question.revision


def test_an_editor_changes_a_purpose(desk, question):
    group = Group.objects.get(varname="analytics")
    form = values_of(group, *GROUP) | {"description": "Om te tellen."}
    assert desk.post(screen(Group, "edit", group.pk), form).status_code == 302
    assert Question.objects.first().revision != question.revision


def test_an_editor_adds_and_removes_a_cookie(desk, question):
    group = Group.objects.get(varname="analytics")
    texts = dict.fromkeys(COOKIE, "tekst") | {"cookiegroup": group.pk, "name": "_gid"}
    assert desk.post(screen(SetCookie, "add"), texts).status_code == 302
    added = Question.objects.first()
    assert added.revision != question.revision
    cookie = SetCookie.objects.get(name="_gid")
    assert desk.post(screen(SetCookie, "delete", cookie.pk)).status_code == 302
    assert Question.objects.first().revision == question.revision


def test_an_editor_removes_several_at_once(desk, question):
    rows = list(SetCookie.objects.filter(name__startswith="_ga"))
    address = reverse("wagtail_bulk_action", args=["consent", "setcookie", "delete"])
    query = "&".join(f"id={row.pk}" for row in rows)
    desk.post(f"{address}?{query}", {"next": screen(SetCookie, "list")})
    assert not SetCookie.objects.filter(name__startswith="_ga").exists()
    assert Question.objects.first().revision != question.revision


def recipient_form(**texts: object) -> dict[str, object]:
    both = [f"{name}{suffix}" for name in FIELDS for suffix in ("", "_en")]
    return dict.fromkeys(both, "tekst") | {"position": 1} | texts


def test_an_editor_changes_who_measures(desk, question):
    form = recipient_form(name="Google LLC", measures_visits="on")
    assert desk.post(screen(Recipient, "add"), form).status_code == 302
    added = Question.objects.first()
    assert added.revision != question.revision
    google = Recipient.objects.get()
    desk.post(screen(Recipient, "edit", google.pk), form | {"place_en": "elsewhere"})
    changed = Question.objects.first()
    assert changed.revision != added.revision
    desk.post(screen(Recipient, "delete", google.pk))
    assert Question.objects.first().revision == question.revision


def test_a_recipient_that_does_not_measure_asks_nobody(desk, question):
    assert desk.post(screen(Recipient, "add"), recipient_form()).status_code == 302
    assert Question.objects.first() == question


def test_a_safeguard_in_one_language_is_refused(desk):
    response = desk.post(screen(Recipient, "add"), recipient_form(safeguard_en=""))
    assert response.status_code == 200
    assert not Recipient.objects.exists()


@pytest.mark.parametrize("name", ["revision", "id", "all", "next", "how", "a b", "a=b", "a|b", ""])
def test_a_group_cannot_take_a_name_that_passes_for_an_answer(desk, question, name: str):
    form = dict.fromkeys(GROUP, "tekst") | {"ordering": 3, "varname": name}
    assert desk.post(screen(Group, "add"), form).status_code == 200
    assert not Group.objects.filter(name="tekst").exists()
    assert Question.objects.first() == question


@pytest.mark.parametrize("model", [BarTexts, Group, SetCookie, Recipient])
@pytest.mark.parametrize(("who", "may"), [("superuser", True), ("editor", True), ("writer", False)])
def test_editors_change_these_texts_and_writers_do_not(
    request, sign_in, model: type, who: str, may: bool
):
    response = sign_in(request.getfixturevalue(who)).get(screen(model, "add"))
    assert (response.status_code == 200) is may


def test_an_answer_is_taken_to_the_question_of_that_moment(
    visitor, question, django_capture_on_commit_callbacks
):
    from legal.consent.models import Choice

    visitor.get("/cookies/")
    with django_capture_on_commit_callbacks(execute=True):
        add_cookie()
        newest = archive_question()
    visitor.post("/cookies/", {"all": "accept"}, headers=SAME_ORIGIN)
    assert Choice.objects.get().revision == newest.revision
