"""Keeping and forgetting what somebody wants to eat or needs to take part (AVG 9)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.enrolments.errors import EnrolmentError
from portal.enrolments.models import Enrolment, Wishes
from portal.enrolments.orders import TypedWishes
from portal.enrolments.services.places import forget_wishes, locked_with


@transaction.atomic
def set_wishes(*, enrolment_id: UUID, wishes: TypedWishes | None) -> None:
    """Keeps somebody's wishes, in the place of earlier ones; `None` takes them back.

    Raises `EnrolmentError` where they have no place, offer or spot on the list any more.
    """
    enrolment = locked_with(enrolment_id)
    if enrolment.state not in Enrolment.ALIVE:
        raise EnrolmentError
    forget_wishes(enrolment)
    if wishes:
        keep_wishes(enrolment, wishes, consented_at=timezone.now())


def keep_wishes(enrolment: Enrolment, wishes: TypedWishes, *, consented_at: datetime) -> None:
    """Keeps of what was typed what the meeting asks for."""
    diet = wishes.diet if enrolment.meeting.has_meal else ""
    access = wishes.access if enrolment.meeting.asks_access else ""
    if diet or access:
        Wishes.objects.create(
            enrolment=enrolment,
            diet=diet,
            access=access,
            consented_at=consented_at,
            by_phone=wishes.by_phone,
        )


def carry_wishes(old: Enrolment, new: Enrolment) -> None:
    """Lets wishes follow somebody to another date, as far as that one asks for them."""
    found = Wishes.objects.filter(enrolment=old.pk).first()
    if found:
        forget_wishes(old)
        typed = TypedWishes(diet=found.diet, access=found.access, by_phone=found.by_phone)
        keep_wishes(new, typed, consented_at=found.consented_at)
