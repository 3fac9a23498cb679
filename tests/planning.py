"""Factories of organisations, courses and meetings, with plausible values by default."""

import datetime as dt
from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory
from wagtail.signal_handlers import disable_reference_index_auto_update

from portal.meetings.days import days_of
from portal.meetings.models import (
    Accreditation,
    Course,
    Meeting,
    Policy,
    Region,
    Scheme,
    Session,
    Speaker,
    Subject,
    Venue,
)
from portal.meetings.models.meetings import ZONE
from portal.organisations.models import Contact, Organisation


def at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """A moment on a day, by the clock on the wall in the Netherlands."""
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=ZONE)


def in_days(days: int) -> dt.date:
    """A day, counted from today in the Netherlands."""
    return dt.datetime.now(ZONE).date() + dt.timedelta(days=days)


class UnindexedFactory(DjangoModelFactory):
    """A row as any code of ours would store it, but for Wagtail's index of what points at what.

    That takes as long to write as the row. What shows a picture or a document is in it: whether
    those are public is read there.
    """

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, *args: Any, **fields: Any) -> Any:
        with disable_reference_index_auto_update():
            return super()._create(*args, **fields)


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda number: f"Kwekerij {number}")
    slug = factory.Sequence(lambda number: f"kwekerij-{number}")


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = Contact

    organisation = factory.SubFactory(OrganisationFactory, is_client=True)
    scope = Contact.Scope.CLIENT


class RegionFactory(DjangoModelFactory):
    class Meta:
        model = Region
        django_get_or_create = ("slug",)

    slug = "midden"
    name = "Midden-Nederland"
    name_en = "Middle of the country"


class VenueFactory(UnindexedFactory):
    class Meta:
        model = Venue

    name = factory.Sequence(lambda number: f"De Boomgaard {number}")
    street = "Perenlaan 1"
    postal_code = "3511 AB"
    city = "Utrecht"
    region = factory.SubFactory(RegionFactory)
    route = "Tien minuten lopen vanaf het station."


class PolicyFactory(DjangoModelFactory):
    class Meta:
        model = Policy

    name = factory.Sequence(lambda number: f"Voorwaarden {number}")


class SubjectFactory(DjangoModelFactory):
    class Meta:
        model = Subject
        django_get_or_create = ("slug",)

    slug = "verslaggeving"
    name = "Verslaggeving"
    name_en = "Reporting"


class CourseFactory(UnindexedFactory):
    class Meta:
        model = Course

    slug = factory.Sequence(lambda number: f"cursus-{number}")
    title = factory.Sequence(lambda number: f"Cursus {number}")
    title_en = factory.LazyAttribute(lambda course: course.title.replace("Cursus", "Course"))
    subject = factory.SubFactory(SubjectFactory)


class SchemeFactory(DjangoModelFactory):
    class Meta:
        model = Scheme
        django_get_or_create = ("code",)

    code = "NBA"
    name = "Koninklijke Nederlandse Beroepsorganisatie van Accountants"
    name_en = "Royal Netherlands Institute of Chartered Accountants"


class SpeakerFactory(DjangoModelFactory):
    class Meta:
        model = Speaker

    name = factory.Sequence(lambda number: f"Spreker {number}")
    role = "Docent verslaggeving"


class MeetingFactory(DjangoModelFactory):
    """An open meeting in a month, in the afternoon, with places. `day=None` leaves it without."""

    class Meta:
        model = Meeting
        skip_postgeneration_save = True

    course = factory.SubFactory(CourseFactory)
    code = factory.Sequence(lambda number: f"bijeenkomst-{number}")
    venue = factory.SubFactory(VenueFactory)
    policy = factory.SubFactory(PolicyFactory)
    capacity = 12
    price = Decimal(0)

    @classmethod
    def _create(cls, model_class: type[Meeting], *args: Any, **fields: Any) -> Meeting:
        day = fields.pop("day", in_days(30))
        if day is not None:
            fields = {"starts_at": at(day, 13, 30), "ends_at": at(day, 17)} | fields
        meeting: Meeting = super()._create(model_class, *args, **fields)
        if meeting.starts_at is not None:
            SessionFactory(meeting=meeting, starts_at=meeting.starts_at, ends_at=meeting.ends_at)
        return meeting


class SessionFactory(DjangoModelFactory):
    class Meta:
        model = Session

    break_minutes = 15

    @classmethod
    def _create(cls, model_class: type[Session], *args: Any, **fields: Any) -> Session:
        session: Session = super()._create(model_class, *args, **fields)
        session.meeting.days = days_of(session.meeting.sessions.all())
        session.meeting.save(update_fields=["days"])
        return session


class AccreditationFactory(DjangoModelFactory):
    class Meta:
        model = Accreditation

    scheme = factory.SubFactory(SchemeFactory)
    hours = Decimal(3)
