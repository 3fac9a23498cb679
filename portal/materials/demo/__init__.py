"""The demo's material: of meetings that have been, of some to come, and one that waits for release.

Made once; all of it is our own.
"""

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.utils import timezone

from pluc.documents.pdf import render_pdf
from pluc.documents.spreadsheets import Sheet, workbook
from portal.accounts.models import User
from portal.materials.files import TYPES
from portal.materials.models import HandedOut, Material, Version
from portal.materials.services.adding import first_scan, store
from portal.meetings.models import Course, Meeting

DEMO = uuid.UUID("5a1f2c1e-8a0e-4b07-9a51-3c6a2c9b7e40")
Moment = Material.Moment
OFFICE, SPEAKER, READER = (
    "backoffice@pluc.example",
    "spreker@pluc.example",
    "deelnemer@pluc.example",
)


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A piece of material: `files` are the names of its versions, the first one first."""

    place: str
    title: str
    title_en: str
    files: tuple[str, ...] = ()
    url: str = ""
    moment: str = Moment.END
    by: str = OFFICE
    is_released: bool = True


HAND_OUT, SHEET = "Zo ga je ermee verder.pdf", "Rekenblad.xlsx"
BETTER_SHEET = "Rekenblad, verbeterd.xlsx"
COLUMNS = ("Actiefpost", "Boekwaarde", "Fiscale waarde")
PIECES = (
    Piece(place="latent-rotterdam-0", title="Hand-out", title_en="Hand-out", files=(HAND_OUT,)),
    Piece(
        place="latent-rotterdam-0",
        title="Rekenblad",
        title_en="Worksheet",
        files=(SHEET, BETTER_SHEET),
    ),
    Piece(place="steekproef-utrecht-0", title="Hand-out", title_en="Hand-out", files=(HAND_OUT,)),
    Piece(place="gesprek-bessenberg-0", title="Hand-out", title_en="Hand-out", files=(HAND_OUT,)),
    Piece(
        place="latent-utrecht-1",
        title="Rekenblad om mee te nemen",
        title_en="Worksheet to bring along",
        files=(SHEET,),
        moment=Moment.ENROLLED,
    ),
    Piece(place="latent-utrecht-1", title="Hand-out", title_en="Hand-out", files=(HAND_OUT,)),
    Piece(
        place="gesprek-utrecht-vandaag",
        title="Dia’s: het stevige gesprek",
        title_en="Slides: the firm conversation",
        files=(HAND_OUT,),
        by=SPEAKER,
        is_released=False,
    ),
    Piece(
        place="stevig-gesprek",
        title="Lees vooraf: wat maakt een gesprek lastig?",
        title_en="Read this first: what makes a conversation hard?",
        url="https://nl.wikipedia.org/wiki/Gesprek",
        moment=Moment.ENROLLED,
    ),
)


def material_files() -> dict[str, bytes]:
    """The files, by name; none where they are stored already. Never in a transaction."""
    if Material.objects.filter(pk=key_of(PIECES[0])).exists():
        return {}
    return {
        HAND_OUT: render_pdf("materials/demo.html", {}, language="nl"),
        SHEET: sheet(COLUMNS),
        BETTER_SHEET: sheet((*COLUMNS, "Verschil")),
    }


def sheet(head: tuple[str, ...]) -> bytes:
    rows = [(name, *(1000 * number for number in range(1, len(head)))) for name in ("Pand", "Pers")]
    return workbook([Sheet(name="Rekenblad", head=head, rows=rows)])


def load_material(files: dict[str, bytes]) -> None:
    """Makes what is not there yet, of what `material_files` gave."""
    for position, piece in enumerate(PIECES if files else ()):
        load_piece(piece, position, files)
    if files:
        hand_out()


def key_of(piece: Piece) -> uuid.UUID:
    return uuid.uuid5(DEMO, f"{piece.place} {piece.title}")


def load_piece(piece: Piece, position: int, files: dict[str, bytes]) -> None:
    meeting = Meeting.objects.filter(code=piece.place).first()
    course = None if meeting else Course.objects.get(slug=piece.place)
    by = User.objects.get(person__email=piece.by)
    added = timezone.now() - dt.timedelta(days=2)
    material, is_new = Material.objects.get_or_create(
        pk=key_of(piece),
        defaults={
            "meeting": meeting,
            "course": course,
            "kind": Material.Kind.LINK if piece.url else Material.Kind.FILE,
            "url": piece.url,
            "title": piece.title,
            "title_en": piece.title_en,
            "moment": piece.moment,
            "position": position,
            "added_at": added,
            "added_by": by,
            "approved_at": added if piece.is_released else None,
            "approved_by": by if piece.is_released else None,
        },
    )
    for number, name in enumerate(piece.files if is_new else (), start=1):
        load_version(material, number, name, files[name], by)


def load_version(material: Material, number: int, name: str, content: bytes, by: User) -> None:
    key = uuid.uuid5(material.pk, str(number))
    store().delete(f"material/{key}")  # of a load that was broken off
    Version.objects.create(
        pk=key,
        material=material,
        number=number,
        file=store().save(f"material/{key}", ContentFile(content)),
        name=name,
        content_type=TYPES[name.rpartition(".")[2]],
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=by,
        scan=first_scan(),
    )


def hand_out() -> None:
    """The demo's participant has the first version of a file that was put right since."""
    reader = User.objects.get(person__email=READER).person
    first = Version.objects.get(material=key_of(PIECES[1]), number=1)
    HandedOut.objects.get_or_create(person=reader, version=first)
