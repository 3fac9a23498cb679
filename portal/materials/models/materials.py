"""Material of a course or a meeting."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pluc.language import in_active_language
from pluc.private_files import private_files
from pluc.typed_lines import LineField
from pluc.web_addresses import WebAddressField
from portal.accounts.models import Person
from portal.meetings.models import Course, Meeting


class Material(models.Model):
    """A file or a link, for everybody in a course's meetings or in one meeting.

    Seen by participants from `released_from` on, once `approved_at` is set, until `ends_at`.
    """

    class Kind(models.TextChoices):
        FILE = "file", _("file")
        LINK = "link", _("link")

    class Moment(models.TextChoices):
        """From when participants see it, counted per meeting."""

        ENROLLED = "enrolled", _("as soon as they have a place")
        START = "start", _("from the start of the meeting")
        END = "end", _("after the meeting")
        AT = "at", _("from a moment of its own")

    class Absent(models.TextChoices):
        """What whoever missed the meeting gets."""

        YES = "yes", _("they get it too")
        NO = "no", _("they do not get it")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, related_name="+", verbose_name=_("course"), null=True
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="+", verbose_name=_("meeting"), null=True
    )
    kind = models.CharField(_("kind"), max_length=4, choices=Kind, default=Kind.FILE)
    title = LineField(_("title"), max_length=150)
    title_en = LineField(_("title in English"), max_length=150, blank=True)
    url = WebAddressField(_("address"), blank=True)
    moment = models.CharField(_("from when"), max_length=8, choices=Moment, default=Moment.END)
    released_from = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    for_absent = models.CharField(
        _("who missed it"), max_length=3, choices=Absent, default=Absent.YES
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    added_at = models.DateTimeField(_("added"), default=timezone.now)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("added by"),
        null=True,
    )
    # A speaker's waits for the back office.
    approved_at = models.DateTimeField(_("released"), null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("released by"),
        null=True,
    )
    withdrawn_at = models.DateTimeField(_("taken away"), null=True)

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("material")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        permissions = [("manage_material", _("Can manage material"))]
        ordering = ["position", "added_at", "id"]
        indexes = [
            models.Index(
                fields=["added_at"],
                name="materials_to_release",
                condition=Q(approved_at=None, withdrawn_at=None),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(course__isnull=True) ^ Q(meeting__isnull=True),
                name="materials_of_course_or_meeting",
            ),
            models.CheckConstraint(
                condition=Q(kind="link") ^ Q(url=""), name="materials_link_has_address"
            ),
            models.CheckConstraint(
                condition=Q(released_from__isnull=False) ^ ~Q(moment="at"),
                name="materials_moment_of_its_own",
            ),
        ]

    def __str__(self) -> str:
        return in_active_language(self.title, self.title_en)


def place_of(version: "Version", name: str) -> str:
    """Where a file lies: under a name of its own, which says nothing of what it is."""
    return f"material/{version.pk}"


class Version(models.Model):
    """A file of a material, as it was uploaded. The newest that may be served is what people get.

    `file` is empty once it turned out to be infected: the row stays, to know what came in.
    """

    class Scan(models.TextChoices):
        WAITING = "waiting", _("is being checked")
        CLEAN = "clean", _("clean")
        INFECTED = "infected", _("infected")
        HELD = "held", _("could not be checked")
        UNSCANNED = "unscanned", _("not checked: there is no scanner on this machine")

    class Held(models.TextChoices):
        """Why a file could not be checked, in words for the back office."""

        AWAY = "away", _("the virus scanner does not answer")
        NO_SCANNER = "none", _("no virus scanner is set up")
        TOO_LARGE = "large", _("it is too large for the virus scanner")
        LOCKED = "locked", _("it is locked with a password, so that nobody can look inside")
        LOST = "lost", _("the file is no longer where it was stored")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    material = models.ForeignKey(
        Material, on_delete=models.CASCADE, related_name="versions", verbose_name=_("material")
    )
    number = models.PositiveIntegerField(_("version"))
    file = models.FileField(
        _("file"), upload_to=place_of, storage=private_files, max_length=200, blank=True
    )
    name = LineField(_("file name"), max_length=150)
    content_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("uploaded by"),
        null=True,
    )
    scan = models.CharField(_("check"), max_length=9, choices=Scan, default=Scan.WAITING)
    scanned_at = models.DateTimeField(_("checked"), null=True)
    # How often the scanner was asked, and when it is asked again.
    tries = models.PositiveSmallIntegerField(_("times tried"), default=0)
    try_at = models.DateTimeField(_("tried again"), default=timezone.now)
    why_held = models.CharField(
        _("why it could not be checked"), max_length=6, choices=Held, blank=True
    )

    class Meta:
        verbose_name = _("version of material")
        verbose_name_plural = _("versions of material")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        ordering = ["material", "-number"]
        indexes = [
            models.Index(fields=["try_at"], name="materials_to_check", condition=Q(scan="waiting")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["material", "number"], name="materials_one_version"),
            models.CheckConstraint(
                condition=Q(why_held="") ^ Q(scan="held"), name="materials_held_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def may_be_served(self) -> bool:
        """Whether its scan lets it go out to anybody (docs/decisions/0043)."""
        return self.scan in served_scans()

    @property
    def can_be_checked_again(self) -> bool:
        """Whether asking the scanner anew may change something."""
        was_unscanned = self.scan == self.Scan.UNSCANNED and settings.SCANNER is not None
        return self.scan == self.Scan.HELD or was_unscanned


def served_scans() -> list[str]:
    """What a scan must have said. On one's own machine a file may go unscanned, never by https."""
    unscanned = [] if settings.HTTPS else [Version.Scan.UNSCANNED]
    return [Version.Scan.CLEAN, *unscanned]


class HandedOut(models.Model):
    """That a person got a version of a file, and when first (P12). Only added to."""

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    version = models.ForeignKey(
        Version, on_delete=models.CASCADE, related_name="+", verbose_name=_("file")
    )
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("handed out")
        verbose_name_plural = _("handed out")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["person", "version"], name="materials_handed_out_once")
        ]

    def __str__(self) -> str:
        return str(self.version)
