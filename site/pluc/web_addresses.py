"""A web address in a form and in the database."""

from typing import Any

from django.db import models


class WebAddressField(models.URLField):  # type: ignore[type-arg]  # takes none when it runs
    """An address; who types no scheme means https (Django's own default from 6.0 on)."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"assume_scheme": "https", **kwargs})

    def deconstruct(self) -> Any:
        """As Django's own field: there is no difference in the database."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs
