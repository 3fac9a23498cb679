"""What meetings are made of, in the staff screens: courses, venues, speakers, schemes, terms."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from wagtail.models import ModelLogEntry

from portal.accounts.models import User
from portal.meetings.models import Course, Policy, Region, Scheme, Speaker, Subject, Venue
from tests.factories import PersonFactory, PictureFactory, UserFactory
from tests.planning import (
    AccreditationFactory,
    CourseFactory,
    MeetingFactory,
    PolicyFactory,
    RegionFactory,
    SchemeFactory,
    SpeakerFactory,
    SubjectFactory,
    VenueFactory,
)
from tests.portal.meetings.planned import filled_in, in_english, log_of, sent, soup_of

pytestmark = [pytest.mark.django_db, pytest.mark.thorough, pytest.mark.either_database]
SPEAKERS = "/beheer/sprekers/"
NAMES = {"name": "Peren", "name_en": "Pears", "slug": "peren", "position": "1"}
VENUE = {"name": "De Kas", "street": "Kasweg 1", "postal_code": "1234 AB", "city": "Ede"}
DAYS = {f"{name}_days": "3" for name in ("closing", "cancelling", "moving", "substituting")}
# By address: the model, a row that there is, what is typed for a new one, what holds on to a row.
Part = tuple[type[Model], Any, Callable[[], dict[str, Any]], Callable[[Any], Any] | None]
PARTS: dict[str, Part] = {
    "opleidingen": (
        Course,
        CourseFactory,
        lambda: {"title": "P", "slug": "p", "subject": SubjectFactory().pk, "level": "basic"},
        lambda row: MeetingFactory(course=row),
    ),
    "locaties": (
        Venue,
        VenueFactory,
        lambda: VENUE | {"region": RegionFactory().pk},
        lambda row: MeetingFactory(venue=row),
    ),
    "sprekers": (Speaker, SpeakerFactory, lambda: {"name": "Nina Nieuw"}, None),
    "onderwerpen": (
        Subject,
        SubjectFactory,
        lambda: NAMES,
        lambda row: CourseFactory(subject=row),
    ),
    "regios": (Region, RegionFactory, lambda: NAMES, lambda row: VenueFactory(region=row)),
    "erkenningen": (
        Scheme,
        SchemeFactory,
        lambda: {"code": "RB", "name": "Register", "name_en": "Register", "position": "2"},
        lambda row: AccreditationFactory(scheme=row, meeting=MeetingFactory()),
    ),
    "voorwaarden": (
        Policy,
        PolicyFactory,
        lambda: {"name": "Ruim"} | DAYS,
        lambda row: MeetingFactory(policy=row),
    ),
}


def logged(row: Model) -> list[tuple[str, Any]]:
    return [(entry.action, entry.user) for entry in log_of(row)]


# --- All of them ---------------------------------------------------------------------------------


@pytest.mark.parametrize("part", PARTS)
def test_every_new_changed_and_deleted_part_is_logged_with_who_and_when(
    office: Client, back_office: User, part: str
):
    model, _, typed, _ = PARTS[part]
    assert office.post(f"/beheer/{part}/new/", typed()).status_code == 302
    row = model._default_manager.order_by("-pk")[0]
    edit = f"/beheer/{part}/edit/{row.pk}/"
    first = next(iter(typed()))
    assert sent(office, edit, first, **{first: "Anders"}).status_code == 302
    assert office.post(f"/beheer/{part}/delete/{row.pk}/").status_code == 302
    assert not model._default_manager.filter(pk=row.pk).exists()
    assert logged(row) == [
        (f"wagtail.{deed}", back_office) for deed in ("create", "edit", "delete")
    ]
    assert all(entry.timestamp for entry in log_of(row))


@pytest.mark.parametrize("part", [name for name, row in PARTS.items() if row[3]])
def test_what_is_in_use_stays_and_says_so(office: Client, part: str):
    model, factory, _, hold = PARTS[part]
    row = factory()
    assert hold is not None
    hold(row)
    answer = office.post(f"/beheer/{part}/delete/{row.pk}/", follow=True)
    assert answer.redirect_chain == [(f"/beheer/{part}/", 302)]
    assert "It is in use, so it stays." in soup_of(answer).text
    assert model._default_manager.filter(pk=row.pk).exists()
    assert log_of(row) == []


@pytest.mark.parametrize("part", PARTS)
def test_a_list_shows_its_rows(office: Client, part: str):
    row = PARTS[part][1]()
    answer = office.get(f"/beheer/{part}/")
    assert answer.status_code == 200
    assert f"/beheer/{part}/edit/{row.pk}/" in answer.text


@pytest.mark.promise("P17")
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("role", ["participant", "speaker", "contact", "editor", "writer"])
def test_who_is_no_back_office_changes_none_of_it(sign_in, request, role: str, part: str):
    model, factory, typed, _ = PARTS[part]
    row, new = factory(), typed()
    was = model._default_manager.count()
    browser = sign_in(request.getfixturevalue(role))
    expected = 302 if role in {"editor", "writer"} else 404
    for deed in ("", "new/", f"edit/{row.pk}/", f"delete/{row.pk}/"):
        answer = browser.get(f"/beheer/{part}/{deed}")
        assert answer.status_code == expected
        assert str(row) not in answer.text
        assert browser.post(f"/beheer/{part}/{deed}", new).status_code in {expected, 405}
    assert model._default_manager.count() == was
    assert not ModelLogEntry.objects.exists()


# --- Speakers ------------------------------------------------------------------------------------


def tie(office: Client, row: Speaker, email: str) -> Any:
    return sent(office, f"{SPEAKERS}edit/{row.pk}/", "role_en", email=email)


def errors_of(answer: Any) -> list[str]:
    assert answer.status_code == 200
    return in_english(answer.context["form"].errors.get("email", []))


def test_a_new_speaker_needs_no_account(office: Client):
    assert office.post(f"{SPEAKERS}new/", {"name": "Nina Nieuw"}).status_code == 302
    assert Speaker.objects.get().person is None


@pytest.mark.parametrize("email", ["sanne@podium.example", " Sanne@PODIUM.example "])
def test_a_speaker_is_tied_to_who_signs_in_with_an_address_and_untied_again(
    office: Client, speaker: User, email: str
):
    row = SpeakerFactory()
    assert tie(office, row, email).status_code == 302
    row.refresh_from_db()
    assert row.person == speaker.person
    shown = filled_in(office.get(f"{SPEAKERS}edit/{row.pk}/"), "role_en")
    assert shown["email"] == ["sanne@podium.example"]
    assert tie(office, row, "").status_code == 302
    row.refresh_from_db()
    assert row.person is None


def test_a_new_speaker_can_be_tied_at_once(office: Client, speaker: User):
    typed = {"name": "Sanne", "email": speaker.email, "role": "Docent"}
    assert office.post(f"{SPEAKERS}new/", typed).status_code == 302
    assert Speaker.objects.get().person == speaker.person


@pytest.mark.parametrize("email", ["niemand@podium.example", "gast@podium.example"])
def test_an_address_that_nobody_signs_in_with_is_refused(office: Client, email: str):
    PersonFactory(email="gast@podium.example")  # whose data we hold, without a login
    row = SpeakerFactory(role_en="Teaches")
    assert errors_of(tie(office, row, email)) == ["Nobody signs in with this address yet."]
    row.refresh_from_db()
    assert row.person is None


@pytest.mark.parametrize("email", ["geen adres", "a@b", "a\0@b.example", "x" * 400 + "@b.example"])
def test_what_is_no_address_is_refused(office: Client, email: str):
    assert errors_of(tie(office, SpeakerFactory(), email))


def test_one_person_is_one_speaker(office: Client, speaker: User):
    SpeakerFactory(person=speaker.person)
    row = SpeakerFactory()
    assert errors_of(tie(office, row, speaker.email)) == [
        "Another speaker signs in with this address."
    ]
    row.refresh_from_db()
    assert row.person is None


def test_a_speaker_who_signs_in_may_enter_the_speakers_room(office: Client):
    user = UserFactory()
    tie(office, SpeakerFactory(), user.email)
    assert User.objects.get(pk=user.pk).has_perm("accounts.enter_speakers_room")


def test_the_address_of_one_who_is_tied_may_be_given_to_another(office: Client, speaker: User):
    row, other = SpeakerFactory(person=speaker.person), UserFactory()
    assert tie(office, row, other.email).status_code == 302
    row.refresh_from_db()
    assert row.person == other.person


def test_a_speaker_whose_login_is_gone_can_still_be_changed(office: Client, speaker: User):
    row = SpeakerFactory(person=speaker.person)
    speaker.delete()
    answer = sent(office, f"{SPEAKERS}edit/{row.pk}/", "role_en", role="Was docent")
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.role, row.person) == ("Was docent", speaker.person)


def test_a_speaker_keeps_their_picture(office: Client):
    row = SpeakerFactory(picture=PictureFactory())
    assert tie(office, row, "").status_code == 302
    row.refresh_from_db()
    assert row.picture is not None


# --- Terms ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("days", ["366", "-1", "99999999999", "veel", ""])
@pytest.mark.parametrize("name", DAYS)
def test_terms_with_days_that_no_calendar_has_are_refused(office: Client, name: str, days: str):
    answer = office.post("/beheer/voorwaarden/new/", {"name": "Vreemd"} | DAYS | {name: days})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [name]
    assert not Policy.objects.exists()


def test_terms_of_a_year_and_of_no_days_are_fine(office: Client):
    typed = {"name": "Ruim"} | DAYS | {"closing_days": "0", "cancelling_days": "365"}
    assert office.post("/beheer/voorwaarden/new/", typed).status_code == 302
    assert Policy.objects.get().cancelling_days == 365
