"""Who gets a file, by role and by state; everybody else finds nothing (P03, P13, P15, P17)."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.roles import CONTACTS, SPEAKERS
from portal.enrolments.models import Enrolment
from portal.materials.models import HandedOut, Material, Version
from portal.materials.queries.lines import material_for, material_of_client, material_of_speaker
from portal.meetings.models import Meeting
from portal.organisations.models import Contact
from tests.enrolling import attendee, enrol
from tests.factories import UserFactory
from tests.material import give_file, give_material, give_version
from tests.planning import ContactFactory, MeetingFactory, OrganisationFactory, SpeakerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P17"), pytest.mark.either_database]
Moment, Absent, Scan = Material.Moment, Material.Absent, Version.Scan
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def place(participant: User) -> Enrolment:
    """The participant's place, in a meeting of a client, with a speaker."""
    client = OrganisationFactory(is_client=True)
    meeting = MeetingFactory(state=Meeting.State.DEFINITE, client=client)
    (enrolment,) = enrol(meeting, attendee(email=participant.email), user=participant)
    return enrolment


@pytest.fixture
def version(place: Enrolment) -> Version:
    return give_file(place.meeting)


def gets(browser: Client, version: Version) -> bool:
    status = browser.get(f"/mijn/materiaal/{version.pk}/").status_code
    assert status in {200, 404}
    return status == 200


def now_is(meeting: Meeting, start: dt.timedelta) -> None:
    """Moves a meeting of two hours: it starts so long from now."""
    begins = timezone.now() + start
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=begins, ends_at=begins + 2 * HOUR)


@pytest.mark.promise("P13")
def test_only_whose_place_it_is_gets_it(
    sign_in: Any, participant: User, colleague: User, version: Version, visitor: Client
):
    assert gets(sign_in(participant), version)
    assert not gets(sign_in(colleague), version)
    assert visitor.get(f"/mijn/materiaal/{version.pk}/").status_code == 302
    assert HandedOut.objects.count() == 1


@pytest.mark.parametrize("state", ["waiting", "offered", "cancelled", "lapsed"])
def test_who_has_no_place_gets_nothing(
    sign_in: Any, participant: User, place: Enrolment, version: Version, state: str
):
    offered = {"offered_until": timezone.now() + HOUR} if state == "offered" else {}
    Enrolment.objects.filter(pk=place.pk).update(state=state, **offered)
    assert not gets(sign_in(participant), version)
    person, meeting = participant.person, place.meeting_id
    assert material_for(person=person, meeting_id=meeting, now=timezone.now()) == []


def test_of_a_cancelled_meeting_nobody_gets_anything(
    sign_in: Any, participant: User, place: Enrolment, version: Version
):
    Meeting.objects.update(state=Meeting.State.CANCELLED)
    assert not gets(sign_in(participant), version)
    found = material_for(person=participant.person, meeting_id=place.meeting_id, now=timezone.now())
    assert found == []


@pytest.mark.promise("P03")
@pytest.mark.parametrize(
    ("fields", "starts_in", "is_had"),
    [
        ({"moment": Moment.ENROLLED}, 48, True),
        ({"moment": Moment.ENROLLED, "approved_at": None}, 48, False),
        ({"moment": Moment.START}, 1, False),
        ({"moment": Moment.START}, -1, True),
        ({"moment": Moment.END}, -1, False),
        ({"moment": Moment.END}, -3, True),
        ({"moment": Moment.AT, "released_from": timezone.now() + HOUR}, -9, False),
        ({"moment": Moment.AT, "released_from": timezone.now() - HOUR}, 48, True),
        ({"ends_at": timezone.now() - HOUR}, -3, False),
        ({"ends_at": timezone.now() + HOUR}, -3, True),
        ({"withdrawn_at": timezone.now()}, -3, False),
    ],
)
def test_it_is_had_from_its_moment_to_its_end(
    sign_in: Any,
    participant: User,
    version: Version,
    fields: dict[str, Any],
    starts_in: int,
    is_had: bool,
):
    meeting = version.material.meeting
    assert meeting is not None
    Material.objects.update(**fields)
    now_is(meeting, starts_in * HOUR)
    assert gets(sign_in(participant), version) is is_had
    lines = material_for(person=participant.person, meeting_id=meeting.pk, now=timezone.now())
    assert any(line.address for line in lines) is is_had


def test_who_missed_it_gets_what_the_policy_says(
    sign_in: Any, participant: User, place: Enrolment, version: Version
):
    browser = sign_in(participant)
    for absent, policy, is_had in [
        (None, Absent.NO, True),
        (False, Absent.NO, True),
        (True, Absent.NO, False),
        (True, Absent.YES, True),
    ]:
        Enrolment.objects.filter(pk=place.pk).update(was_absent=absent)
        Material.objects.update(for_absent=policy)
        assert gets(browser, version) is is_had, (absent, policy)


@pytest.mark.parametrize("scan", [Scan.WAITING, Scan.HELD, Scan.INFECTED])
def test_what_its_scan_did_not_let_go_nobody_gets(
    sign_in: Any, participant: User, superuser: User, version: Version, scan: str
):
    why = Version.Held.AWAY if scan == Scan.HELD else ""
    Version.objects.update(scan=scan, why_held=why)
    assert not gets(sign_in(participant), version)
    assert not gets(sign_in(superuser), version)


def test_unchecked_files_go_out_on_ones_own_machine_only(
    sign_in: Any, participant: User, version: Version, settings: Any
):
    Version.objects.update(scan=Scan.UNSCANNED)
    browser = sign_in(participant)
    assert gets(browser, version)
    settings.HTTPS = True
    assert not gets(browser, version)


@pytest.mark.each_database
def test_material_of_a_course_is_for_each_of_its_dates(
    sign_in: Any, participant: User, colleague: User, place: Enrolment
):
    version = give_file(place.meeting.course, moment=Moment.START)
    other = MeetingFactory(course=place.meeting.course, state=Meeting.State.DEFINITE)
    enrol(other, attendee(2, email=colleague.email), user=colleague)
    now_is(other, -1 * HOUR)
    assert not gets(sign_in(participant), version), "their own date has not begun"
    assert gets(sign_in(colleague), version)


@pytest.mark.promise("P14")
def test_a_speaker_gets_what_is_for_their_meeting(
    sign_in: Any, speaker: User, place: Enrolment, version: Version
):
    browser = sign_in(speaker)
    Material.objects.update(moment=Moment.END)
    assert not gets(browser, version)
    row = SpeakerFactory(person=speaker.person)
    place.meeting.speakers.add(row)
    assert gets(browser, version), "to prepare with, before participants have it"
    Material.objects.update(approved_at=None)
    assert not gets(browser, version), "what another speaker added waits"
    Material.objects.update(added_by=speaker)
    assert gets(browser, version)
    speaker.groups.clear()
    assert not gets(sign_in(speaker), version), "the right obliges to a second factor"
    speaker.groups.add(Group.objects.get(name=SPEAKERS))
    now_is(place.meeting, dt.timedelta(days=-40))
    assert not gets(browser, version), "a month after it"
    assert (
        material_of_speaker(person=speaker.person, code=place.meeting.code, now=timezone.now())
        is None
    )


@pytest.mark.promise("P15")
def test_a_client_gets_it_while_the_grant_runs(
    sign_in: Any, contact: User, place: Enrolment, version: Version
):
    browser, today = sign_in(contact), timezone.localdate()
    grant = ContactFactory(
        organisation=place.meeting.client, person=contact.person, scope=Contact.Scope.BUREAU
    )
    assert not gets(browser, version), "a bureau has nothing to do with it"
    Contact.objects.filter(pk=grant.pk).update(scope=Contact.Scope.CLIENT)
    assert gets(browser, version)
    code, now = place.meeting.code, timezone.now()
    assert len(material_of_client(person=contact.person, code=code, now=now) or []) == 1
    contact.groups.clear()
    assert not gets(sign_in(contact), version), "the right obliges to a second factor"
    contact.groups.add(Group.objects.get(name=CONTACTS))
    Material.objects.update(moment=Moment.END)
    assert not gets(browser, version), "not before its participants"
    Material.objects.update(moment=Moment.ENROLLED)
    day = dt.timedelta(days=1)
    Contact.objects.filter(pk=grant.pk).update(starts_on=today - 9 * day, ends_on=today - day)
    assert not gets(browser, version), "the grant ended yesterday"
    assert material_of_client(person=contact.person, code=code, now=now) is None


@pytest.mark.each_database
def test_staff_get_every_version_and_that_is_not_counted(
    sign_in: Any, back_office: User, editor: User, version: Version
):
    give_version(version.material, b"newer")
    Material.objects.update(withdrawn_at=timezone.now())
    assert gets(sign_in(back_office), version)
    assert not gets(sign_in(editor), version)
    assert not HandedOut.objects.exists()


def test_an_outsider_sees_nothing_of_it_on_a_page(sign_in: Any, place: Enrolment):
    give_material(place.meeting, title="Geheime dia's")
    outsider = sign_in(UserFactory())
    assert outsider.get(f"/mijn/bijeenkomsten/{place.meeting.code}/").status_code == 404
