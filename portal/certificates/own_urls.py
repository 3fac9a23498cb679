"""Addresses of the portal: one's own certificates, and those that one sees for others."""

from django.urls import path

from portal.certificates.views import mine

urlpatterns = [
    path("", mine.my_certificates, name="my_certificates"),
    path("overzicht.pdf", mine.overview, name="my_trainings"),
    path("alles.zip", mine.everything, name="my_certificates_zip"),
    path("<uuid:certificate>.pdf", mine.file, name="certificate_file"),
    path("bijeenkomst/<slug:code>.zip", mine.of_meeting, name="meeting_certificates_zip"),
]
