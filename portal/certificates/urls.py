"""Addresses on the public site, where anybody checks a certificate."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from portal.certificates.views import checking

urlpatterns = [
    path(_("certificate/<uuid:certificate>/"), checking.check, name="certificate"),
]
