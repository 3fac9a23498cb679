"""Material of a course or a meeting."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pluc.language import in_active_language
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


class Version(models.Model):
    """A file of a material, as it was uploaded. The newest that is clean is what people get."""

    class Scan(models.TextChoices):
        WAITING = "waiting", _("is being checked")
        CLEAN = "clean", _("clean")
        INFECTED = "infected", _("infected")
        HELD = "held", _("could not be checked")
        UNSCANNED = "unscanned", _("not checked: there is no scanner on this machine")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    material = models.ForeignKey(
        Material, on_delete=models.CASCADE, related_name="versions", verbose_name=_("material")
    )
    number = models.PositiveIntegerField(_("version"))
    file = models.FileField(_("file"), upload_to="material/")
    name = models.CharField(_("file name"), max_length=150)
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

    class Meta:
        verbose_name = _("version of material")
        verbose_name_plural = _("versions of material")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        ordering = ["material", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["material", "number"], name="materials_one_version")
        ]

    def __str__(self) -> str:
        return self.name


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
