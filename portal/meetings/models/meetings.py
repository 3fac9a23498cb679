"""One run of a course: its days, its place, its state, and how many fit in."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pluc.language import in_active_language
from pluc.moments import moment_of
from pluc.web_addresses import WebAddressField
from portal.meetings.models.courses import Course, Scheme, Speaker
from portal.meetings.models.policies import Policy
from portal.meetings.models.vat import Vat
from portal.meetings.models.venues import Region, Venue
from portal.organisations.models import Organisation

ZONE = ZoneInfo(settings.TIME_ZONE)
# Of regions and subjects: what lists are found and sorted by, and say.
NAMED = ("slug", "name", "name_en", "position")


# What a line of a list tells of a meeting, besides the hours (`MeetingQuerySet.with_line`).
LINE = (
    *("code", "format", "state", "language", "is_online", "price", "vat", "starts_at", "ends_at"),
    *("capacity", "taken", "held", "held_until", "waiting"),
    *("course__slug", "course__title", "course__title_en", "course__vat", "venue__city"),
    *(f"{row}__{name}" for row in ("course__subject", "region", "venue__region") for name in NAMED),
    *("policy__closing_days", "partner__name", "partner__slug"),
)


def to_come(now: dt.datetime) -> Q:
    """Meetings that have not begun (of a row `Meeting.has_begun`) and are not cancelled."""
    return Q(starts_at__gt=now) & ~Q(state=Meeting.State.CANCELLED)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def public(self) -> Self:
        """Meetings that have a page on the public site (`Meeting.is_public`, of rows)."""
        return self.filter(is_listed=True).exclude(format=Meeting.Format.IN_COMPANY)

    def upcoming(self, now: dt.datetime) -> Self:
        return self.filter(to_come(now))

    def with_line(self, *more: str) -> Self:
        """Meetings with what a line in a list tells of them, and no more, in the same query.

        `more` names other columns, such as "venue__street"; each further one costs a query a row.
        """
        hours = Accreditation.objects.filter(meeting=models.OuterRef("pk")).order_by("-hours")
        named = self.select_related(
            "course__subject", "venue__region", "region", "policy", "partner"
        )
        most = models.Subquery(hours.values("hours")[:1])
        return named.only(*LINE, *more).annotate(most_hours=most)

    def with_facts(self) -> Self:
        """With all that a line or a facts card tells, in one query and two more."""
        return self.with_names().with_accreditations().prefetch_related("sessions")

    def with_names(self) -> Self:
        """With what it refers to, in the same query."""
        return self.select_related(
            "course__subject", "venue__region", "region", "policy", "partner", "client"
        )

    def with_accreditations(self) -> Self:
        """With the hours that schemes recognise, in one query more."""
        with_scheme = Accreditation.objects.select_related("scheme")
        return self.prefetch_related(models.Prefetch("accreditations", with_scheme))

    def with_needs(self) -> Self:
        """With what `queries.staff.missing_from` asks of a meeting, but for the hours."""
        speakers = Meeting.speakers.through.objects.filter(meeting=models.OuterRef("pk"))
        return self.annotate(has_speakers=models.Exists(speakers))


class Meeting(models.Model):
    """One run of a course on given days.

    `starts_at`, `ends_at` and the counts are kept by the services: the first session's start, the
    last one's end, and how many places are `taken`. Of those `held` are kept for who fills in the
    form, the last of them until `held_until`, and `offered` to who waited. The database refuses a
    meeting with more taken than there are, but for those given `above` capacity.
    """

    class Format(models.TextChoices):
        OPEN = "open", _("open meeting")
        CAFE = "cafe", _("PE-café")
        IN_COMPANY = "in-company", _("in-company")
        PARTNER = "partner", _("for a partner")

    class State(models.TextChoices):
        PLANNED = "planned", _("to be started")
        DEFINITE = "definite", _("definite")
        HELD = "held", _("held")
        COMPLETED = "completed", _("completed")
        CANCELLED = "cancelled", _("cancelled")

    class PriceFor(models.TextChoices):
        PERSON = "person", _("each person")
        MEETING = "meeting", _("the whole meeting")

    class Language(models.TextChoices):
        DUTCH = "nl", _("Dutch")
        ENGLISH = "en", _("English")

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
    # Of calendar entries (RFC 5545, SEQUENCE): one more with each change that people are told of.
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)
    cancelled_because = models.CharField(
        _("why it is cancelled"), max_length=300, blank=True, editable=False
    )
    cancelled_because_en = models.CharField(
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


class Session(models.Model):
    """A part of a meeting (dagdeel). Attendance is per session."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="sessions", verbose_name=_("meeting")
    )
    title = models.CharField(_("title"), max_length=150, blank=True)
    title_en = models.CharField(_("title in English"), max_length=150, blank=True)
    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"))
    break_minutes = models.PositiveSmallIntegerField(_("break, in minutes"), default=0)
    counts = models.BooleanField(_("counts for PE"), default=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="meetings_session_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["meeting", "starts_at"], name="meetings_one_session_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return moment_of(self.starts_at)

    @property
    def heading(self) -> str:
        """Its title in the active language; nothing where it has none."""
        return in_active_language(self.title, self.title_en)

    @property
    def minutes(self) -> int:
        """Net minutes: from start to end, without the break. Exact across a change of clocks."""
        # Python subtracts two moments of one zone by the clock on the wall.
        seconds = self.ends_at.timestamp() - self.starts_at.timestamp()
        return int(seconds) // 60 - self.break_minutes


class Accreditation(models.Model):
    """Hours that a scheme recognises for a meeting. Without a date they are asked for."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="accreditations", verbose_name=_("meeting")
    )
    scheme = models.ForeignKey(
        Scheme, on_delete=models.PROTECT, related_name="+", verbose_name=_("scheme")
    )
    hours = models.DecimalField(
        _("hours"), max_digits=5, decimal_places=2, validators=[MinValueValidator(Decimal("0.25"))]
    )
    category = models.CharField(_("category"), max_length=80, blank=True)
    number = models.CharField(_("number"), max_length=60, blank=True)
    granted_on = models.DateField(_("granted"), null=True, blank=True)

    class Meta:
        verbose_name = _("accreditation")
        verbose_name_plural = _("accreditations")
        ordering = ["scheme__position", "scheme__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "scheme"], name="meetings_one_accreditation_a_scheme"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scheme}: {self.hours}"
