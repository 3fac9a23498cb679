"""Cookie groups in two languages, the archive of what was asked, and the proof of each answer."""

import secrets
from datetime import datetime

from cookie_consent.models import Cookie, CookieGroup
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pluc.periods import CONSENT_PROOF

# What the choice cookie and the forms name themselves: as a group, it could pass for an answer.
RESERVED_NAMES = {"all", "how", "id", "next", "revision", "saved"}


def proof_ends_at() -> datetime:
    return timezone.now() + CONSENT_PROOF


def random_id() -> str:
    """128 bits from the system's random source, as 32 hexadecimal digits."""
    return secrets.token_hex(16)


class Group(CookieGroup):
    """A group that one accepts or declines. The library's own texts are the Dutch ones."""

    name_en = models.CharField(_("name in English"), max_length=100)
    description_en = models.TextField(_("description in English"))

    class Meta:
        verbose_name = _("cookie group")
        verbose_name_plural = _("cookie groups")
        ordering = ["ordering"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.varname in RESERVED_NAMES:
            raise ValidationError(
                {"varname": _("This name has another meaning. Choose a different one.")}
            )


class SetCookie(Cookie):
    """A cookie that a group sets. The library's own description is the Dutch one."""

    description_en = models.TextField(_("description in English"))
    provider = models.CharField(_("who gets it"), max_length=100, default="PLUC!")
    # `{period}` stands for the lifetime that the software gives it (`services.LIFETIMES`).
    lifetime = models.CharField(_("kept for"), max_length=60)
    lifetime_en = models.CharField(_("kept for, in English"), max_length=60)

    class Meta:
        verbose_name = _("cookie")
        verbose_name_plural = _("cookies")

    def __str__(self) -> str:
        return self.name


class BarTexts(models.Model):
    """What the cookie bar says. There is one row."""

    heading = models.CharField(_("heading"), max_length=80)
    heading_en = models.CharField(_("heading in English"), max_length=80)
    sentence = models.TextField(_("sentence"), max_length=400)
    sentence_en = models.TextField(_("sentence in English"), max_length=400)

    class Meta:
        verbose_name = _("text of the cookie bar")
        verbose_name_plural = _("text of the cookie bar")

    def __str__(self) -> str:
        return self.heading


class Question(models.Model):
    """What was asked, as it was asked: an archived, frozen copy of all texts.

    `content` holds, per language, the bar's texts and the groups with their cookies. `revision`
    covers only what an answer is about (cookies, purposes, recipients): a new one asks again.
    """

    asked_from = models.DateTimeField(default=timezone.now)
    content = models.JSONField()
    text_hash = models.CharField(max_length=64)
    revision = models.CharField(max_length=16)

    class Meta:
        ordering = ["-id"]


class Choice(models.Model):
    """An answer: proof of consent, without anything that leads to a person (STANDARDS 1.10)."""

    class How(models.TextChoices):
        BAR = "bar"
        PAGE = "page"
        FOOTER = "footer"

    consent_id = models.CharField(max_length=32)
    made_at = models.DateTimeField(default=timezone.now)
    kept_until = models.DateTimeField(default=proof_ends_at)
    groups = models.JSONField()
    text_hash = models.CharField(max_length=64)
    revision = models.CharField(max_length=16)
    how = models.CharField(max_length=10, choices=How)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["consent_id"], name="consent_choice_by_id")]


class OptOut(models.Model):
    """This user is not measured, wherever they are signed in (P38)."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", primary_key=True
    )
    since = models.DateTimeField(default=timezone.now)


class AnalyticsId(models.Model):
    """The random id that measurement may know a user by, kept apart from all else (P37)."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", primary_key=True
    )
    value = models.CharField(max_length=32, unique=True, default=random_id)
