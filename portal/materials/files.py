"""Judges an uploaded file by what it holds, before anything is stored (STANDARDS 6.16).

An archive is not taken: nobody sees what is in one, and several files can be uploaded at once.
"""

import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from zipfile import is_zipfile

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _t

from pluc.content.uploads import PictureFileField, check_content
from portal.materials.errors import NotTaken

OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
OFFICE = "application/vnd.openxmlformats-officedocument"
DOCUMENTS = {
    "pdf": "application/pdf",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "pptx": f"{OFFICE}.presentationml.presentation",
    "odt": f"{OPEN_DOCUMENT}.text",
    "ods": f"{OPEN_DOCUMENT}.spreadsheet",
    "odp": f"{OPEN_DOCUMENT}.presentation",
}
PICTURES = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
TYPES = DOCUMENTS | PICTURES
LARGEST = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
LONGEST_NAME = 150
# What a file system or a shell reads as something else than a letter of a name.
NOT_IN_NAMES = frozenset('<>:"/\\|?*')


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A file that is what it says, ready to be stored."""

    name: str
    content_type: str
    size: int
    sha256: str
    file: Any


def judge(upload: "UploadedFile[Any]") -> Judged:
    """The file under a clean name. Raises `NotTaken` for what is not taken, and why."""
    name = clean_name(upload.name or "")
    extension = PurePosixPath(name).suffix[1:].lower()
    if extension not in TYPES:
        kinds = ", ".join(TYPES)
        raise NotTaken(
            _t("This kind of file is not taken. Take one of: %(kinds)s.") % {"kinds": kinds}
        )
    if not upload.size:
        raise NotTaken(_t("There is nothing in this file."))
    if upload.size > LARGEST:
        most = filesizeformat(LARGEST)
        raise NotTaken(_t("This file is too large. At most %(most)s is taken.") % {"most": most})
    try:
        check_picture(upload) if extension in PICTURES else check_content(upload, extension)
    except ValidationError as error:
        raise NotTaken(error.messages[0]) from error
    refuse_two_kinds(upload, extension)
    return Judged(
        name=name,
        content_type=TYPES[extension],
        size=upload.size,
        sha256=fingerprint(upload),
        file=upload,
    )


def check_picture(upload: "UploadedFile[Any]") -> None:
    """Raises `ValidationError` for what is no picture; takes out what it tells of place and camera.

    What stands behind the picture in the file goes too, as it is written anew.
    """
    PictureFileField().clean(upload)


def refuse_two_kinds(upload: "UploadedFile[Any]", extension: str) -> None:
    """Raises `NotTaken` for a PDF or a picture that is an archive as well."""
    upload.seek(0)
    if (extension == "pdf" or extension in PICTURES) and is_zipfile(upload):
        raise NotTaken(
            _t("This file is two kinds of file at once. Save it as a new file and try that one.")
        )
    upload.seek(0)


def fingerprint(upload: "UploadedFile[Any]") -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def clean_name(name: str) -> str:
    """A file's own name, without folders and without what nobody sees or what turns the reading
    direction, so that its end is the end that people see.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign for sign in last if is_of_a_name(sign))
    path = PurePosixPath(" ".join(plain.split()).strip(". ") or "-")
    suffix = path.suffix[:10]
    stem = path.name.removesuffix(path.suffix).strip() or "-"
    return stem[: LONGEST_NAME - len(suffix)].strip() + suffix


def is_of_a_name(sign: str) -> bool:
    kind = unicodedata.category(sign)
    acts = kind[0] == "C" or kind in {"Zl", "Zp"}  # controls, and what turns the reading
    return not acts and sign not in NOT_IN_NAMES


def title_from(name: str) -> str:
    """What a file is called where nobody gave it a title."""
    return PurePosixPath(name).stem.replace("_", " ").strip() or name
