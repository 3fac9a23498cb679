"""What a record holds of this room: told to whoever may take it, and handed over to who does."""

from django.utils import timezone
from django.utils.translation import gettext as _t

from portal.accounts.claims import hand_over
from portal.accounts.models import Person, Title
from portal.enrolments.forms.titles import BETWEEN
from portal.enrolments.models import Enrolment, Provenance, SupplyRow
from portal.meetings.wording import when


def describe(record: Person) -> list[str]:
    """The meetings that a record is about, so that one can tell whether it is one's own."""
    places = Enrolment.objects.filter(person=record).select_related("meeting__course")
    return [f"{one.meeting.course}, {when(one.meeting)}" for one in places.order_by("asked_at")]


def hand_over_places(record: Person, person: Person) -> None:
    """The record's places become the person's. Organisation and titles that were filled in there
    last reach the profile, where the person left them open (P20)."""
    places = Enrolment.objects.filter(person=record).order_by("-asked_at")
    organisations, titles = (
        [text for text in places.values_list(name, flat=True) if text]
        for name in ("organisation", "titles")
    )
    hand_over("enrolments.Enrolment", "person")(record, person)
    if organisations and not person.organisation:
        person.organisation = organisations[0]
        person.save(update_fields=["organisation"])
    if titles and not person.titles.exists():
        person.titles.set(Title.objects.filter(code__in=titles[0].split(BETWEEN)))


def hand_over_sources(record: Person, person: Person) -> None:
    """Who supplied the record stays a fact of whoever takes it; of two of one source the first."""
    own = list(Provenance.objects.filter(person=person).values_list("supplied_by", flat=True))
    sources = Provenance.objects.filter(person=record)
    sources.exclude(supplied_by__in=own).update(person=person)


def hand_over_rows(record: Person, person: Person) -> None:
    """Rows of lists that made the record are about whoever takes it."""
    SupplyRow.objects.filter(person_key=record.pk).update(person_key=person.pk)


def two_places(stays: Person, goes: Person) -> list[str]:
    """Two records of one person in one meeting to come: one of the places goes first."""
    alive = Enrolment.objects.alive().not_over(timezone.now()).select_related("meeting__course")
    own = alive.filter(person=stays).values("meeting")
    return [
        _t("Both stand in %(meeting)s. Cancel one of the two first.") % {"meeting": one.meeting}
        for one in alive.filter(person=goes, meeting__in=own)
    ]
