"""E-mail addresses as they come in: by a form, by an import, by the command line."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db import models
from django.utils.translation import gettext as _t

from pluc.folding import clean_address


def validate_address(value: str) -> None:
    """Refuses addresses that look like another one (CVE-2019-19844 and its kind), or that are on
    the machine that sends the mail: Django takes `localhost` and addresses of machines as domains.

    The part before the "@" is plain ASCII, and the domain is written as its mail server knows it:
    a Kelvin sign or a dotless i would lead to somebody else's mailbox.
    """
    name, _, domain = value.rpartition("@")
    if domain.lower() == "localhost" or domain.startswith("["):
        raise ValidationError(EmailValidator.message, code="invalid")
    if not name.isascii() or unicodedata.normalize("NFKC", domain) != domain:
        raise ValidationError(
            _t("Use plain letters in the e-mail address, without accents."), code="lookalike"
        )


class AddressFormField(forms.EmailField):
    """Takes an address as people paste it, and hands on what is stored."""

    default_validators = [*forms.EmailField.default_validators, validate_address]

    def to_python(self, value: Any) -> str:
        return clean_address(super().to_python(value) or "")


class AddressField(models.EmailField):  # type: ignore[type-arg]  # takes none when it runs
    """A stored address, whatever way it comes in."""

    def to_python(self, value: Any) -> Any:
        return clean_address(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        value = self.to_python(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        return value

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(self.to_python(value))

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": AddressFormField, **kwargs})

    def deconstruct(self) -> Any:
        """As Django's own field: there is no difference in the database."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.EmailField", args, kwargs
