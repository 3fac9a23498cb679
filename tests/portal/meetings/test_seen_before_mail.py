"""Nothing leaves unseen: what staff do shows who will be mailed what, before it is done."""

from typing import Any

import pytest
from django.test import Client

from legal.rights.services import restrict
from pluc.outbox.models import Mail
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting
from tests.enrolling import attendee, enrol, states_in
from tests.mails import newest_to, text_of
from tests.planning import MeetingFactory, VenueFactory, in_days
from tests.portal.meetings.planned import filled_in, sent, soup_of, told_by_mail

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
CHANGED = "enrolments/meeting_changed"
ANNA, EVE = attendee(1).email, attendee(2).email


@pytest.fixture
def meeting() -> Meeting:
    """Anna reads Dutch, Eve English."""
    meeting = MeetingFactory(code="peer", capacity=3, practical="Neem een pen mee.")
    enrol(meeting, attendee(1))
    enrol(meeting, attendee(2), language="en")
    return meeting


def screen(meeting: Meeting, rest: str = "") -> str:
    return f"/beheer/bijeenkomsten/{meeting.pk}/{rest}"


def mailed(template: str) -> set[str]:
    return set(Mail.objects.filter(template=template).values_list("recipient", flat=True))


def words(answer: Any) -> str:
    return " ".join(soup_of(answer).text.split())


# --- A meeting that changes ----------------------------------------------------------------------


def moved_to(office: Client, meeting: Meeting, day: Any) -> Any:
    """Types another day in the form, and sends it."""
    days = {"sessions-0-starts_at_0": f"{day}", "sessions-0-ends_at_0": f"{day}"}
    return sent(office, screen(meeting, "wijzigen/"), "code", **days)


def test_another_day_is_first_shown_with_each_mail_and_then_told_with_the_reason(
    office: Client, meeting: Meeting
):
    restrict(person_id=Enrolment.objects.get(email=EVE).person_id, ground="P26", by=None)
    asked = moved_to(office, meeting, in_days(44))
    meeting.refresh_from_db()
    assert (meeting.starts_on, meeting.sequence, mailed(CHANGED)) == (in_days(30), 0, set())
    page = words(asked)
    assert "Nothing is done yet. This mails 1 person. Look first." in page
    assert "Guus Gast 1 <guus1@kantoor.example>" in page
    assert "Gets no mail, for their data is restricted: Guus Gast 2" in page
    rows = [cell.text for cell in soup_of(asked).select("#compared-content td, #compared td")]
    assert [f"{in_days(30).day} " in rows[0], f"{in_days(44).day} " in rows[1]] == [True, True]

    reason = {"telling_reason": "De zaal is dan vrij.", "telling_reason_en": "The room is free."}
    told_by_mail(office, screen(meeting, "wijzigen/"), asked, **reason)
    meeting.refresh_from_db()
    assert (meeting.starts_on, meeting.sequence) == (in_days(44), 1)
    assert mailed(CHANGED) == {ANNA, EVE}, "the outbox withholds what goes to Eve"
    assert "De zaal is dan vrij." in text_of(newest_to(ANNA))
    english = text_of(newest_to(EVE))
    assert "The room is free." in english
    assert "De zaal" not in english


def test_a_typo_is_put_right_without_mail(office: Client, meeting: Meeting):
    asked = moved_to(office, meeting, in_days(31))
    told_by_mail(office, screen(meeting, "wijzigen/"), asked, telling="silent")
    meeting.refresh_from_db()
    assert (meeting.starts_on, meeting.sequence, mailed(CHANGED)) == (in_days(31), 0, set())


def test_who_goes_back_finds_what_was_typed(office: Client, meeting: Meeting):
    asked = moved_to(office, meeting, in_days(31))
    back = office.post(
        screen(meeting, "wijzigen/"), filled_in(asked, "telling_shown") | {"telling": "back"}
    )
    assert filled_in(back, "code")["sessions-0-starts_at_0"] == [f"{in_days(31)}"]
    assert Meeting.objects.get(pk=meeting.pk).starts_on == in_days(30)


def test_who_enrols_meanwhile_makes_it_ask_again(office: Client, meeting: Meeting):
    asked = moved_to(office, meeting, in_days(31))
    enrol(meeting, attendee(3))
    again = told_by_mail(office, screen(meeting, "wijzigen/"), asked)
    assert "This mails 3 people." in words(again)
    assert mailed(CHANGED) == set()


def test_what_has_no_english_is_named_before_an_english_mail_goes(office: Client, meeting: Meeting):
    page = words(moved_to(office, meeting, in_days(31)))
    assert "Somebody reads English, and this stands in Dutch only: the route to the venue" in page
    Enrolment.objects.get(email=EVE).booking.__class__.objects.update(language="nl")
    assert "reads English" not in words(moved_to(office, meeting, in_days(31)))


def test_a_venue_put_right_without_mail_tells_nobody(office: Client, meeting: Meeting):
    address = f"/beheer/locaties/edit/{meeting.venue_id}/"
    asked = sent(office, address, "street", street="Perenlaan 11")
    assert "Perenlaan 11" in words(asked)
    assert Meeting.objects.get(pk=meeting.pk).venue.street == "Perenlaan 1"
    told_by_mail(office, address, asked, telling="silent")
    stored = Meeting.objects.select_related("venue").get(pk=meeting.pk)
    assert (stored.venue.street, stored.sequence, mailed(CHANGED)) == ("Perenlaan 11", 0, set())


def test_who_is_offered_a_place_hears_of_it_though_nobody_else_is_mailed(office: Client):
    full = MeetingFactory(capacity=1)
    enrol(full, attendee(1))
    enrol(full, attendee(2))  # waits
    days = {"sessions-0-starts_at_0": f"{in_days(31)}", "sessions-0-ends_at_0": f"{in_days(31)}"}
    asked = sent(office, screen(full, "wijzigen/"), "code", capacity="2", **days)
    assert "This mails 2 people." in words(asked)
    assert "Without mail, 1 person still hears of it" in words(asked)
    told_by_mail(office, screen(full, "wijzigen/"), asked, telling="silent")
    assert (mailed(CHANGED), mailed("enrolments/offered")) == (set(), {EVE})


def test_a_step_that_opens_a_place_shows_the_offer_first(office: Client):
    full = MeetingFactory(capacity=1)
    enrol(full, attendee(1))
    enrol(full, attendee(2))  # waits
    Meeting.objects.filter(pk=full.pk).update(state="held", capacity=2)
    asked = office.post(screen(full, "stap/"), {"state": "definite"})
    assert "This mails 1 person." in words(asked)
    assert Meeting.objects.get(pk=full.pk).state == "held"
    told_by_mail(office, screen(full, "stap/"), asked)
    assert Meeting.objects.get(pk=full.pk).state == "definite"
    assert mailed("enrolments/offered") == {EVE}


def test_payers_are_counted_and_named_among_who_is_mailed(office: Client):
    meeting = MeetingFactory(capacity=3)
    payer = {"payer_name": "Petra Peer", "payer_email": "petra@kantoor.example"}
    colleagues = [attendee(1, is_payer=False), attendee(2, is_payer=False)]
    enrol(meeting, *colleagues, **payer)
    asked = many(office, meeting, "cancel")
    assert "This mails 3 people." in words(asked), "two mails to Petra are one person"
    assert "Petra Peer <petra@kantoor.example>" in words(asked)
    told_by_mail(office, screen(meeting), asked)
    assert mailed("enrolments/order_changed") == {"petra@kantoor.example"}


# --- Many people at once -------------------------------------------------------------------------


def many(office: Client, meeting: Meeting, deed: str, **typed: str) -> Any:
    keys = [str(one.pk) for one in Enrolment.objects.filter(meeting=meeting)]
    return office.post(screen(meeting), {"do": deed, "people": keys} | typed)


def test_nothing_is_chosen_beforehand(office: Client, meeting: Meeting):
    assert filled_in(office.get(screen(meeting)), "do")["do"] in ([], [""])
    answer = many(office, meeting, "")
    assert (answer.status_code, states_in(meeting)) == (422, ["enrolled"] * 2)
    assert "Choose what to do with them." in words(answer)


@pytest.mark.parametrize(
    ("telling", "told"), [("mail", {ANNA, EVE}), ("silent", set())], ids=["by mail", "silently"]
)
def test_cancelling_many_is_shown_first(
    office: Client, meeting: Meeting, telling: str, told: set[str]
):
    asked = many(office, meeting, "cancel")
    assert "This mails 2 people." in words(asked)
    assert states_in(meeting) == ["enrolled"] * 2
    done = told_by_mail(
        office, screen(meeting), asked, telling=telling, telling_reason="Op je verzoek."
    )
    assert states_in(meeting) == ["cancelled"] * 2
    assert mailed("enrolments/cancelled") == told
    assert "Done for 2 people." in words(done)
    if told:
        assert "Op je verzoek." in text_of(newest_to(ANNA))


def test_for_nobody_says_why(office: Client, meeting: Meeting):
    answer = many(office, meeting, "absent")
    assert answer.status_code == 422
    assert "this meeting has not begun" in words(answer)
    full = MeetingFactory(course=meeting.course, day=in_days(50), capacity=1)
    enrol(full, attendee(9))
    answer = many(office, meeting, "move", to=str(full.pk))
    assert answer.status_code == 422
    assert "Guus Gast 1: " in words(answer)


# --- Writing to them -----------------------------------------------------------------------------


def written(office: Client, meeting: Meeting, **typed: str) -> Any:
    plain = {"whom": "enrolled", "subject": "Andere ingang", "text": "Loop om."}
    english = {"subject_en": "Another door", "text_en": "Walk around."}
    return sent(office, screen(meeting, "schrijven/"), "subject", **plain | english | typed)


def test_all_who_have_a_place_are_written_to_once_seen(office: Client, meeting: Meeting):
    asked = written(office, meeting)
    assert "Walk around." in words(asked)
    assert mailed("enrolments/written") == set()
    for _ in range(2):  # pressed twice
        told_by_mail(office, screen(meeting, "schrijven/"), asked)
    assert Mail.objects.filter(template="enrolments/written").count() == 2
    assert newest_to(ANNA)["Subject"] == "Andere ingang"
    assert "Loop om." in text_of(newest_to(ANNA))
    assert newest_to(EVE)["Subject"] == "Another door"


def test_who_reads_english_is_written_to_in_english(office: Client, meeting: Meeting):
    answer = written(office, meeting, text_en="")
    assert answer.status_code == 422
    assert "1 person among them reads English. Write it in English too." in words(answer)


def test_only_who_waits_can_be_written_to(office: Client, meeting: Meeting):
    answer = written(office, meeting, whom="waiting")
    assert "There is nobody among them. Choose others." in words(answer)
    enrol(meeting, attendee(3))
    enrol(meeting, attendee(4))
    told_by_mail(office, screen(meeting, "schrijven/"), written(office, meeting, whom="waiting"))
    assert mailed("enrolments/written") == {attendee(4).email}


def test_a_mail_about_one_session_gives_its_hours(office: Client, meeting: Meeting):
    days = {"sessions-1-starts_at_0": f"{in_days(37)}"}
    hours = {"sessions-1-starts_at_1": "09:00", "sessions-1-ends_at_1": "12:00"}
    address = screen(meeting, "wijzigen/")
    told_by_mail(office, address, sent(office, address, "code", **days | hours), telling="silent")
    second = meeting.sessions.last()
    asked = written(office, meeting, session=str(second.pk))
    told_by_mail(office, screen(meeting, "schrijven/"), asked)
    assert "09.00" in text_of(newest_to(ANNA))
    assert "13.30" not in text_of(newest_to(ANNA))


# --- At a glance ---------------------------------------------------------------------------------


def test_a_venue_or_speaker_that_is_taken_at_the_time_is_told(office: Client, meeting: Meeting):
    speaker = meeting.speakers.create(name="Nina Nieuw")
    MeetingFactory(venue=meeting.venue, code="zelfde-zaal")
    MeetingFactory(code="zelfde-spreker").speakers.add(speaker)
    MeetingFactory(venue=meeting.venue, code="weg", state=Meeting.State.CANCELLED)
    MeetingFactory(venue=meeting.venue, code="later", day=in_days(31))
    MeetingFactory(venue=VenueFactory(), code="elders")
    page = words(office.get(screen(meeting)))
    assert f"{meeting.venue} is taken: " in page
    assert "(zelfde-zaal)" in page
    assert "Nina Nieuw speaks elsewhere: " in page
    assert "(zelfde-spreker)" in page
    assert not [code for code in ("(weg)", "(later)", "(elders)") if code in page]
