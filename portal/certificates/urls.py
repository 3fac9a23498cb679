"""Addresses on the public site, where anybody checks a certificate."""

from django.urls import path, register_converter
from django.urls.converters import UUIDConverter
from django.utils.translation import gettext_lazy as _

from portal.certificates.views import checking


class TypedUUID(UUIDConverter):
    """An id as people type it from paper, and as some readers of codes give it: in capitals too."""

    regex = f"(?i:{UUIDConverter.regex})"


register_converter(TypedUUID, "typed_uuid")
urlpatterns = [
    path(_("certificate/<typed_uuid:certificate>/"), checking.check, name="certificate"),
]
