"""What a password may not be (STANDARDS 6.13)."""

from typing import Any

from django.contrib.auth import password_validation as django
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t

from pluc.folding import clean_password, fold

CONTEXT_WORDS = ("pluc", "pe-cafe", "pe-café", "pecafe")


class Cleaned:
    """Looks at a password as it will be stored: "e" and its accent count as one sign."""

    def validate(self, password: str, user: Any = None) -> None:
        super().validate(clean_password(password), user)  # type: ignore[misc]  # a validator stands behind


class SimilarityValidator(Cleaned, django.UserAttributeSimilarityValidator):
    """Refuses what is nearly one's own name or address."""


class CommonValidator(Cleaned, django.CommonPasswordValidator):
    """Refuses passwords that many people use."""


class LengthValidator(Cleaned, django.MinimumLengthValidator):
    """Django's own, in words that it has no Dutch for."""

    def get_error_message(self) -> str:
        return _t("Use at least %(min_length)d characters.") % {"min_length": self.min_length}


class RepetitionValidator:
    """Refuses the same few signs again and again: "aaaaaaaaaaaa", "passwordpassword"."""

    SHORTEST = 10  # what repeats, where something does

    def validate(self, password: str, user: Any = None) -> None:
        password = clean_password(password)
        repeats_after = (password + password).find(password, 1)
        if repeats_after < min(len(password), self.SHORTEST):
            raise ValidationError(
                _t("This repeats itself, and is easy to guess. Choose something longer."),
                code="password_repeats",
            )

    def get_help_text(self) -> str:
        return ""


class ContextWordValidator:
    """Refuses words that everybody here would guess: our own name."""

    def validate(self, password: str, user: Any = None) -> None:
        folded = fold(clean_password(password))
        if any(word in folded for word in CONTEXT_WORDS):
            raise ValidationError(
                _t("Leave our name out of it: others would guess that first."),
                code="password_context_word",
            )

    def get_help_text(self) -> str:
        return _t("Not our name, nor a password that many people use.")
