"""Mail about the places that somebody has follows them to their new address."""

from django.utils import timezone

from portal.accounts.models import Person
from portal.enrolments.identity import identity_of
from portal.enrolments.models import Booking, Enrolment, EnrolmentEvent
from portal.enrolments.services.places import write_down


def follow_address(person: Person, old: str) -> None:
    """A follower of `portal.accounts.followers`: their places and bookings in meetings that are not
    over get the new address, where they had the old one. Another mailbox, such as an assistant's,
    stays.
    """
    to_come = Enrolment.objects.alive().not_over(timezone.now())
    for place in to_come.filter(person=person).select_related("meeting"):
        if place.email.casefold() == old.casefold():
            use_address(place, person.email)
    booked = Booking.objects.filter(payer=person, enrolments__in=to_come).distinct()
    same = [one.pk for one in booked if one.email.casefold() == old.casefold()]
    Booking.objects.filter(pk__in=same).update(email=person.email)


def use_address(place: Enrolment, email: str) -> None:
    """Stores the new address, and by it the name and mailbox that stand in a meeting once.

    Where the same name stands there with the new mailbox already, both places stay as they are but
    for the address: which of the two is meant, people say themselves.
    """
    place.email = email
    identity = identity_of(first_name=place.first_name, last_name=place.last_name, email=email)
    others = Enrolment.objects.standing_in(place.meeting, identity=identity)
    if not others.exclude(pk=place.pk).exists():
        place.identity = identity
    place.save(update_fields=["email", "identity"])
    write_down(place, EnrolmentEvent.Kind.CORRECTED)
