"""Marks: that somebody came in or went out, in one session. Appended, never edited."""

import datetime as dt
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pluc.typed_lines import LineField
from portal.accounts.plain_text import validate_plain_line
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting, Session

PLAIN = [validate_plain_line]


class WalkIn(models.Model):
    """Somebody who came and stands on no list: written in on paper, or added at the door.

    The back office makes a place of it (`enrolment`): a new one, or the one of `instead_of`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="+", verbose_name=_("meeting")
    )
    first_name = LineField(_("first name"), max_length=100, blank=True, validators=PLAIN)
    last_name = LineField(_("last name"), max_length=100, validators=PLAIN)
    organisation = LineField(_("organisation"), max_length=150, blank=True, validators=PLAIN)
    titles = LineField(_("titles"), max_length=60, blank=True, validators=PLAIN)
    instead_of = models.ForeignKey(
        Enrolment,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("came for"),
        null=True,
        blank=True,
    )
    # What the back office made of it.
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.CASCADE, related_name="+", verbose_name=_("place"), null=True
    )
    added_at = models.DateTimeField(_("added"), default=timezone.now)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("added by"),
        null=True,
    )
    # That the back office looked, and nobody of that name was there.
    dropped_because = LineField(_("why it does not count"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("walk-in")
        verbose_name_plural = _("walk-ins")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class Mark(models.Model):
    """One event: in or out, of one person in one session.

    A mark that is corrected stays, and another says so (`supersedes`): a chain without forks. A
    `VOID` one says that the event was not there at all. Hours use `at`; what the device's own
    clock said is `told_at`, and `received_at` is when we had it.
    """

    class Kind(models.TextChoices):
        IN = "in", _("in")
        OUT = "out", _("out")
        VOID = "void", _("taken back")

    class Source(models.TextChoices):
        DOOR = "door", _("at the door")
        SCAN = "scan", _("by the code of the participant")
        SELF = "self", _("by themselves, with the code in the room")
        PAPER = "paper", _("from the signed list")
        OFFICE = "office", _("by the back office, afterwards")

    # Made by the device that marks, so that a mark that is sent twice arrives once.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="+", verbose_name=_("session")
    )
    # Of somebody on the list, or of a walk-in.
    enrolment = models.ForeignKey(
        Enrolment,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("enrolment"),
        null=True,
    )
    walk_in = models.ForeignKey(
        WalkIn, on_delete=models.CASCADE, related_name="+", verbose_name=_("walk-in"), null=True
    )
    kind = models.CharField(_("what"), max_length=4, choices=Kind)
    at = models.DateTimeField(_("when"))
    told_at = models.DateTimeField(_("when, by the clock of the device"), null=True)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    source = models.CharField(_("how"), max_length=6, choices=Source)
    # Who marked. Of `SELF` the participant; hours follow once a colleague's mark supersedes it.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("marked by"),
        null=True,
    )
    supersedes = models.OneToOneField(
        "self",
        on_delete=models.CASCADE,
        related_name="superseded_by",
        verbose_name=_("instead of"),
        null=True,
    )
    reason = LineField(_("why it was corrected"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        permissions = [("take_attendance", _("Can take attendance and print lists"))]
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["session", "enrolment", "at"], name="attendance_by_place")]
        constraints = [
            models.CheckConstraint(
                condition=Q(enrolment__isnull=True) ^ Q(walk_in__isnull=True),
                name="attendance_mark_of_one",
            ),
            models.CheckConstraint(
                condition=~Q(kind="void") | Q(supersedes__isnull=False),
                name="attendance_void_takes_back",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%H:%M}"

    @property
    def drift(self) -> dt.timedelta:
        """How far the clock of the device was off; nothing where it had none."""
        return abs(self.at - self.told_at) if self.told_at else dt.timedelta(0)
