"""Who may have a file, asked at every request (P03, P13, P15, P17)."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from portal.accounts.models import Person, User
from portal.enrolments.models import Enrolment
from portal.materials import release
from portal.materials.models import HandedOut, Material, Version
from portal.materials.models.materials import served_scans
from portal.meetings.models import Meeting
from portal.meetings.models.finding import MeetingQuerySet
from portal.meetings.queries.speaking import day_at, meetings_of_speaker
from portal.organisations.models import Contact


@dataclass(frozen=True, kw_only=True)
class Served:
    """A version that somebody may have; `newest` where there is a newer one in its place."""

    version: Version
    newest: UUID
    is_counted: bool  # whether it is written down that they got it, which it was not yet


def version_for(*, user: User, version_id: UUID, manages: bool, now: dt.datetime) -> Served | None:
    """The version, for whoever may have it; for anybody else it does not exist.

    Participants with a place, from its moment on, unless they missed the meeting and it is not for
    them (P03). A speaker of the meeting (P14 says what they see of people, this is of the work
    itself). A contact of the client, while the grant runs (P15). Staff, where `manages` says that
    they manage material; they get old versions too. Nobody gets a file that its scan did not let
    go.
    """
    found = Version.objects.select_related("material").filter(pk=version_id).first()
    if found is None:
        return None
    material = found.material
    newest = newest_of(material)
    if newest is None:
        return None
    is_reader = is_reader_of(material, user.person, now)
    if is_reader or (manages and found.may_be_served and found.file):
        is_own = found.uploaded_by_id == user.pk
        is_counted = is_reader and not is_own and not has_got(user.person, newest)
        return Served(
            version=found, newest=newest if is_reader else found.pk, is_counted=is_counted
        )
    return None


def newest_of(material: Material) -> UUID | None:
    """The version that people get; none while none was let go by its scan."""
    served = Version.objects.filter(material=material, scan__in=served_scans()).exclude(file="")
    return served.order_by("-number").values_list("pk", flat=True).first()


def has_got(person: Person, version_id: UUID) -> bool:
    return HandedOut.objects.filter(person=person, version=version_id).exists()


def is_reader_of(material: Material, person: Person, now: dt.datetime) -> bool:
    """Whether they have it as participant, speaker or client. What was taken away nobody has."""
    if material.withdrawn_at is not None:
        return False
    return (
        is_participants(material, person, now)
        or is_speakers(material, person, now)
        or is_clients(material, person, now)
    )


def meetings_of(material: Material, *, prefix: str = "meeting") -> Q:
    """The meetings that it is for: one, or all of its course."""
    if material.meeting_id:
        return Q(**{prefix or "pk": material.meeting_id})
    return Q(**{f"{prefix}__course" if prefix else "course": material.course_id})


def is_participants(material: Material, person: Person, now: dt.datetime) -> bool:
    places = Enrolment.objects.filter(
        meetings_of(material), person=person, state=Enrolment.State.ENROLLED
    )
    return any(
        release.is_open(material, place.meeting, now)
        and not release.is_kept_from(material, was_absent=place.was_absent)
        for place in places.select_related("meeting")
    )


def is_speakers(material: Material, person: Person, now: dt.datetime) -> bool:
    """Speakers have what is released for their meeting, at any moment, and what they added."""
    is_own = material.added_by_id is not None and material.added_by_id == user_of(person)
    if not is_own and not release.is_released(material):
        return False
    spoken = meetings_of_speaker(person=person, now=now)
    return spoken.filter(meetings_of(material, prefix="")).exists()


def user_of(person: Person) -> int | None:
    return User.objects.filter(person=person).values_list("pk", flat=True).first()


def is_clients(material: Material, person: Person, now: dt.datetime) -> bool:
    bought = meetings_of_client(person=person, now=now).filter(meetings_of(material, prefix=""))
    return any(release.is_open(material, meeting, now) for meeting in bought)


def meetings_of_client(*, person: Person, now: dt.datetime) -> MeetingQuerySet:
    """Meetings that organisations bought of which somebody is a contact, while it runs (P15)."""
    today = day_at(now)
    grants = Contact.objects.filter(person=person, scope=Contact.Scope.CLIENT, starts_on__lte=today)
    running = grants.filter(Q(ends_on=None) | Q(ends_on__gte=today))
    return Meeting.objects.filter(client__in=running.values("organisation"))
