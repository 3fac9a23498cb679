"""What can become of a row, and why."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Fate(models.TextChoices):
    NEW = "new", _("new")
    MATCHED = "matched", _("known already")
    CONFLICT = "conflict", _("to be looked at")
    ERROR = "error", _("mistake in the file")


class Why(models.TextChoices):
    # Known already.
    RECORD = "record", _("You supplied this person before.")
    ACCOUNT = "account", _("This person has an account with this name and address.")
    THERE = "there", _("You enrolled this person in this meeting before: nothing changes.")
    # To be looked at.
    ENROLLED = "enrolled", _("Stands in this meeting already, by another booking.")
    RESTRICTED = "restricted", _("The processing of this person’s data is restricted.")
    ALIKE = "alike", _("Another row has the same address and a name like it. Which one is right?")
    # Mistakes in the file.
    TWICE = "twice", _("The same name and address stand in an earlier row.")
    NO_NAME = "no name", _("The last name is missing.")
    NO_ADDRESS = "no address", _("The e-mail address is missing.")
    BAD_NAME = "bad name", _("This is no name: a name has letters, and no web address or number.")
    BAD_ADDRESS = "bad address", _("This is no e-mail address.")
    TOO_LONG = "too long", _("The name or the address is longer than we can store.")
    FORMULA = "formula", _("A formula without a result: replace it by its value.")
    MERGED = "merged", _("Merged cells: give each row its own value.")
    GARBLED = "garbled", _("Letters are garbled: choose another encoding, or correct the row.")
    COLUMNS = "columns", _("This row has more cells than there are headings.")
    PARTED = "parted", _("This name cannot be taken apart: it has no comma, or more than one.")


# As whoever supplies them may know it: nothing of who else is in our records (P13, P17).
GUARDED = frozenset({Why.ENROLLED, Why.RESTRICTED, Why.ACCOUNT})
# Fates that end with a place in the meeting.
PLACED = (Fate.NEW, Fate.MATCHED)
