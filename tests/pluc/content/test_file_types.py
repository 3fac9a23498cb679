"""A document is what its content says (STANDARDS 6.16)."""

import io
import zipfile

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pluc.content.file_types import is_what_it_says
from pluc.content.models import Download

pytestmark = pytest.mark.either_database


def empty_pdf() -> bytes:
    data = io.BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.save(data)
    return data.getvalue()


PDF = empty_pdf()


def zipped(**entries: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in entries.items():
            archive.writestr(
                name.replace("__", "/").replace("TYPES", "[Content_Types].xml"), content
            )
    return data.getvalue()


DOCX = zipped(TYPES=b"<Types/>", word__document=b"<w/>")
XLSX = zipped(TYPES=b"<Types/>", xl__workbook=b"<x/>")
ODT = zipped(mimetype=b"application/vnd.oasis.opendocument.text")


@pytest.mark.parametrize(
    ("content", "extension"), [(PDF, "pdf"), (DOCX, "docx"), (XLSX, "xlsx"), (ODT, "odt")]
)
def test_a_document_that_is_what_it_says_is_taken(content: bytes, extension: str):
    assert is_what_it_says(io.BytesIO(content), extension)


@pytest.mark.parametrize(
    ("content", "extension"),
    [
        (b"<html><script>alert(1)</script></html>", "pdf"),
        (b"MZ\x90\x00", "docx"),
        (PDF, "docx"),
        (DOCX, "pdf"),
        (DOCX, "xlsx"),
        (XLSX, "odt"),
        (ODT, "ods"),
        (b"<html>" + DOCX, "docx"),
        (b"", "pdf"),
        (b"PK\x03\x04 half a zip", "xlsx"),
    ],
)
def test_a_document_that_is_something_else_is_refused(content: bytes, extension: str):
    assert not is_what_it_says(io.BytesIO(content), extension)


@pytest.mark.django_db
@pytest.mark.parametrize(("content", "stored"), [(PDF, 1), (b"<html></html>", 0)])
def test_an_upload_is_judged_by_its_content(sign_in, editor, content: bytes, stored: int):
    file = SimpleUploadedFile("jaarcijfers.pdf", content, "application/pdf")
    form = {"title": "Jaarcijfers", "file": file, "tags": ""}
    answer = sign_in(editor).post("/beheer/documents/add/", form)
    assert Download.objects.count() == stored
    assert answer.status_code == (302 if stored else 200)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("jaarcijfers.pdf", b"<html></html>", "Dit is geen pdf-bestand"),
        ("jaarcijfers.pdf", b"", "Het verstuurde bestand is leeg"),
        ("rekenblad.exe", b"MZ", "Bestandsextensie ‘exe’ is niet toegestaan"),
        ("groot.pdf", PDF + b"\0" * 25 * 1024**2, "Dit bestand is te groot"),
    ],
)
def test_of_documents_sent_together_one_that_is_refused_is_told_the_one_reason(
    sign_in, editor, name: str, content: bytes, reason: str
):
    file = SimpleUploadedFile(name, content)
    form = {"title": "Jaarcijfers", "collection": "1", "files[]": file}
    told = sign_in(editor).post(reverse("wagtaildocs:add_multiple"), form).json()["error_message"]
    assert told.startswith(reason)
    assert "\n" not in told
