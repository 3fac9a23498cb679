"""Announcements as the staff screens show them, and whom they are for."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db.models import QuerySet
from django.utils import timezone

from portal.announcements.models import Announcement, Step


def announcements_to_list() -> "QuerySet[Announcement]":
    """All of them, newest first."""
    return Announcement.objects.select_related("changed_by__person")


def announcement_with_id(*, announcement_id: int) -> Announcement | None:
    return announcements_to_list().filter(pk=announcement_id).first()


def waiting_for_approval() -> "QuerySet[Announcement]":
    return Announcement.objects.filter(state=Announcement.State.SUBMITTED)


def steps_of(*, announcement: Announcement) -> "QuerySet[Step]":
    """Who did what, when; oldest first."""
    return Step.objects.filter(announcement=announcement).select_related("by__person")


def account_holders(
    *, after: int = 0, known_at: datetime | None = None
) -> "QuerySet[EmailAddress]":
    """The proven address of everybody with an open account, each with its user and person.

    `after` is a user's number, for going on where one stopped. Who registered after `known_at`
    (now) came too late for it.
    """
    addresses = EmailAddress.objects.filter(verified=True, primary=True, user__is_active=True)
    known = addresses.filter(user__date_joined__lte=known_at or timezone.now(), user_id__gt=after)
    return known.select_related("user__person").order_by("user_id")


def unfinished() -> list[int]:
    """Announcements that were approved and have not been posted to everybody yet."""
    sending = Announcement.objects.filter(state=Announcement.State.SENDING)
    return list(sending.order_by("approved_at").values_list("pk", flat=True))
