"""A person's place in a meeting, from the waiting list to the day itself."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pluc.mail_addresses import AddressField
from pluc.periods import OFFER
from pluc.typed_lines import LineField
from portal.accounts.models import Person
from portal.accounts.plain_text import validate_plain_line
from portal.enrolments.models.bookings import Booking
from portal.meetings.models import Meeting

PLAIN = [validate_plain_line]


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def alive(self) -> Self:
        """Enrolled, waiting, or offered a place."""
        return self.filter(state__in=Enrolment.ALIVE)

    def standing_in(self, meeting: Meeting, *, identity: str) -> Self:
        """What one name at one mailbox has in a meeting (`identity_of`); at most one."""
        return self.alive().filter(meeting=meeting, identity=identity)

    def with_offer(self, now: dt.datetime) -> Self:
        """Those whose offer stands: see `Enrolment.has_offer`."""
        return self.filter(state=Enrolment.State.OFFERED, offered_until__gt=now)

    def with_offer_over(self, now: dt.datetime) -> Self:
        """Those who did not answer their offer in time."""
        return self.filter(state=Enrolment.State.OFFERED, offered_until__lte=now)

    def invoiced(self) -> Self:
        """Those that somebody pays for: see `Booking.is_invoiced`."""
        return self.filter(booking__price__gt=0)

    def not_over(self, now: dt.datetime) -> Self:
        """In meetings that are not over: see `Meeting.is_over`."""
        return self.exclude(meeting__ends_at__lte=now)

    def over(self, now: dt.datetime) -> Self:
        """Places that somebody had in meetings that are over."""
        return self.filter(state=Enrolment.State.ENROLLED, meeting__ends_at__lte=now)

    def left_by_its_meeting(self) -> Self:
        """Those whose place, or wait for one, ended with their meeting, and who are not moved."""
        events = EnrolmentEvent.objects.filter(enrolment=models.OuterRef("pk"))
        was_cancelled = models.Exists(events.filter(kind=EnrolmentEvent.Kind.MEETING_CANCELLED))
        was_moved = models.Exists(events.filter(kind=EnrolmentEvent.Kind.MOVED_AWAY))
        return self.filter(was_cancelled, ~was_moved, state=Enrolment.State.CANCELLED)

    def with_sender(self) -> Self:
        """Adds whether not the payer, but a colleague or the back office, said who comes."""
        events = EnrolmentEvent.objects.filter(enrolment=models.OuterRef("pk"), by_payer=False)
        sent = events.filter(kind=EnrolmentEvent.Kind.REPLACES)
        return self.annotate(was_sent=models.Exists(sent))

    def begun(self, now: dt.datetime) -> Self:
        """Places that somebody has in meetings that have begun."""
        return self.filter(state=Enrolment.State.ENROLLED, meeting__starts_at__lte=now)


class Enrolment(models.Model):
    """A place in a meeting, or the wish for one.

    Name, address, organisation and titles are the snapshot of what was filled in: they stand on
    list and certificate. `person` is the record that they belong to.
    """

    class State(models.TextChoices):
        ENROLLED = "enrolled", _("enrolled")
        WAITING = "waiting", _("on the waiting list")
        OFFERED = "offered", _("offered a place")
        CANCELLED = "cancelled", _("cancelled")
        LAPSED = "lapsed", _("offer not taken")

    # How long an offered place can be taken, at most: enrolment may close before.
    OFFER_HOURS = OFFER // dt.timedelta(hours=1)
    ALIVE = (State.ENROLLED, State.WAITING, State.OFFERED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="+", verbose_name=_("meeting")
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )
    booking = models.ForeignKey(
        Booking, on_delete=models.PROTECT, related_name="enrolments", verbose_name=_("booking")
    )
    first_name = LineField(_("first name"), max_length=100, blank=True, validators=PLAIN)
    last_name = LineField(_("last name"), max_length=100, validators=PLAIN)
    email = AddressField(_("e-mail address"), blank=True)
    organisation = LineField(_("organisation"), max_length=150, blank=True, validators=PLAIN)
    titles = LineField(_("titles"), max_length=60, blank=True, validators=PLAIN)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ENROLLED)
    # In which order they asked, counted per meeting; also the order of the waiting list.
    queue_number = models.PositiveIntegerField(_("number"))
    offered_until = models.DateTimeField(_("offered until"), null=True, blank=True)
    # What one person can be in a meeting only once: see `identity.identity_of`.
    identity = models.CharField(max_length=64, editable=False)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    # How many messages held its calendar entries: the next has this as SEQUENCE (decision 0026).
    calendar_messages = models.PositiveIntegerField(default=0, editable=False)
    # Told by the back office; nothing while nobody said so. Attendance itself is a room of its own.
    was_absent = models.BooleanField(_("did not come"), null=True)

    # Of `with_sender` only.
    was_sent: bool

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        permissions = [
            ("export_enrolment", _("Can export lists of people")),
            ("exceed_capacity", _("Can give a place over the line or above capacity")),
        ]
        indexes = [
            models.Index(fields=["meeting", "state", "queue_number"], name="enrolments_in_meeting"),
            models.Index(fields=["asked_at", "id"], name="enrolments_by_time"),
            models.Index(
                fields=["offered_until"],
                name="enrolments_offers",
                condition=Q(state="offered"),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "queue_number"], name="enrolments_one_number_each"
            ),
            models.UniqueConstraint(
                fields=["meeting", "identity"],
                condition=Q(state__in=["enrolled", "waiting", "offered"]),
                name="enrolments_once_a_person",
            ),
            models.CheckConstraint(
                condition=Q(offered_until__isnull=False) | ~Q(state="offered"),
                name="enrolments_offer_has_end",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_state_display())

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def has_place(self) -> bool:
        """Whether somebody is enrolled: not waiting, offered a place, or gone."""
        return self.state == self.State.ENROLLED

    def has_offer(self, now: dt.datetime) -> bool:
        """Whether a place is offered that can still be taken: until `offered_until`, not at it."""
        until = self.offered_until
        return self.state == self.State.OFFERED and until is not None and now < until

    def has_missed_offer(self, now: dt.datetime) -> bool:
        """Whether an offer was not taken in time, also before the worker has written it down."""
        is_open = self.state == self.State.OFFERED and not self.has_offer(now)
        return is_open or self.state == self.State.LAPSED

    def state_at(self, now: dt.datetime) -> str:
        """The label of its state, as it is now."""
        missed = self.State.LAPSED.label
        return str(missed if self.has_missed_offer(now) else self.get_state_display())


class EnrolmentEvent(models.Model):
    """What happened to an enrolment, by whom. Only added to (DESIGN, idea 4)."""

    class Kind(models.TextChoices):
        ENROLLED = "enrolled", _("enrolled")
        WAITING = "waiting", _("put on the waiting list")
        OFFERED = "offered", _("offered a place")
        ACCEPTED = "accepted", _("took the place")
        LAPSED = "lapsed", _("did not take the place in time")
        DECLINED = "declined", _("declined the place")
        CANCELLED = "cancelled", _("cancelled")
        MEETING_CANCELLED = "meeting cancelled", _("the meeting was cancelled")
        MOVED_AWAY = "moved away", _("moved to another date")
        MOVED_HERE = "moved here", _("came from another date")
        REPLACED = "replaced", _("somebody else came instead")
        REPLACES = "replaces", _("came instead of somebody else")
        CORRECTED = "corrected", _("details corrected")
        INVOICE = "invoice", _("invoice details corrected")
        PRICE = "price", _("price changed")
        NOTE = "note", _("noted")
        ABSENT = "absent", _("did not come")
        PRESENT = "present", _("came after all")
        GIVEN = "given", _("given a place by hand")
        UNTOLD = "untold", _("no e-mail address: to be told by phone")

    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.CASCADE, related_name="events", verbose_name=_("enrolment")
    )
    kind = models.CharField(_("what"), max_length=20, choices=Kind)
    at = models.DateTimeField(_("when"), default=timezone.now)
    # The acting login; nobody for a guest and for what happens by itself.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True
    )
    # What a colleague wrote down about it; who it is about can read it too.
    note = models.TextField(_("what was noted"), max_length=1000, blank=True)
    # By the payer of the booking, on their order page: what they typed there they may see again.
    by_payer = models.BooleanField(default=False)
    # Whether it was free of charge, where that matters.
    is_free = models.BooleanField(null=True)
    # The enrolment that took its place, or whose place it took.
    other = models.ForeignKey(Enrolment, on_delete=models.SET_NULL, related_name="+", null=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class HoldQuerySet(models.QuerySet["Hold"]):
    def over_at(self, moment: dt.datetime) -> Self:
        return self.filter(Hold.is_over(moment))

    def live_at(self, moment: dt.datetime) -> Self:
        return self.exclude(Hold.is_over(moment))


class Hold(models.Model):
    """Places kept free while somebody fills in the form. Holds nothing of that somebody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    places = models.PositiveSmallIntegerField(default=1)
    expires_at = models.DateTimeField()

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("held place")
        verbose_name_plural = _("held places")
        indexes = [models.Index(fields=["expires_at"], name="enrolments_holds_by_end")]

    def __str__(self) -> str:
        return f"{self.expires_at:%H:%M}"

    @staticmethod
    def is_over(moment: dt.datetime) -> Q:
        """Holds that keep no place any more: their end counts as over."""
        return Q(expires_at__lte=moment)
