"""What the back office meets first in the staff screens."""

import pytest

from portal.accounts.models import User
from portal.announcements.models import Announcement
from portal.contact.models import ContactMessage
from portal.desk.waiting import things_waiting_for

pytestmark = pytest.mark.django_db


def test_the_back_office_sees_what_waits_for_it(sign_in, back_office: User):
    browser = sign_in(back_office)
    assert "Elk bericht heeft antwoord" in browser.get("/beheer/").text
    for number in range(2):
        ContactMessage.objects.create(
            name="Iemand", email="iemand@elders.example", text="Dag", fingerprint=f"{number}"
        )
    page = browser.get("/beheer/").text
    assert "2 berichten zonder antwoord" in page
    assert "iemand@elders.example" not in page
    assert "Op de plank" not in page, "pages are none of its work"


def test_editors_see_their_own_work_and_no_messages(sign_in, editor: User):
    page = sign_in(editor).get("/beheer/").text
    assert "Op de plank" in page
    assert "zonder antwoord" not in page


def test_who_can_do_nothing_about_it_is_told_nothing(back_office: User, editor: User):
    ContactMessage.objects.create(name="Iemand", email="iemand@elders.example", text="Dag")
    texts = {"subject": "Nieuws", "text": "Tekst", "subject_en": "News", "text_en": "Text"}
    Announcement.objects.create(state=Announcement.State.SUBMITTED, **texts)
    assert len(things_waiting_for(back_office)) == 2
    assert things_waiting_for(editor) == []
