"""What leads to each mail about a place, with Gerda in it."""

from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage

import time_machine
from django.utils import timezone

from pluc.outbox.models import Mail
from portal.enrolments import services
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting
from portal.meetings.services import cancel_meeting
from tests.enrolling import enrol
from tests.mails import newest_to
from tests.planning import MeetingFactory, at, in_days
from tests.portal.enrolments.letters import FREEK, GERDA, OTHER, changed


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
    "lapsed": (lapsed, "No longer held for you: %(title)s", []),
    "cancelled": (cancelled, "Cancelled: %(title)s", [("CANCEL", 1)]),
    "moved": (moved, "Your new date: %(title)s", [("CANCEL", 1), ("REQUEST", 0)]),
    "replaced": (replaced, "Somebody else is coming: %(title)s", [("CANCEL", 1)]),
    "meeting_cancelled": (
        meeting_cancelled,
        "Called off: %(title)s",
        [("CANCEL", 1)],
    ),
    "meeting_changed": (meeting_changed, "Changed: %(title)s", [("REQUEST", 1)]),
    "reminder": (reminder, "See you soon: %(title)s", []),
    "already": (already, "You are on the list already: %(title)s", []),
    "overview": (overview, "Enrolled by you: %(title)s", []),
}


def posted_to_gerda(scene: Scene, name: str) -> tuple[Enrolment, EmailMessage]:
    place = MAILS[name][0](scene)
    mail = Mail.objects.filter(template=f"enrolments/{name}", recipient=GERDA.email).get()
    assert mail.kind == Mail.Kind.SERVICE
    assert mail.person_id == place.person_id
    message = newest_to(GERDA.email)
    assert message["Subject"] == mail.subject
    return place, message
