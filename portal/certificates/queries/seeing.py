"""Whose certificates somebody sees: their own, of meetings they bought, of people they supplied."""

import datetime as dt
from uuid import UUID

from django.db.models import Q, QuerySet

from legal.rights.queries.restrictions import restricted_people
from portal.accounts.models import Person, User
from portal.accounts.permissions import may_enter_organisations_room
from portal.certificates.models import Certificate
from portal.materials.queries.serving import meetings_of_client
from portal.meetings.queries.speaking import day_at
from portal.organisations.models import Contact, Organisation

CertificatesGo = Organisation.CertificatesGo


def certificates_of(*, person: Person) -> list[Certificate]:
    """Somebody's own, the newest meeting first. Those that are being made are not there yet."""
    rows = Certificate.objects.made().filter(person=person)
    return list(rows.select_related("meeting", "replacement").order_by("-issued_at", "id"))


def certificate_for(*, user: User, key: UUID, issues: bool, now: dt.datetime) -> Certificate | None:
    """A certificate, for whoever may have it; for anybody else it does not exist.

    The person. A contact of the client that bought the meeting (P15), or of the bureau that
    supplied the person and hands certificates out (P19), while the grant runs and with the right to
    the organisations' room, which obliges to a second factor: only what is in force. The back
    office, where `issues` says that they may issue them.
    """
    made = Certificate.objects.made().filter(pk=key)
    if issues:
        return made.first()
    own = Q(person=user.person_id)
    if may_enter_organisations_room(user):
        own |= Q(pk__in=handed_to(user.person, now))
    return made.filter(own).first()


def handed_to(person: Person, now: dt.datetime) -> "QuerySet[Certificate, UUID]":
    return seen_for_others(person=person, now=now).order_by().values_list("pk", flat=True)


def seen_for_others(*, person: Person, now: dt.datetime) -> "QuerySet[Certificate]":
    """Certificates in force that somebody sees for an organisation; without restricted people."""
    bought = Q(meeting__in=meetings_of_client(person=person, now=now))
    bureaus = bureaus_of(person=person, now=now)
    supplied = Q(enrolment__booking__supplied_by__in=bureaus)
    seen = Certificate.objects.in_force().filter(bought | supplied)
    return seen.exclude(person__in=restricted_people())


def bureaus_of(*, person: Person, now: dt.datetime) -> list[int]:
    """Keys of bureaus that hand certificates out themselves, for which somebody acts today."""
    today = day_at(now)
    running = Contact.objects.filter(person=person, scope=Contact.Scope.BUREAU)
    running = running.filter(Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today)
    handing_out = running.filter(organisation__certificates_go=CertificatesGo.BUREAU)
    return list(handing_out.values_list("organisation", flat=True))


def certificates_in(*, person: Person, code: str, now: dt.datetime) -> list[Certificate]:
    """Of a meeting, what somebody sees for an organisation, in the order of names."""
    rows = seen_for_others(person=person, now=now).filter(meeting__code=code)
    return list(rows.select_related("person", "meeting").order_by("person__sort_key", "id"))
