"""What people type on one line, such as a name: in forms, and stored, without what nobody sees
(docs/decisions/0032).
"""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models
from django.db.models.expressions import Combinable

from pluc.folding import clean_line

if TYPE_CHECKING:
    CharField = models.CharField[str | int | Combinable, str]
else:
    CharField = models.CharField


class LineFormField(forms.CharField):
    """Takes a line as people paste it, and hands on what is stored."""

    def to_python(self, value: Any) -> Any:
        return clean_line(str(super().to_python(value) or ""))


class LineField(CharField):
    """A stored line, whatever way it comes in: a form, an import, the command line."""

    def to_python(self, value: Any) -> Any:
        return clean_line(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        value = self.to_python(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        return value

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(self.to_python(value))

    def formfield(self, **kwargs: Any) -> Any:
        if self.choices:
            return super().formfield(**kwargs)
        return super().formfield(**{"form_class": LineFormField, **kwargs})

    def deconstruct(self) -> Any:
        """As Django's own field: there is no difference in the database."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
