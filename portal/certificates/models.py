"""Certificates that were issued, what happened to each, and by which key they were signed."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pluc.private_files import ALIAS
from pluc.typed_lines import LineField
from portal.accounts.models import Person
from portal.attendance.models import AttendanceStep
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting


def private_files() -> Storage:
    """Where the PDFs lie: never at an address of their own."""
    return storages[ALIAS]


class SigningCertificate(models.Model):
    """The public part of a key that signed: it stays, so that what it signed can be checked."""

    fingerprint = models.CharField(_("fingerprint"), max_length=64, unique=True)
    subject = models.CharField(_("of whom"), max_length=300)
    ends_at = models.DateTimeField(_("valid until"))
    pem = models.TextField(_("certificate"))
    jwk = models.JSONField(_("public key"))
    first_used_at = models.DateTimeField(_("first used"), default=timezone.now)

    class Meta:
        verbose_name = _("signing certificate")
        verbose_name_plural = _("signing certificates")
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return self.subject


class Issuing(models.Model):
    """That a colleague had certificates made for a meeting; the worker makes them."""

    class Trouble(models.TextChoices):
        """Why certificates wait."""

        NO_KEY = "no key", _("there is no key to sign with")
        EXPIRED = "expired", _("the certificate of the key has expired")
        NO_TIME = "no time", _("the timestamp server does not answer")
        NOT_MADE = "not made", _("a PDF could not be made")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="+", verbose_name=_("meeting")
    )
    # The attendance that it is about: after a correction what still waits is not made.
    step = models.ForeignKey(AttendanceStep, on_delete=models.SET_NULL, related_name="+", null=True)
    asked_at = models.DateTimeField(_("when"), default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("by"),
        null=True,
    )
    number = models.PositiveIntegerField(_("how many"), default=0)
    # Attendance was opened again before they were made, or a person was erased.
    dropped = models.PositiveIntegerField(_("not made"), default=0)
    # Why, where it replaces one that was in force.
    reason = LineField(_("why"), max_length=300, blank=True)
    trouble = models.CharField(_("trouble"), max_length=10, choices=Trouble, blank=True)

    class Meta:
        verbose_name = _("issuing of certificates")
        verbose_name_plural = _("issuings of certificates")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def waiting(self) -> Self:
        return self.filter(state=Certificate.State.WAITING)

    def made(self) -> Self:
        """Those that exist: in force, revoked or replaced."""
        return self.exclude(state=Certificate.State.WAITING)

    def in_force(self) -> Self:
        return self.filter(state=Certificate.State.IN_FORCE)


class Certificate(models.Model):
    """A certificate of one person for one meeting: what it says is never read from elsewhere.

    `facts` are frozen when it is asked for (`portal.certificates.facts`); the worker makes the
    PDF of them once, and its bytes stay as they are.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("is being made")
        IN_FORCE = "in force", _("in force")
        REVOKED = "revoked", _("revoked")
        REPLACED = "replaced", _("replaced")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    enrolment = models.ForeignKey(Enrolment, on_delete=models.SET_NULL, related_name="+", null=True)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="+", verbose_name=_("meeting")
    )
    issuing = models.ForeignKey(
        Issuing, on_delete=models.SET_NULL, related_name="certificates", null=True
    )
    language = models.CharField(
        _("language"), max_length=2, choices=[("nl", _("Dutch")), ("en", _("English"))]
    )
    facts = models.JSONField(_("what it says"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    issued_at = models.DateTimeField(_("issued"), null=True)
    file = models.FileField(_("file"), storage=private_files, blank=True)
    sha256 = models.CharField(_("fingerprint"), max_length=64, blank=True)
    size = models.PositiveIntegerField(_("size in bytes"), default=0)
    signed_with = models.ForeignKey(
        SigningCertificate, on_delete=models.PROTECT, related_name="+", null=True
    )
    # Without a timestamp the signature can be checked until the key's own certificate ends.
    has_timestamp = models.BooleanField(_("with a timestamp"), default=False)
    # The same facts as an Open Badges 3.0 credential: a signed JWT.
    credential = models.TextField(_("credential"), blank=True)
    # Its place in the status list: random, so that neighbours tell nothing.
    status_position = models.PositiveIntegerField(_("place in the status list"), unique=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.SET_NULL, related_name="replacement", null=True
    )

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        permissions = [("issue_certificate", _("Can issue, revoke and replace certificates"))]
        ordering = ["-asked_at", "id"]
        indexes = [
            models.Index(fields=["-asked_at", "id"], name="certificates_by_time"),
            models.Index(fields=["meeting", "state"], name="certificates_in_meeting"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(state="in force"),
                name="certificates_one_in_force",
            ),
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(state="waiting"),
                name="certificates_one_waiting",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting")
                | (Q(issued_at__isnull=False, signed_with__isnull=False) & ~Q(file="")),
                name="certificates_made_is_signed",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_state_display())

    @property
    def is_in_force(self) -> bool:
        return self.state == self.State.IN_FORCE


class CertificateStep(models.Model):
    """What happened to a certificate, by whom and why. Only added to."""

    class Kind(models.TextChoices):
        ISSUED = "issued", _("issued")
        REVOKED = "revoked", _("revoked")
        REPLACED = "replaced", _("replaced")

    certificate = models.ForeignKey(
        Certificate, on_delete=models.CASCADE, related_name="steps", verbose_name=_("certificate")
    )
    kind = models.CharField(_("what"), max_length=8, choices=Kind)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("by"),
        null=True,
    )
    reason = LineField(_("why"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("step of a certificate")
        verbose_name_plural = _("steps of certificates")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class GoneCertificate(models.Model):
    """That there was a certificate with this id, and nothing else: its address answers 410.

    Its place in the status list is not given again, and what was revoked stays so.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    status_position = models.PositiveIntegerField(_("place in the status list"), unique=True)
    was_valid = models.BooleanField(_("was in force"), default=True)

    class Meta:
        verbose_name = _("certificate that is gone")
        verbose_name_plural = _("certificates that are gone")
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return str(self.pk)
