"""Meetings with people of whom everything is filled in that a list must not show."""

from decimal import Decimal
from typing import Any

from portal.accounts.models import Person, User
from portal.enrolments.models import Enrolment, EnrolmentEvent, Wishes
from portal.meetings.models import Meeting, Speaker
from portal.organisations.models import Contact, Organisation
from tests.enrolling import attendee, enrol
from tests.factories import PersonFactory
from tests.planning import ContactFactory, MeetingFactory, SpeakerFactory, in_days

# What stands with somebody in our tables and on no list: each of them one word of its own.
SECRETS = {
    "phone": "0612345678",
    "street": "Geheimlaan",
    "postal_code": "9999ZZ",
    "city": "Verborgen",
    "job": "Geheimraad",
    "professional_number": "REG-417",
    "invoice_name": "Rekenmeester",
    "invoice_street": "Betaalweg",
    "invoice_city": "Factuurdam",
}
OTHERS = ("wens-noten", "drempelvrij", "interne-notitie", "REF-0042", "geheim.example", "€", "195")


def spoken_meeting(user: User, *, days: int = 0, **fields: Any) -> Meeting:
    """A meeting that somebody gives, so many days from today."""
    speaker = Speaker.objects.filter(person=user.person).first()
    plain = {"state": Meeting.State.DEFINITE, "price": Decimal(195), "day": in_days(days)}
    meeting: Meeting = MeetingFactory(**plain | fields)
    meeting.speakers.add(speaker or SpeakerFactory(person=user.person))
    return meeting


def bought_meeting(user: User, *, days: int = 5, **grant: Any) -> Meeting:
    """An in-company meeting of an organisation that somebody is the contact of."""
    contact: Contact = ContactFactory(person=user.person, **grant)
    return MeetingFactory(
        format=Meeting.Format.IN_COMPANY,
        client=contact.organisation,
        state=Meeting.State.DEFINITE,
        day=in_days(days),
    )


def place_of(meeting: Meeting, number: int, **fields: Any) -> Enrolment:
    """A place of somebody with a name, an organisation and titles of their own."""
    row = {
        "first_name": f"Voor{number}",
        "last_name": f"de Achter{number}",
        "organisation": f"Firma{number}",
        "titles": f"RA{number}",
    }
    guest = attendee(number, email=f"gast{number}@geheim.example", **row | fields)
    return enrol(meeting, guest, as_staff=True)[0]


def fill_in_everything(place: Enrolment) -> None:
    """All that we may hold of somebody, beside the three fields of a list."""
    Person.objects.filter(pk=place.person_id).update(**SECRETS)
    Wishes.objects.update_or_create(
        enrolment=place, defaults={"diet": "wens-noten", "access": "drempelvrij"}
    )
    EnrolmentEvent.objects.create(enrolment=place, kind="note", note="interne-notitie")
    place.booking.reference = "REF-0042"
    place.booking.save()


def supplied(place: Enrolment, bureau: Organisation) -> Enrolment:
    facts = {"source": Person.Source.SUPPLIED, "supplied_by": bureau.name}
    Person.objects.filter(pk=place.person_id).update(**facts)
    place.booking.supplied_by = bureau
    place.booking.save()
    return place


def many_places(meeting: Meeting, number: int) -> None:
    """So many people with a place, without going through the form."""
    first = place_of(meeting, 1)
    people = PersonFactory.build_batch(number - 1)
    Person.objects.bulk_create(people)
    Enrolment.objects.bulk_create(
        Enrolment(
            meeting=meeting,
            person=person,
            booking=first.booking,
            first_name=person.first_name,
            last_name=person.last_name,
            queue_number=10 + index,
            identity=f"{index}",
        )
        for index, person in enumerate(people)
    )
