"""The mails about a place: to whom, in which language, with which calendar file (P02, P13)."""

import pytest
from django.core.mail import BadHeaderError
from django.utils import translation
from django.utils.translation import gettext

from portal.enrolments import mails
from portal.enrolments.links import token_of
from tests.houses import House
from tests.mails import links_in, text_of
from tests.planning import AccreditationFactory, MeetingFactory
from tests.portal.enrolments.letters import FREEK, GERDA, OTHER, calendars_in, html_of
from tests.portal.enrolments.scenes import MAILS, Scene, posted_to_gerda

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


# These lead to the offer or the form: there is no place to manage any more, or not one's own.
TO_THE_OFFER = {"meeting_cancelled", "overview", "lapsed"}
WITHOUT_LINK = {"cancelled", "replaced"}


@pytest.fixture(params=["nl", "en"])
def scene(request: pytest.FixtureRequest) -> Scene:
    meeting = MeetingFactory(capacity=9, sequence=3, state="definite")
    AccreditationFactory(meeting=meeting)
    return Scene(meeting, request.param)


@pytest.fixture(params=sorted(MAILS))
def name(request: pytest.FixtureRequest) -> str:
    chosen: str = request.param
    return chosen


@pytest.mark.promise("P02")
def test_each_mail_says_what_happened_in_text_and_html_in_the_readers_language(
    scene: Scene, name: str
):
    _, message = posted_to_gerda(scene, name)
    course = scene.meeting.course
    with translation.override(scene.language):
        title = course.title_en if scene.language == "en" else course.title
        assert message["Subject"] == gettext(MAILS[name][1]) % {"title": title}
    assert message["To"] == GERDA.email
    for body in (text_of(message), html_of(message)):
        assert title in body
        assert "Perenlaan 1" in body
    assert f'lang="{scene.language}"' in html_of(message)


@pytest.mark.promise("P13")
def test_no_mail_tells_anything_of_others(scene: Scene, name: str):
    _, message = posted_to_gerda(scene, name)
    everything = text_of(message) + html_of(message) + str(message)
    everything += "".join(calendar.to_ical().decode() for calendar in calendars_in(message))
    assert "Olijf" not in everything
    assert OTHER.email not in everything
    assert FREEK.email not in everything


def test_calendar_files_have_the_right_method_and_sequence(scene: Scene, name: str):
    _, message = posted_to_gerda(scene, name)
    found = []
    for calendar in calendars_in(message):
        (event,) = calendar.walk("VEVENT")
        found.append((str(calendar["METHOD"]), int(event["SEQUENCE"])))
        assert str(event["ATTENDEE"]) == f"mailto:{GERDA.email}"
        assert str(event["STATUS"]) == {"REQUEST": "CONFIRMED"}.get(found[-1][0], "CANCELLED")
    assert found == MAILS[name][2]


def test_the_link_leads_to_the_place_and_works(scene: Scene, name: str):
    place, message = posted_to_gerda(scene, name)
    links = links_in(message)
    if name in WITHOUT_LINK:
        assert token_of(place) not in text_of(message)
        return
    if name in TO_THE_OFFER:
        assert links[0].startswith("http://localhost:8000/")
        assert "inschrijving" not in links[0]
        return
    assert token_of(place) in links[0]
    assert ("/en/" in links[0]) == (scene.language == "en")
    assert links[0] in html_of(message)
    path = "/" + links[0].split("/", 3)[3]
    assert House("one host").guest().get(path).status_code == 200


def test_a_title_with_a_line_break_never_reaches_a_header(scene: Scene):
    place = scene.gerda()
    place.meeting.course.title = place.meeting.course.title_en = "Peren\r\nBcc: x@elders.example"
    with pytest.raises(BadHeaderError):
        mails.cancelled(place, is_free=True, had_place=True)
