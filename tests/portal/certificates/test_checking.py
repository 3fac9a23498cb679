"""Anybody with its address may check a certificate, and sees what stands on it (P18, P19)."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from legal.rights.queries.plans import plan
from legal.rights.services.erasing import execute
from pluc.links import PUBLIC_URLCONF
from portal.certificates.models import Certificate
from portal.certificates.services import ending
from portal.certificates.services.making import keep_bytes
from portal.certificates.tasks import keep_making
from portal.certificates.views.checking import MOST_BYTES
from portal.enrolments.models import Enrolment
from tests.certificates import final_meeting, issued

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]


def address(key: object, language: str = "nl") -> str:
    path = "/certificaat/" if language == "nl" else "/en/certificate/"
    return f"{path}{key}/"
