"""Tokens by which programs of an organisation ask our API, as the back office made them."""

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import formats, timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from pluc.typed_lines import LineField
from portal.organisations.models import Organisation

PREFIX_SHOWN = 8  # of the random part: by it people tell tokens apart


class Scope(models.TextChoices):
    """What a token is for."""

    READ = "read", _("read, with a limit of its own")
    ENROL = "enrol", _("enrol people")
    SUPPLY = "supply", _("supply participants")


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def in_force(self) -> Self:
        """Neither revoked nor over."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())


class ApiToken(models.Model):
    """A token: its keyed digest, never the token itself, which is shown once.

    Rows of which the end is long ago go with the purge.
    """

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("organisation"),
    )
    name = LineField(_("name of the program"), max_length=80)
    scopes = models.JSONField(_("what it may do"), default=list)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    prefix = models.CharField(_("begins with"), max_length=20, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("made by"),
        null=True,
        editable=False,
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("ends"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)
    last_used_on = models.DateField(_("last used"), null=True, editable=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("token of the API")
        verbose_name_plural = _("tokens of the API")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        permissions = [("manage_tokens", _("Can make and revoke tokens of the API"))]
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["-made_at", "-id"], name="headless_tokens_by_time")]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix})"

    def may(self, scope: Scope) -> bool:
        return scope in self.scopes

    @property
    def is_over(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def is_in_force(self) -> bool:
        return self.revoked_at is None and not self.is_over

    @property
    def last_day(self) -> dt.date:
        """It ends at the midnight after it, in the Netherlands."""
        return timezone.localdate(self.expires_at - dt.timedelta(microseconds=1))

    @property
    def last_day_in_words(self) -> str:
        return formats.date_format(self.last_day, "j F Y")

    @property
    def state_in_words(self) -> str:
        if self.revoked_at is not None:
            return _t("revoked")
        return _t("ended") if self.is_over else _t("in force")

    @property
    def last_use_in_words(self) -> str:
        """A day; nobody asks for the hour."""
        used = self.last_used_on
        return formats.date_format(used, "j F Y") if used else _t("never")

    @property
    def scopes_in_words(self) -> str:
        return ", ".join(str(scope.label) for scope in Scope if scope in self.scopes)
