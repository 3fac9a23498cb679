"""The mails about a place: to whom, in which language, with which calendar file (P02, P13)."""

from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage

import pytest
import time_machine
from django.core.mail import BadHeaderError
from django.utils import timezone, translation
from django.utils.translation import gettext

from pluc.outbox.models import Mail
from portal.enrolments import mails, services
from portal.enrolments.links import token_of
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting
from portal.meetings.services import cancel_meeting
from tests.enrolling import enrol
from tests.houses import House
from tests.mails import links_in, newest_to, text_of
from tests.planning import AccreditationFactory, MeetingFactory, at, in_days
from tests.portal.enrolments.letters import FREEK, GERDA, OTHER, calendars_in, changed, html_of

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


@dataclass
class Scene:
    """A meeting with somebody else in it, and what happens to Gerda."""

    meeting: Meeting
    language: str

    def gerda(self, **fields) -> Enrolment:
        (place,) = enrol(self.meeting, GERDA, language=self.language, **fields)
        return place

    def other(self) -> Enrolment:
        return enrol(self.meeting, OTHER, language=self.language)[0]

    def fill(self) -> Enrolment:
        """Nobody else fits in."""
        Meeting.objects.filter(pk=self.meeting.pk).update(capacity=1)
        self.meeting.refresh_from_db()
        return self.other()


# --- What makes each of them ---------------------------------------------------------------------


def confirmed(scene: Scene) -> Enrolment:
    scene.other()
    return scene.gerda()


def waiting(scene: Scene) -> Enrolment:
    scene.fill()
    return scene.gerda()


def offered(scene: Scene) -> Enrolment:
    other, place = scene.fill(), scene.gerda()
    services.cancel(enrolment_id=other.pk, by=None)
    return place


def lapsed(scene: Scene) -> Enrolment:
    place = offered(scene)
    Enrolment.objects.filter(pk=place.pk).update(offered_until=timezone.now())
    services.lapse_offers()
    return place


def cancelled(scene: Scene) -> Enrolment:
    place = confirmed(scene)
    return services.cancel(enrolment_id=place.pk, by=None)


def moved(scene: Scene) -> Enrolment:
    place = confirmed(scene)
    there = MeetingFactory(course=scene.meeting.course, day=in_days(60), sequence=7)
    return services.move(enrolment_id=place.pk, to_meeting_id=there.pk, by=None)


def replaced(scene: Scene) -> Enrolment:
    place = confirmed(scene)
    services.substitute(enrolment_id=place.pk, attendee=FREEK, by=None)
    return place


def meeting_cancelled(scene: Scene) -> Enrolment:
    place = confirmed(scene)
    cancel_meeting(meeting_id=scene.meeting.pk, because="De spreker is ziek.", by=None)
    return place


def meeting_changed(scene: Scene) -> Enrolment:
    place = confirmed(scene)
    changed(scene.meeting)
    return place


def reminder(scene: Scene) -> Enrolment:
    place = confirmed(scene)
    with time_machine.travel(at(in_days(29), 9)):
        services.post_reminders()
    return place


def already(scene: Scene) -> Enrolment:
    place = confirmed(scene)
    enrol(scene.meeting, GERDA, language=scene.language)
    return place


def overview(scene: Scene) -> Enrolment:
    scene.other()
    return enrol(scene.meeting, GERDA, FREEK, language=scene.language)[0]


# The function, its subject, and the methods and numbers (SEQUENCE) of its calendar files.
MAILS: dict[str, tuple[Callable[[Scene], Enrolment], str, list[tuple[str, int]]]] = {
    "confirmed": (confirmed, "You have a place: %(title)s", [("REQUEST", 0)]),
    "waiting": (waiting, "On the waiting list: %(title)s", []),
    "offered": (offered, "A place for you: %(title)s", []),
    "lapsed": (lapsed, "No longer kept for you: %(title)s", []),
    "cancelled": (cancelled, "Cancelled: %(title)s", [("CANCEL", 1)]),
    "moved": (moved, "Your new date: %(title)s", [("CANCEL", 1), ("REQUEST", 0)]),
    "replaced": (replaced, "Somebody else comes: %(title)s", [("CANCEL", 1)]),
    "meeting_cancelled": (
        meeting_cancelled,
        "It does not take place: %(title)s",
        [("CANCEL", 1)],
    ),
    "meeting_changed": (meeting_changed, "Changed: %(title)s", [("REQUEST", 1)]),
    "reminder": (reminder, "See you soon: %(title)s", []),
    "already": (already, "You are on the list already: %(title)s", []),
    "overview": (overview, "Enrolled by you: %(title)s", []),
}
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


def posted_to_gerda(scene: Scene, name: str) -> tuple[Enrolment, EmailMessage]:
    place = MAILS[name][0](scene)
    mail = Mail.objects.filter(template=f"enrolments/{name}", recipient=GERDA.email).get()
    assert mail.kind == Mail.Kind.SERVICE
    assert mail.person_id == place.person_id
    message = newest_to(GERDA.email)
    assert message["Subject"] == mail.subject
    return place, message


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
