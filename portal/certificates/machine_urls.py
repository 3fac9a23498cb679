"""Addresses that machines fetch: they stay, and are the same in every language."""

from django.urls import path

from portal.certificates.views import machines

urlpatterns = [
    path("<uuid:certificate>.json", machines.credential, name="certificate_credential"),
    path("<uuid:certificate>.jwt", machines.token, name="certificate_token"),
    path("uitgever.json", machines.issuer, name="certificate_issuer"),
    path("status/<int:number>.jwt", machines.status, name="certificate_status"),
    path("sleutel/<slug:fingerprint>.json", machines.key, name="certificate_key"),
]
