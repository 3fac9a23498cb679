"""What a meeting can be: its format, its state, its language, and what its price is for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
