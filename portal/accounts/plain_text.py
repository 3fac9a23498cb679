"""What people type about themselves: text, and nothing that acts like something else."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t

from pluc.folding import TURNING
from pluc.mail_addresses import validate_address

# Migrations know it by this module.
__all__ = ["validate_address", "validate_plain_line"]

# Nobody sees these: format characters, and spaces of all widths.
UNSEEN = {"Cf", "Zs"}
# What joins the letters of a name, and what stands in one: "A. de Vries-'t Hooft (Ans), RA".
IN_NAMES = frozenset(" \u00a0.,()&·'’‘ʼ´`")
# A mail program makes a link of "elders.example", not of "J.P." or "Chr. Jansen".
LIKE_AN_ADDRESS = re.compile(r"[^\W_]{2}\.[^\W_]{2}|\bwww\b", re.IGNORECASE)
MOST_DIGITS = 3  # more of them would be a telephone number


def validate_plain_line(value: str) -> None:
    """Refuses line breaks, control characters, marks that turn the reading direction, and nothing.

    A name of signs that nobody sees would be a gap on every list.
    """
    if any(unicodedata.category(sign) in {"Cc", "Zl", "Zp"} for sign in value):
        raise ValidationError(_t("Use one line, without control characters."), code="control")
    if TURNING & set(value):
        raise ValidationError(
            _t("Leave out signs that turn the reading direction."), code="direction"
        )
    if value and all(unicodedata.category(sign) in UNSEEN for sign in value):
        raise ValidationError(_t("Use signs that can be seen."), code="unseen")


def is_name(text: str) -> bool:
    """Whether a text can be a person's name: pages and mails show it to others as it was typed.

    A stranger types names too, and could put a link or a telephone number in somebody's mail.
    """
    signs = [unicodedata.category(sign) for sign in text]
    is_plain = not TURNING & set(text) and all(
        kind[0] in "LM" or kind in {"Nd", "Pd", "Cf"} or sign in IN_NAMES
        for sign, kind in zip(text, signs, strict=True)
    )
    digits = signs.count("Nd")
    has_letters = any(kind[0] == "L" for kind in signs)
    return is_plain and has_letters and digits <= MOST_DIGITS and not LIKE_AN_ADDRESS.search(text)


def validate_name(value: str) -> None:
    """Refuses what is no name: see `is_name`. Control characters have their own sentence."""
    validate_plain_line(value)
    if value and not is_name(value):
        raise ValidationError(
            _t(
                "Use letters, spaces, hyphens, apostrophes and full stops, and a space after a full"
                " stop. Leave out web addresses and telephone numbers."
            ),
            code="name",
        )
