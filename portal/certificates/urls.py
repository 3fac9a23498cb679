"""Addresses on the public site, where anybody checks a certificate."""

from django.urls import path

from portal.certificates.views import checking

urlpatterns = [
    path("<uuid:certificate>/", checking.check, name="certificate"),
]
