"""What everybody with an account is told: by two people, once, in their language (P34)."""

from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape
from django_q.models import OrmQ

from legal.statements.services import NotReady, put_in_force
from pluc.outbox.models import Mail
from pluc.schedules import JOBS
from portal.accounts.models import Person, User
from portal.accounts.roles import BACK_OFFICE
from portal.announcements import services, tasks
from portal.announcements.models import Announcement, Step
from portal.announcements.services import Refusal, Texts
from tests.factories import PersonFactory, UserFactory
from tests.houses import House
from tests.legal.versions import days_from_now, write_version

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

State = Announcement.State
TEXTS = {
    "subject": "PLUC! krijgt een nieuwe eigenaar",
    "text": "Vanaf mei is PLUC! van Peer & Zonen.\r\n\r\nVoor jou verandert er niets.",
    "subject_en": "PLUC! has a new owner",
    "text_en": "From May on, PLUC! belongs to Peer & Zonen.\r\n\r\nNothing changes for you.",
}
HOLDERS = 5  # Bas, Babs, Dirk, Coby and Engel


@pytest.fixture
def bas(back_office: User) -> User:
    return back_office


@pytest.fixture
def babs(db: None) -> User:
    """Babs, the second person at the back office."""
    person = PersonFactory(first_name="Babs", last_name="Backoffice", email="babs@pluc.example")
    user = UserFactory(person=person, is_staff=True)
    user.groups.add(Group.objects.get(name=BACK_OFFICE))
    return user


@pytest.fixture
def engel(db: None) -> User:
    """Engel, who reads English."""
    person = PersonFactory(first_name="Engel", email="engel@abroad.example", language="en")
    return UserFactory(person=person)


@pytest.fixture
def everybody(bas: User, babs: User, participant: User, colleague: User, engel: User) -> None:
    """Five people with an account, and four who are not to be told."""
    UserFactory(person__email="dicht@elders.example", is_active=False)
    UserFactory(person__email="onbewezen@elders.example", proven=False)
    PersonFactory(email="gast@elders.example")
    UserFactory(person__email="later@elders.example")
    User.objects.filter(email="later@elders.example").update(
        date_joined=timezone.now() + timedelta(days=1)
    )


def write(by: User | None, **texts: str) -> Announcement:
    return services.write(texts=Texts(**(TEXTS | texts)), by=by)


def submitted(by: User, **texts: str) -> Announcement:
    announcement = write(by, **texts)
    services.submit(announcement_id=announcement.pk, revision=1, by=by)
    announcement.refresh_from_db()
    return announcement


def approved(by: User, then: User, **texts: str) -> Announcement:
    announcement = submitted(by, **texts)
    services.approve(announcement_id=announcement.pk, revision=1, by=then)
    announcement.refresh_from_db()
    return announcement


def announced() -> list[Mail]:
    mails = Mail.objects.filter(event__startswith="announcement:")
    return list(mails.order_by("recipient"))


def read(mail: Mail) -> EmailMessage:
    message = message_from_bytes(bytes(mail.message), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def parts_of(mail: Mail) -> tuple[str, str]:
    """The text and the HTML of a mail."""
    text, html = (part.get_content() for part in read(mail).iter_parts())
    return text, html


def address(announcement: Announcement, what: str = "") -> str:
    return f"/beheer/mededelingen/{announcement.pk}/{what}"


# --- Whom it reaches -----------------------------------------------------------------------------


@pytest.mark.promise("P34")
@pytest.mark.usefixtures("everybody")
def test_it_reaches_every_open_account_with_a_proven_address_and_nobody_else(bas, babs):
    announcement = approved(bas, babs)
    tasks.post_more()
    assert [mail.recipient for mail in announced()] == [
        "babs@pluc.example",
        "bas@pluc.example",
        "coby@elders.example",
        "dirk@kantoor.example",
        "engel@abroad.example",
    ]
    announcement.refresh_from_db()
    assert (announcement.posted, announcement.recipients) == (HOLDERS, HOLDERS)
    assert announcement.state == State.SENT


@pytest.mark.promise("P34")
@pytest.mark.usefixtures("everybody")
def test_everybody_gets_it_in_their_own_language(bas, babs):
    approved(bas, babs)
    tasks.post_more()
    subjects = {mail.recipient: read(mail)["Subject"] for mail in announced()}
    assert subjects["engel@abroad.example"] == TEXTS["subject_en"]
    assert subjects["dirk@kantoor.example"] == TEXTS["subject"]
    text, html = parts_of(Mail.objects.get(recipient="engel@abroad.example"))
    assert "Nothing changes for you." in text
    assert "verandert" not in text + html
    assert '<html lang="en"' in html
    assert "<p>Nothing changes for you.</p>" in html
    assert "Peer &amp; Zonen" in html
    assert "Peer & Zonen" in text


@pytest.mark.usefixtures("everybody")
def test_what_is_no_name_is_not_greeted(bas, babs, engel):
    Person.objects.filter(pk=engel.person_id).update(first_name="win.example")
    approved(bas, babs)
    tasks.post_more()
    text, html = parts_of(Mail.objects.get(recipient="engel@abroad.example"))
    assert "win.example" not in text + html
    assert text.startswith("Hello,")


@pytest.mark.usefixtures("everybody")
def test_one_mail_that_cannot_be_written_stops_nobody_else(bas, babs, engel, caplog):
    address = "engel@abroad.example\nBcc: iedereen@elders.example"
    EmailAddress.objects.filter(user=engel).update(email=address)
    announcement = approved(bas, babs)
    tasks.post_more()
    announcement.refresh_from_db()
    assert (announcement.state, announcement.posted) == (State.SENT, HOLDERS - 1)
    assert len(announced()) == HOLDERS - 1
    assert f"user {engel.pk}" in caplog.text
    assert "engel@" not in caplog.text
    assert "Engel" not in caplog.text


@pytest.mark.usefixtures("everybody")
def test_it_is_of_the_kind_that_is_always_sent_and_carries_no_way_out_of_a_newsletter(bas, babs):
    approved(bas, babs)
    tasks.post_more()
    assert {mail.kind for mail in announced()} == {Mail.Kind.SECURITY}
    assert {mail.person_id for mail in announced()} >= {bas.person_id, babs.person_id}
    message = read(announced()[0])
    assert message["Auto-Submitted"]
    assert not message["List-Unsubscribe"]


# --- Sending in parts ----------------------------------------------------------------------------


@pytest.mark.each_database
@pytest.mark.usefixtures("everybody")
def test_a_task_that_runs_twice_writes_each_mail_once(bas, babs):
    announcement = approved(bas, babs)
    for _ in range(3):
        tasks.post(announcement.pk)
        tasks.post_more()
    assert len(announced()) == HOLDERS
    assert Step.objects.filter(action=Step.Action.SENT).count() == 1


@pytest.mark.usefixtures("everybody")
def test_it_goes_out_in_chunks_and_says_how_far_it_is(bas, babs, sign_in, monkeypatch):
    monkeypatch.setattr(services, "CHUNK", 2)
    announcement = approved(bas, babs)
    for done in (2, 4):
        tasks.post_more()
        assert len(announced()) == done
        shown = sign_in(bas).get(address(announcement))
        assert f'<progress value="{done}" max="{HOLDERS}"' in shown.text
    tasks.post_more()
    assert len(announced()) == HOLDERS
    announcement.refresh_from_db()
    assert announcement.state == State.SENT
    tasks.post_more()
    assert len(announced()) == HOLDERS


def fail_after_one(announce: Callable[..., Any]) -> Callable[..., Any]:
    """Posts one mail, and then the worker is killed."""
    done: list[Any] = []

    def announce_once(**fields: Any) -> Any:
        if done:
            raise KeyboardInterrupt
        done.append(announce(**fields))
        return done[0]

    return announce_once


@pytest.mark.each_database
@pytest.mark.usefixtures("everybody")
def test_cut_off_halfway_it_goes_on_where_it_was(bas, babs, monkeypatch):
    """A worker that ends in the middle of a chunk leaves nothing of that chunk."""
    monkeypatch.setattr(services, "CHUNK", 2)
    announcement = approved(bas, babs)
    tasks.post_more()
    with monkeypatch.context() as patch:
        patch.setattr(services.mails, "announce", fail_after_one(services.mails.announce))
        with pytest.raises(KeyboardInterrupt):
            tasks.post(announcement.pk)
    assert len(announced()) == 2
    tasks.post_more()
    tasks.post_more()
    assert len(announced()) == HOLDERS


@pytest.mark.usefixtures("everybody")
def test_who_was_written_to_before_the_count_was_lost_gets_no_second_mail(bas, babs):
    announcement = approved(bas, babs)
    tasks.post_more()
    Announcement.objects.update(state=State.SENDING, last_user=0, posted=0)
    tasks.post(announcement.pk)
    assert len(announced()) == HOLDERS


def test_finding_whom_to_write_to_costs_the_same_for_one_and_for_three(
    bas, babs, django_assert_num_queries
):
    from portal.announcements.queries import account_holders

    def languages() -> list[str]:
        return [address.user.person.language for address in account_holders()]

    with django_assert_num_queries(1):
        assert len(languages()) == 2
    UserFactory.create_batch(3)
    with django_assert_num_queries(1):
        assert len(languages()) == 5


@pytest.mark.each_database
def test_the_worker_is_told_at_once(bas, babs, django_capture_on_commit_callbacks):
    OrmQ.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        announcement = approved(bas, babs)
    (task,) = [queued.task for queued in OrmQ.objects.all()]
    assert task["func"] == "portal.announcements.tasks.post"
    assert task["args"] == (announcement.pk,)


def test_the_worker_looks_each_minute_for_what_is_left():
    (job,) = [job for job in JOBS if job.task == "portal.announcements.tasks.post_more"]
    assert job.minutes == 1


def test_nobody_to_write_to_is_no_reason_to_go_on_for_ever(bas, babs):
    announcement = approved(bas, babs)
    EmailAddress.objects.all().delete()
    tasks.post_more()
    announcement.refresh_from_db()
    assert (announcement.state, announcement.posted) == (State.SENT, 0)


# --- Two people ----------------------------------------------------------------------------------


def test_who_wrote_it_may_not_approve_it(bas):
    announcement = submitted(bas)
    with pytest.raises(Refusal):
        services.approve(announcement_id=announcement.pk, revision=1, by=bas)
    announcement.refresh_from_db()
    assert announcement.state == State.SUBMITTED


def test_who_changed_it_last_may_not_approve_it(bas, babs):
    announcement = write(bas)
    texts = Texts(**(TEXTS | {"subject": "Anders"}))
    services.change(announcement_id=announcement.pk, revision=1, texts=texts, by=babs)
    services.submit(announcement_id=announcement.pk, revision=2, by=bas)
    with pytest.raises(Refusal):
        services.approve(announcement_id=announcement.pk, revision=2, by=babs)


@pytest.mark.each_database
def test_who_submitted_what_the_software_wrote_may_not_approve_it(bas, babs):
    announcement = write(None)
    services.submit(announcement_id=announcement.pk, revision=1, by=bas)
    with pytest.raises(Refusal):
        services.approve(announcement_id=announcement.pk, revision=1, by=bas)
    services.approve(announcement_id=announcement.pk, revision=1, by=babs)


def test_a_superuser_needs_a_second_person_too(superuser):
    announcement = submitted(superuser)
    with pytest.raises(Refusal):
        services.approve(announcement_id=announcement.pk, revision=1, by=superuser)


def test_who_has_no_right_to_approve_may_not(bas, participant):
    announcement = submitted(bas)
    with pytest.raises(Refusal):
        services.approve(announcement_id=announcement.pk, revision=1, by=participant)


@pytest.mark.each_database
@pytest.mark.parametrize("role", ["written_by", "changed_by", "submitted_by"])
def test_the_database_refuses_one_person_in_two_roles(bas, babs, role: str):
    announcement = approved(bas, babs)
    with pytest.raises(IntegrityError), transaction.atomic():
        Announcement.objects.filter(pk=announcement.pk).update(**{role: babs})


@pytest.mark.each_database
def test_the_database_refuses_to_send_what_nobody_approved(bas):
    announcement = write(bas)
    with pytest.raises(IntegrityError), transaction.atomic():
        Announcement.objects.filter(pk=announcement.pk).update(state=State.SENDING)


@pytest.mark.each_database
@pytest.mark.parametrize("field", sorted(TEXTS))
def test_the_database_refuses_a_missing_language(bas, field: str):
    with pytest.raises(IntegrityError), transaction.atomic():
        write(bas, **{field: ""})


def test_a_change_takes_back_what_was_submitted(bas, babs):
    announcement = submitted(bas)
    texts = Texts(**(TEXTS | {"text": "Anders."}))
    services.change(announcement_id=announcement.pk, revision=1, texts=texts, by=bas)
    announcement.refresh_from_db()
    assert (announcement.state, announcement.text) == (State.DRAFT, "Anders.")
    with pytest.raises(Refusal):
        services.approve(announcement_id=announcement.pk, revision=2, by=babs)


def test_a_text_that_its_approver_did_not_see_is_not_approved(bas, babs):
    announcement = submitted(bas)
    texts = Texts(**(TEXTS | {"text": "Heel iets anders."}))
    services.change(announcement_id=announcement.pk, revision=1, texts=texts, by=bas)
    services.submit(announcement_id=announcement.pk, revision=2, by=bas)
    with pytest.raises(Refusal):
        services.approve(announcement_id=announcement.pk, revision=1, by=babs)
    announcement.refresh_from_db()
    assert announcement.state == State.SUBMITTED


@pytest.mark.each_database
def test_of_two_who_change_it_at_once_the_second_is_told(bas, babs):
    announcement = write(bas)
    services.change(announcement_id=announcement.pk, revision=1, texts=Texts(**TEXTS), by=bas)
    with pytest.raises(Refusal):
        services.change(announcement_id=announcement.pk, revision=1, texts=Texts(**TEXTS), by=babs)


@pytest.mark.parametrize("state", [State.SENDING, State.SENT])
def test_what_was_approved_stays_as_it_is(bas, babs, state: str):
    announcement = approved(bas, babs)
    if state == State.SENT:
        tasks.post_more()
    texts = Texts(**(TEXTS | {"text": "Toch anders."}))
    number = announcement.pk
    for attempt in (
        lambda: services.change(announcement_id=number, revision=1, texts=texts, by=bas),
        lambda: services.submit(announcement_id=number, revision=1, by=bas),
        lambda: services.send_back(announcement_id=number, revision=1, by=babs),
        lambda: services.approve(announcement_id=number, revision=1, by=babs),
        lambda: services.discard(announcement_id=number, revision=1, by=bas),
        lambda: services.send_test(announcement_id=number, by=bas),
    ):
        with pytest.raises(Refusal):
            attempt()
    announcement.refresh_from_db()
    assert (announcement.state, announcement.text) == (state, TEXTS["text"])


def test_what_is_sent_back_is_a_draft_with_a_note(bas, babs):
    announcement = submitted(bas)
    services.send_back(announcement_id=announcement.pk, revision=1, by=babs, note="Noem de datum.")
    announcement.refresh_from_db()
    assert announcement.state == State.DRAFT
    step = announcement.steps.last()
    assert (step.action, step.note, step.by) == (Step.Action.RETURNED, "Noem de datum.", babs)


def test_a_test_copy_goes_to_oneself_in_both_languages_as_often_as_one_likes(bas):
    announcement = write(bas)
    for _ in range(2):
        services.send_test(announcement_id=announcement.pk, by=bas)
    mails = Mail.objects.filter(event__startswith=f"announcement-test:{announcement.pk}:")
    assert {mail.recipient for mail in mails} == {bas.email}
    subjects = [read(mail)["Subject"] for mail in mails]
    assert sum(TEXTS["subject"] in subject for subject in subjects) == 2
    assert sum(TEXTS["subject_en"] in subject for subject in subjects) == 2
    assert not set(subjects) & {TEXTS["subject"], TEXTS["subject_en"]}
    assert not announced()


# --- A change of the statement -------------------------------------------------------------------


@pytest.mark.promise("P34")
@pytest.mark.promise("P39")
def test_a_material_change_of_the_statement_proposes_a_draft_in_both_languages(editor, babs):
    day = days_from_now(14)
    pages = write_version(days_from_now(0), effective_from=day, is_material=True)
    put_in_force(page=pages["nl"], by=editor.pk)
    announcement = Announcement.objects.get()
    version = days_from_now(0).isoformat()
    assert announcement.state == State.DRAFT
    assert f"http://localhost:8000/privacyverklaring/{version}/" in announcement.text
    assert f"http://localhost:8000/en/privacyverklaring/{version}/" in announcement.text_en
    assert "Wat er nieuw is." in announcement.text
    assert str(day.year) in announcement.text
    assert announcement.subject != announcement.subject_en
    assert not Mail.objects.filter(event__startswith="announcement").exists()


def test_who_put_the_version_in_force_may_not_approve_its_announcement(superuser, bas):
    pages = write_version(days_from_now(0), is_material=True)
    put_in_force(page=pages["nl"], by=superuser.pk)
    announcement = Announcement.objects.get()
    services.submit(announcement_id=announcement.pk, revision=1, by=bas)
    with pytest.raises(Refusal):
        services.approve(announcement_id=announcement.pk, revision=1, by=superuser)


def test_a_minor_change_proposes_nothing():
    put_in_force(page=write_version(days_from_now(0))["nl"], by=None)
    assert not Announcement.objects.exists()


def test_an_old_version_that_is_filed_proposes_nothing():
    day = days_from_now(-40)
    pages = write_version(day, is_material=True)
    put_in_force(page=pages["nl"], by=None, today=day)
    assert not Announcement.objects.exists()


def test_a_version_that_is_refused_proposes_nothing():
    pages = write_version(days_from_now(0), is_material=True, summary="")
    with pytest.raises(NotReady):
        put_in_force(page=pages["nl"], by=None)
    assert not Announcement.objects.exists()


# --- The staff screens ---------------------------------------------------------------------------

MAY = [
    ("superuser", True),
    ("back_office", True),
    ("editor", False),
    ("writer", False),
    ("participant", False),
]


@pytest.mark.parametrize(("who", "may"), MAY)
def test_the_screens_are_for_who_may_write_or_approve(request, sign_in, babs, who: str, may: bool):
    announcement = submitted(babs)
    browser = sign_in(request.getfixturevalue(who))
    for path in ("", "nieuw/", *(f"{announcement.pk}/{what}" for what in ("", "wijzigen/"))):
        assert (browser.get(f"/beheer/mededelingen/{path}").status_code == 200) is may, path
    browser.post(address(announcement, "goedkeuren/"), {"revision": 1})
    announcement.refresh_from_db()
    assert (announcement.state == State.SENDING) is may


@pytest.mark.parametrize(("who", "may"), [("back_office", True), ("editor", False)])
def test_the_menu_leads_there_for_who_may_go_there(request, sign_in, who: str, may: bool):
    text = sign_in(request.getfixturevalue(who)).get("/beheer/").text
    assert ("/beheer/mededelingen/" in text) is may


def test_who_is_not_signed_in_is_sent_to_sign_in(house: House, bas):
    announcement = submitted(bas)
    for path in ("/beheer/mededelingen/", address(announcement), address(announcement, "proef/")):
        response = house.guest().get(path)
        assert response.status_code == 302
        assert house.portal_path("/inloggen/") in response["Location"]


def test_it_takes_a_token_against_forgery(bas, babs):
    browser = Client(headers={"host": "localhost:8000"}, enforce_csrf_checks=True)
    browser.force_login(babs)
    announcement = submitted(bas)
    assert browser.post(address(announcement, "goedkeuren/"), {"revision": 1}).status_code == 403


def test_from_writing_to_sending_in_the_screens(sign_in, bas, babs):
    first, second = sign_in(bas), sign_in(babs)
    response = first.post("/beheer/mededelingen/nieuw/", TEXTS)
    announcement = Announcement.objects.get()
    assert response["Location"] == address(announcement)
    first.post(address(announcement, "indienen/"), {"revision": 1})
    asked = second.get(address(announcement, "goedkeuren/"))
    assert asked.status_code == 200
    assert "2" in asked.text
    assert announcement.state == State.DRAFT
    second.post(address(announcement, "goedkeuren/"), {"revision": 1})
    announcement.refresh_from_db()
    assert announcement.state == State.SENDING
    assert announcement.text == TEXTS["text"].replace("\r\n", "\n")
    shown = first.get(address(announcement)).text
    for name in ("Bas Backoffice", "Babs Backoffice"):
        assert name in shown


def test_looking_at_a_question_does_nothing(sign_in, bas, babs):
    announcement = submitted(bas)
    browser = sign_in(babs)
    for what in ("goedkeuren/", "terugsturen/", "proef/"):
        assert browser.get(address(announcement, what)).status_code == 200
    announcement.refresh_from_db()
    assert announcement.state == State.SUBMITTED
    assert not Mail.objects.exists()


def test_ones_own_work_has_no_button_to_approve(sign_in, bas, babs):
    announcement = submitted(bas)
    assert address(announcement, "goedkeuren/") not in sign_in(bas).get(address(announcement)).text
    assert address(announcement, "goedkeuren/") in sign_in(babs).get(address(announcement)).text
    sign_in(bas).post(address(announcement, "goedkeuren/"), {"revision": 1})
    announcement.refresh_from_db()
    assert announcement.state == State.SUBMITTED


def test_sending_back_takes_a_note(sign_in, bas, babs):
    announcement = submitted(bas)
    browser = sign_in(babs)
    assert browser.post(address(announcement, "terugsturen/"), {"revision": 1}).status_code == 422
    announcement.refresh_from_db()
    assert announcement.state == State.SUBMITTED
    note = {"revision": 1, "note": "Noem de datum."}
    done = browser.post(address(announcement, "terugsturen/"), note, follow=True)
    assert "Noem de datum." in done.text


@pytest.mark.each_database
def test_a_draft_can_be_thrown_away(sign_in, bas):
    announcement = write(bas)
    done = sign_in(bas).post(address(announcement, "weggooien/"), {"revision": 1}, follow=True)
    assert done.status_code == 200
    assert not Announcement.objects.exists()


@pytest.mark.parametrize("field", sorted(TEXTS))
def test_the_form_wants_both_languages_and_keeps_what_was_typed(sign_in, bas, field: str):
    response = sign_in(bas).post("/beheer/mededelingen/nieuw/", TEXTS | {field: " "})
    assert response.status_code == 422
    assert not Announcement.objects.exists()
    kept = next(value for name, value in TEXTS.items() if name != field)
    assert escape(kept.partition("\r")[0]) in response.text


@pytest.mark.parametrize(
    "subject", ["Twee\r\nBcc: iedereen@elders.example", "x" * 121, "\u202etxet", "nul\x00"]
)
def test_a_hostile_subject_is_refused(sign_in, bas, subject: str):
    response = sign_in(bas).post("/beheer/mededelingen/nieuw/", TEXTS | {"subject": subject})
    assert response.context["form"].errors["subject"]
    assert not Announcement.objects.exists()


def test_markup_in_a_text_is_text(sign_in, bas, babs):
    hostile = "<script>alert(1)</script> =1+1"
    announcement = approved(bas, babs, text=hostile, subject="<b>Peren</b>")
    tasks.post_more()
    text, html = parts_of(announced()[0])
    assert hostile in text
    assert "<script" not in html
    assert "<b>Peren" not in html
    shown = sign_in(bas).get(address(announcement)).text
    assert "<script>alert" not in shown
    assert "<b>Peren" not in shown


def test_an_address_in_the_text_can_be_followed(bas, babs):
    approved(bas, babs, text="Lees: http://localhost:8000/privacyverklaring/2026-01-01/")
    tasks.post_more()
    _, html = parts_of(announced()[0])
    assert '<a href="http://localhost:8000/privacyverklaring/2026-01-01/"' in html


@pytest.mark.each_database
def test_a_change_based_on_an_old_text_is_refused_and_nothing_typed_is_lost(sign_in, bas, babs):
    announcement = write(bas)
    services.change(announcement_id=announcement.pk, revision=1, texts=Texts(**TEXTS), by=babs)
    mine = TEXTS | {"text": "Mijn lange tekst.", "revision": 1}
    response = sign_in(bas).post(address(announcement, "wijzigen/"), mine)
    assert response.status_code == 422
    assert "Mijn lange tekst." in response.text
    assert response.context["form"].non_field_errors()
    announcement.refresh_from_db()
    assert announcement.text == TEXTS["text"]


@pytest.mark.each_database
def test_what_is_on_its_way_has_no_form(sign_in, bas, babs):
    announcement = approved(bas, babs)
    browser = sign_in(bas)
    assert 'name="subject"' not in browser.get(address(announcement, "wijzigen/")).text
    response = browser.post(address(announcement, "wijzigen/"), TEXTS | {"revision": 1})
    assert response.status_code == 422
    assert str(services.FROZEN) in response.text
    announcement.refresh_from_db()
    assert announcement.revision == 1


@pytest.mark.each_database
def test_what_is_not_there_is_not_found(sign_in, bas):
    announcement = write(bas)
    browser = sign_in(bas)
    for path in ("999999/", "999999/wijzigen/", "999999/proef/", f"{announcement.pk}/peren/"):
        assert browser.get(f"/beheer/mededelingen/{path}").status_code == 404


def test_the_list_costs_the_same_with_one_and_with_three(
    sign_in, bas, babs, django_assert_num_queries, without_cache
):
    browser = sign_in(bas)
    write(bas)
    browser.get("/beheer/mededelingen/")
    queries = count_queries(browser, "/beheer/mededelingen/")
    write(babs)
    write(None)
    with django_assert_num_queries(queries):
        shown = browser.get("/beheer/mededelingen/")
    assert shown.text.count(TEXTS["subject"]) == 3
    assert queries < 15


def test_the_page_of_one_costs_the_same_with_one_and_with_three_steps(
    sign_in, bas, babs, django_assert_num_queries, without_cache
):
    announcement = submitted(bas)
    browser = sign_in(bas)
    browser.get(address(announcement))
    queries = count_queries(browser, address(announcement))
    services.send_back(announcement_id=announcement.pk, revision=1, by=babs, note="Nee.")
    services.submit(announcement_id=announcement.pk, revision=1, by=bas)
    with django_assert_num_queries(queries):
        browser.get(address(announcement))


def count_queries(browser: Client, path: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        assert browser.get(path).status_code == 200
    return len(captured)


def test_the_preview_is_the_mail(sign_in, bas, babs):
    announcement = approved(bas, babs)
    shown: Any = sign_in(bas).get(address(announcement)).context["mails"]
    tasks.post_more()
    text, _ = parts_of(announced()[0])
    preview = {code: text for _, code, _, text in shown}["nl"]
    assert "Voor jou verandert er niets." in preview
    assert preview.strip().splitlines()[-1] == text.strip().splitlines()[-1]


def test_the_address_is_fixed():
    with translation.override("nl"):
        assert reverse("announcements") == "/beheer/mededelingen/"
