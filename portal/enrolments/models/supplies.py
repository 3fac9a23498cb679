"""Participants that another organisation supplies by a file, and what they are told of it (P18)."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pluc.moments import moment_of
from pluc.typed_lines import LineField
from portal.accounts.models import Person
from portal.enrolments.models.bookings import Booking
from portal.enrolments.supplies.fates import Fate, Why
from portal.meetings.models import Meeting
from portal.organisations.models import Organisation


class Supply(models.Model):
    """One file with participants for a meeting, from the file to what became of each row.

    Of the file nothing is kept but the rows, and of a row nothing but three fields.
    """

    class State(models.TextChoices):
        LOOKED_AT = "looked at", _("to be looked at")
        APPLYING = "applying", _("being enrolled")
        APPLIED = "applied", _("enrolled")
        UNDOING = "undoing", _("being undone")
        UNDONE = "undone", _("undone")

    UNDER_WAY = (State.APPLYING, State.UNDOING)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="+", verbose_name=_("meeting")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("supplied by")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.LOOKED_AT, editable=False
    )
    supplied_at = models.DateTimeField(_("supplied"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True
    )
    # Rows, and how many of them the worker has dealt with in the step that is under way.
    size = models.PositiveIntegerField(_("rows"), default=0)
    done = models.PositiveIntegerField(default=0)
    hidden = models.PositiveIntegerField(default=0)  # rows of the file that were left out
    # The booking that its places belong to: made with the first of them.
    booking = models.ForeignKey(Booking, on_delete=models.SET_NULL, related_name="+", null=True)

    class Meta:
        verbose_name = _("supplied participants")
        verbose_name_plural = _("supplied participants")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        ordering = ["-supplied_at", "-id"]
        indexes = [models.Index(fields=["state"], name="enrolments_supplies_state")]

    def __str__(self) -> str:
        return moment_of(self.supplied_at)

    @property
    def is_under_way(self) -> bool:
        return self.state in self.UNDER_WAY


class SupplyRow(models.Model):
    """A row of the file: first name, last name, address, and what becomes of it.

    What is no name or no address is not kept: `why` says what was wrong with it.
    """

    class Step(models.TextChoices):
        """How far the worker is with it."""

        WAITS = "waits", _("not dealt with yet")
        DONE = "done", _("dealt with")
        UNDONE = "undone", _("undone")
        KEPT = "kept", _("left as it is")

    supply = models.ForeignKey(Supply, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    first_name = LineField(_("first name"), max_length=100, blank=True)
    last_name = LineField(_("last name"), max_length=100, blank=True)
    email = models.CharField(_("e-mail address"), max_length=254, blank=True)
    fate = models.CharField(_("what becomes of it"), max_length=8, choices=Fate)
    why = models.CharField(_("why"), max_length=12, choices=Why, blank=True)
    step = models.CharField(max_length=6, choices=Step, default=Step.WAITS)
    # The keys of what the row makes, chosen with it: however often the worker is killed and
    # begins again, a row makes one place, and one person at most.
    place_key = models.UUIDField(default=uuid.uuid4, editable=False)
    person_key = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name = _("row with a participant")
        verbose_name_plural = _("rows with participants")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["supply", "number"], name="enrolments_row_once")
        ]
        indexes = [models.Index(fields=["supply", "step", "number"], name="enrolments_rows_to_do")]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class SupplyColumns(models.Model):
    """Where an organisation's files have the three fields: the headings, remembered."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    # The heading for each part of `portal.enrolments.supplies.columns.Part`.
    headings = models.JSONField(default=dict)
    name_order = models.CharField(max_length=12, blank=True)

    class Meta:
        verbose_name = _("columns of an organisation’s files")
        verbose_name_plural = _("columns of organisations’ files")
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class ProvenanceQuerySet(models.QuerySet["Provenance"]):
    def untold(self) -> Self:
        """Of people who have not been told where we have their data from (AVG 14)."""
        return self.filter(told_at=None)

    def out_of_reach(self) -> Self:
        """Those of them whose mailbox did not take our mail: somebody has to tell them."""
        return self.untold().exclude(failed_at=None)


class Provenance(models.Model):
    """That somebody's data came from an organisation: a fact for as long as the person is there.

    With it the duty of AVG 14, whose clock starts at the first file in which they stood: to be told
    source, purposes and rights, by the organisation, which confirms it, or by us.
    """

    class By(models.TextChoices):
        BUREAU = "bureau", _("by the organisation itself")
        US = "us", _("by our mail")
        OFFICE = "office", _("by our back office")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    # The name as it was then stays a fact, whatever becomes of the organisation's row.
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, related_name="+", null=True
    )
    supplied_by = LineField(_("supplied by"), max_length=150)
    supplied_at = models.DateTimeField(_("supplied"), default=timezone.now)
    told_at = models.DateTimeField(_("told"), null=True, blank=True)
    told_how = models.CharField(_("how"), max_length=6, choices=By, blank=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True
    )
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)
    failed_at = models.DateTimeField(_("could not be mailed"), null=True, blank=True)

    objects = ProvenanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source of somebody’s data")
        verbose_name_plural = _("sources of people’s data")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        ordering = ["supplied_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "supplied_by"], name="enrolments_one_source_each"
            ),
            models.CheckConstraint(
                condition=Q(told_at=None) ^ ~Q(told_how=""), name="enrolments_told_somehow"
            ),
        ]
        indexes = [
            models.Index(
                fields=["supplied_at"], condition=Q(told_at=None), name="enrolments_to_be_told"
            )
        ]

    def __str__(self) -> str:
        return self.supplied_by

    @property
    def event(self) -> str:
        """By which the outbox knows our mail about it."""
        return f"supplied:{self.pk.hex}"
