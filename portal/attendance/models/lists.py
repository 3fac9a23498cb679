"""The lists on paper: what was printed, and the photographs of what was signed."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pluc.private_files import ALIAS
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting, Session


def private_files() -> Storage:
    """Where photographs lie: nobody gets one but through a view that asks who they are."""
    return storages[ALIAS]


class ListPrint(models.Model):
    """One list as it was made: a meeting's participants, or who signs in to or out of a session."""

    class Kind(models.TextChoices):
        PARTICIPANTS = "participants", _("participant list")
        SIGN_IN = "sign-in", _("sign-in list")
        SIGN_OUT = "sign-out", _("sign-out list")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="+", verbose_name=_("meeting")
    )
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="+", verbose_name=_("session"), null=True
    )
    kind = models.CharField(_("list"), max_length=12, choices=Kind)
    # Counted per meeting, session and kind: an old print is recognised by it.
    version = models.PositiveIntegerField(_("version"))
    # Of all that stands on it: the same facts asked for again are the same version (decision 0039).
    digest = models.CharField(max_length=64, default="", editable=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("made by"),
        null=True,
    )

    class Meta:
        verbose_name = _("printed list")
        verbose_name_plural = _("printed lists")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "session", "kind", "version"],
                name="attendance_one_version",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(session__isnull=True) ^ ~Q(kind="participants"),
                name="attendance_signed_per_session",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.version}"


class PrintedPage(models.Model):
    """A page of a list. Its code stands on it, to be read by a camera or typed."""

    code = models.CharField(_("code"), max_length=8, primary_key=True)
    print = models.ForeignKey(
        ListPrint, on_delete=models.CASCADE, related_name="pages", verbose_name=_("list")
    )
    number = models.PositiveSmallIntegerField(_("page"))

    class Meta:
        verbose_name = _("printed page")
        verbose_name_plural = _("printed pages")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        ordering = ["print", "number"]
        constraints = [
            models.UniqueConstraint(fields=["print", "number"], name="attendance_one_page")
        ]

    def __str__(self) -> str:
        return self.code


class PrintedRow(models.Model):
    """A row of a page, as it was printed. Of whom is erased the row stays, of nobody.

    `position` is the number that stands before it on paper; it counts through all pages.
    """

    page = models.ForeignKey(
        PrintedPage, on_delete=models.CASCADE, related_name="rows", verbose_name=_("page")
    )
    position = models.PositiveSmallIntegerField(_("row"))
    enrolment = models.ForeignKey(
        Enrolment,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("enrolment"),
        null=True,
    )
    # An empty numbered line, for somebody who stands on no list.
    is_empty = models.BooleanField(_("empty line"), default=False)

    class Meta:
        verbose_name = _("printed row")
        verbose_name_plural = _("printed rows")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        ordering = ["page", "position"]
        constraints = [
            models.UniqueConstraint(fields=["page", "position"], name="attendance_one_row")
        ]

    def __str__(self) -> str:
        return str(self.position)


class Photograph(models.Model):
    """A photograph or scan of a signed page, filed with its meeting. It holds names and signatures.

    `page` is empty until its code is read or typed; `confirmed_at` says that a colleague has gone
    through its rows.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Of its page; until one is known, the one that it was uploaded for.
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="+", verbose_name=_("meeting")
    )
    page = models.ForeignKey(
        PrintedPage,
        on_delete=models.CASCADE,
        related_name="photographs",
        verbose_name=_("page"),
        null=True,
    )
    file = models.FileField(_("picture"), upload_to="signed-lists/", storage=private_files)
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("uploaded by"),
        null=True,
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("confirmed by"),
        null=True,
    )

    class Meta:
        verbose_name = _("photograph of a list")
        verbose_name_plural = _("photographs of lists")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return str(self.page_id or self.pk)
