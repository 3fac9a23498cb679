"""What people type about themselves: text, and nothing that acts like something else."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t

from pluc.mail_addresses import validate_address

# Migrations know it by this module.
__all__ = ["validate_address", "validate_plain_line"]

# Nobody sees these: format characters, and spaces of all widths.
UNSEEN = {"Cf", "Zs"}
# Marks that turn the direction of what follows: a name could end up looking like another one.
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


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
