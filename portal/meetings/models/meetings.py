"""One run of a course: its days, its place, its state, and how many fit in."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pluc.language import in_active_language
from pluc.typed_lines import LineField
from pluc.web_addresses import WebAddressField
from portal.meetings.models.courses import Course, Speaker
from portal.meetings.models.finding import MeetingQuerySet
from portal.meetings.models.kinds import Format, Language, PriceFor, State
from portal.meetings.models.policies import Policy
from portal.meetings.models.vat import Vat
from portal.meetings.models.venues import Region, Venue
from portal.organisations.models import Organisation

ZONE = ZoneInfo(settings.TIME_ZONE)


class Meeting(models.Model):
    """One run of a course on given days.

    `starts_at`, `ends_at` and the counts are kept by the services: the first session's start, the
    last one's end, and how many places are `taken`. Of those `held` are kept for who fills in the
    form, the last of them until `held_until`, and `offered` to who waited. The database refuses a
    meeting with more taken than there are, but for those given `above` capacity.
    """

    Format = Format
    State = State
    PriceFor = PriceFor
    Language = Language

    # Of some queries only: by `with_needs`, and by `with_line`.
    has_speakers: bool
    most_hours: Decimal | None

    COUNTS = ("taken", "held", "held_until", "offered", "waiting")
    # What only the steps in its life change (`portal.meetings.services.states`).
    STEPS_KEPT = ("state", "sequence", "cancelled_because", "cancelled_because_en")

    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, related_name="meetings", verbose_name=_("course")
    )
    code = models.SlugField(
        _("code"), max_length=40, unique=True, help_text=_("In addresses and on lists.")
    )
    format = models.CharField(_("format"), max_length=12, choices=Format, default=Format.OPEN)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PLANNED)
    is_listed = models.BooleanField(_("in the public offer"), default=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.DUTCH
    )
    # A PE-café is of a region before its venue is known; else the venue tells.
    region = models.ForeignKey(
        Region,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("region"),
        null=True,
        blank=True,
    )
    venue = models.ForeignKey(
        Venue,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("venue"),
        null=True,
        blank=True,
    )
    is_online = models.BooleanField(_("online"), default=False)
    online_link = WebAddressField(
        _("link to join"), blank=True, help_text=_("Only participants see it.")
    )
    speakers = models.ManyToManyField(
        Speaker, related_name="meetings", verbose_name=_("speakers"), blank=True
    )
    capacity = models.PositiveSmallIntegerField(_("places"), validators=[MinValueValidator(1)])
    taken = models.PositiveIntegerField(_("places taken"), default=0, editable=False)
    # Places that the back office gave above capacity, with a reason; fewer as places come free.
    above = models.PositiveIntegerField(default=0, editable=False)
    held = models.PositiveIntegerField(default=0, editable=False)
    held_until = models.DateTimeField(null=True, editable=False)
    offered = models.PositiveIntegerField(default=0, editable=False)
    waiting = models.PositiveIntegerField(default=0, editable=False)
    price = models.DecimalField(
        _("price in euros"),
        max_digits=8,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(Decimal(0))],
        help_text=_("A person. 0 is free."),
    )
    vat = models.CharField(
        _("VAT"),
        max_length=10,
        choices=Vat,
        blank=True,
        help_text=_("Empty: as of the course."),
    )
    # Of an in-company meeting: what its client pays, once it has begun.
    price_is_for = models.CharField(
        _("price is for"),
        max_length=8,
        choices=PriceFor,
        default=PriceFor.PERSON,
        help_text=_("Only in-company, where the client gets one invoice once it has begun."),
    )
    policy = models.ForeignKey(
        Policy, on_delete=models.PROTECT, related_name="+", verbose_name=_("terms")
    )
    client = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("client"),
        null=True,
        blank=True,
    )
    partner = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("partner"),
        null=True,
        blank=True,
    )
    practical = models.TextField(
        _("for participants"),
        max_length=2000,
        blank=True,
        help_text=_("What to bring, where to park. Stands in the mails and in the portal."),
    )
    practical_en = models.TextField(
        _("for participants, in English"),
        max_length=2000,
        blank=True,
        help_text=_("Without it, English mails leave it out and say that it is there in Dutch."),
    )
    has_meal = models.BooleanField(
        _("with a meal"),
        default=False,
        help_text=_("The enrolling form then asks for dietary wishes."),
    )
    starts_at = models.DateTimeField(_("start"), null=True, editable=False)
    ends_at = models.DateTimeField(_("end"), null=True, editable=False)
    # The days of its sessions in the Netherlands, such as "2027-01-07" (`portal.meetings.days`).
    days = models.JSONField(default=list, editable=False)
    # Of calendar entries (RFC 5545, SEQUENCE): one more with each change that people are told of.
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)
    cancelled_because = LineField(
        _("why it is cancelled"), max_length=300, blank=True, editable=False
    )
    cancelled_because_en = LineField(
        _("why it is cancelled, in English"), max_length=300, blank=True, editable=False
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["starts_at", "id"]
        indexes = [
            models.Index(fields=["starts_at", "id"], name="meetings_by_start"),
            models.Index(fields=["state", "starts_at"], name="meetings_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken__lte=F("capacity") + F("above")),
                name="meetings_never_overbooked",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")) | Q(starts_at=None),
                name="meetings_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(client__isnull=False) | ~Q(format="in-company"),
                name="meetings_in_company_has_client",
            ),
            models.CheckConstraint(
                condition=Q(partner__isnull=False) | ~Q(format="partner"),
                name="meetings_for_partner_has_partner",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course} ({self.code})"

    @property
    def left(self) -> int:
        """Places that nobody has, holds or is offered; below 0 with some above capacity."""
        return self.capacity - self.taken

    @property
    def enrolled(self) -> int:
        """People who have a place."""
        return max(self.taken - self.held - self.offered, 0)

    @property
    def is_full(self) -> bool:
        """Whether who comes now joins the waiting list; what is only held may come free."""
        return self.left <= 0 and not self.is_held

    @property
    def is_held(self) -> bool:
        """Whether the last places are only held: nobody has them yet, and nobody waits for them."""
        return self.left <= 0 < self.held and not self.waiting

    @property
    def starts_on(self) -> dt.date | None:
        """The first day, in the Netherlands."""
        return self.starts_at.astimezone(ZONE).date() if self.starts_at else None

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    @property
    def asks_access(self) -> bool:
        """Whether its place asks what people need to get in and take part."""
        return self.venue is not None and self.venue.asks_access

    @property
    def good_to_know(self) -> str:
        """What participants must know, in the active language; in Dutch where it has no English."""
        return in_active_language(self.practical, self.practical_en)

    @property
    def why_cancelled(self) -> str:
        """Why it is cancelled, in the active language; in Dutch where it has no English."""
        return in_active_language(self.cancelled_because, self.cancelled_because_en)

    def has_begun(self, now: dt.datetime) -> bool:
        """Whether its first session has started; never of a meeting without a day."""
        return self.starts_at is not None and self.starts_at <= now

    def is_over(self, now: dt.datetime) -> bool:
        """Whether its last session has ended; never of a meeting without a day."""
        return self.ends_at is not None and self.ends_at <= now

    @property
    def lacks_place(self) -> bool:
        """Whether it has neither a venue nor a link to join yet."""
        return self.venue_id is None and not (self.is_online and self.online_link)

    @property
    def is_public(self) -> bool:
        """Whether it has a page on the public site: listed, and not for one client alone."""
        return self.is_listed and self.format != self.Format.IN_COMPANY

    @property
    def is_invoiced(self) -> bool:
        """Whether who enrols pays: what a client bought in-company is settled with the client."""
        return self.price > 0 and self.format != self.Format.IN_COMPANY

    @property
    def applied_vat(self) -> str:
        """How VAT applies to its price (`Vat`): its own setting, else that of the course."""
        return self.vat or self.course.vat

    @property
    def where(self) -> Region | None:
        """The region that it is looked for in; none for what is online only."""
        return self.venue.region if self.venue else self.region
