"""Whom the demo's training bureau signed up for its own meeting, by a list of its own."""

from django.utils import timezone

from pluc.documents.uploaded import HowToRead
from portal.accounts.models import Person, User
from portal.enrolments.models import Provenance, Supply
from portal.enrolments.services import applying, supplying
from portal.meetings.models import Meeting
from portal.organisations.models import Organisation

BUREAU, MEETING, SENT_BY = (
    *("Pruimen & Partners Opleidingen", "begroten-partner-1", "partner@pluc.example"),
)
LIST = """voornaam;tussenvoegsel;achternaam;e-mail
Mirte;van;Mispel;mirte.van.mispel@pruimen.example
Boudewijn;;Bes;boudewijn.bes@pruimen.example
Hanna;de;Hazelaar;hanna.de.hazelaar@pruimen.example
Karim;;Kweepeer;karim.kweepeer@pruimen.example
Floor;;;floor@pruimen.example
"""
OUT_OF_REACH = "karim.kweepeer@pruimen.example"  # our mail to him came back


def load_supplied_people() -> None:
    """May run again: the list is sent once."""
    meeting, bureau = Meeting.objects.get(code=MEETING), Organisation.objects.get(name=BUREAU)
    if Supply.objects.filter(meeting=meeting).exists():
        return
    sent = supplying.Sent(content=LIST.encode(), how=HowToRead())
    by = User.objects.get(email=SENT_BY)
    supply = supplying.take_in(meeting=meeting, organisation=bureau, sent=sent, by=by)
    supplying.approve(supply_id=supply.pk)
    while applying.work_on(supply_id=supply.pk):
        pass
    failed = Person.objects.filter(email=OUT_OF_REACH)
    Provenance.objects.filter(person__in=failed).update(failed_at=timezone.now())
