"""Deleting says what it would touch, and refuses what history needs."""

import pytest
from django.test import Client

from portal.meetings.models import Meeting, Speaker
from portal.organisations.models import Contact, Organisation
from tests.factories import PersonFactory
from tests.planning import (
    ContactFactory,
    CourseFactory,
    MeetingFactory,
    OrganisationFactory,
    SpeakerFactory,
    in_days,
)
from tests.portal.meetings.planned import soup_of

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


def words(answer) -> str:
    return " ".join(soup_of(answer).text.split())


def test_a_speaker_of_past_meetings_stays_in_them(office: Client):
    speaker = SpeakerFactory()
    for number in range(7):
        MeetingFactory(code=f"peer-{number}", day=in_days(-30 - number)).speakers.add(speaker)
    address = f"/beheer/sprekers/delete/{speaker.pk}/"
    shown = office.get(address)
    assert "(7)" in words(shown)
    assert "and 2 more" in words(shown)
    assert not soup_of(shown).select("button.serious")
    answer = office.post(address, follow=True)
    assert "It is in use, so it stays. Meetings: 7." in words(answer)
    assert Meeting.objects.filter(speakers=speaker).count() == 7
    assert Speaker.objects.filter(pk=speaker.pk).exists()


def test_what_goes_along_is_named_and_then_goes(office: Client):
    row = OrganisationFactory()
    ContactFactory(organisation=row, person=PersonFactory())
    address = f"/beheer/organisaties/delete/{row.pk}/"
    assert "Deleted along with it Contacts (1)" in words(office.get(address))
    assert office.post(address).status_code == 302
    assert not Contact.objects.exists()
    assert not Organisation.objects.exists()


def test_what_touches_nothing_says_so(office: Client):
    page = words(office.get(f"/beheer/opleidingen/delete/{CourseFactory().pk}/"))
    assert "is deleted for good. Nothing else is touched." in page
