"""Pictures of an issue: files that every mail program shows, and that stay as they were sent.

A picture in the library may be changed or deleted. What an issue shows is a copy of its own, named
after its bytes, which nothing deletes.
"""

import hashlib
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from pluc.content.addresses import absolute
from pluc.content.models import Picture
from pluc.content.pictures import renditions_of

# JPEG on white: no mail program but shows it, and none shows a dark page through it.
WHOLE = "width-1072|format-jpeg|jpegquality-80|bgcolor-ffffff"
CUT = "fill-1072x536|format-jpeg|jpegquality-80|bgcolor-ffffff"
WIDEST = 536  # pixels of a column of text in the mail; pictures have twice as many
FOLDER = "nieuwsbrief"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A picture as a mail shows it: an absolute address, and its size there."""

    address: str
    width: int
    height: int


def shown(picture: Picture | None, spec: str, *, kept: bool) -> Shown | None:
    """A picture as JPEG; nothing where it cannot be made, which the log tells.

    `kept`: as a copy that stays for as long as the issue stands. A draft shows the library's.
    """
    if picture is None or not (found := renditions_of(picture, spec)):
        return None
    rendition = found[0]
    width = min(WIDEST, rendition.width)
    return Shown(
        address=absolute(kept_copy(rendition.file.name) if kept else rendition.url),
        width=width,
        height=round(rendition.height * width / rendition.width),
    )


def kept_copy(name: str) -> str:
    """The path of a copy of a rendition's file that nothing deletes; made where it lacks."""
    storage = storages["renditions"]
    with storage.open(name) as file:
        content = file.read()
    copy = f"{FOLDER}/{hashlib.sha256(content).hexdigest()[:32]}.jpg"
    if not storage.exists(copy):
        storage.save(copy, ContentFile(content))
    return str(storage.url(copy))
