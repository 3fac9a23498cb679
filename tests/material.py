"""Material in tests: files that are what they say, and rows with a file in the store."""

import hashlib
from io import BytesIO
from typing import Any

import pikepdf
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from pluc.documents.spreadsheets import Sheet, workbook
from portal.accounts.models import User
from portal.materials.models import Material, Version
from portal.meetings.models import Course, Meeting


def a_pdf(words: str = "") -> bytes:
    """A PDF of one page; other words, other bytes."""
    data = BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.docinfo["/Title"] = words
    document.save(data, deterministic_id=True)
    return data.getvalue()


def a_sheet(words: str = "peren") -> bytes:
    return workbook([Sheet(name="Fruit", head=["Wat"], rows=[[words]])])


def upload(content: bytes, name: str = "dia's.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def give_material(place: Meeting | Course, **fields: Any) -> Material:
    """A released link or file of a meeting or a course, from the moment that one has a place."""
    key = "meeting" if isinstance(place, Meeting) else "course"
    plain = {
        "title": "Dia's",
        "moment": Material.Moment.ENROLLED,
        "approved_at": timezone.now(),
        key: place,
    }
    return Material.objects.create(**plain | fields)


def give_version(
    material: Material, content: bytes = b"0123456789", *, by: User | None = None, **fields: Any
) -> Version:
    """A version of it with a file in the store, which the scanner found clean."""
    number = material.versions.count() + 1
    plain = {
        "number": number,
        "file": ContentFile(content, name="any"),
        "name": f"dia's {number}.pdf",
        "content_type": "application/pdf",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "scan": Version.Scan.CLEAN,
        "uploaded_by": by,
    }
    return Version.objects.create(material=material, **plain | fields)


def give_file(place: Meeting | Course, content: bytes = b"0123456789", **fields: Any) -> Version:
    return give_version(give_material(place, **fields), content)
