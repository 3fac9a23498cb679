"""Renditions may be fetched by anyone and kept for ever; originals by nobody (STANDARDS 6.15)."""

from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from pluc.content.models import Picture, PictureRendition
from tests.factories import PictureFactory

pytestmark = pytest.mark.either_database


@pytest.fixture
def picture(db: None) -> Picture:
    return PictureFactory()


@pytest.fixture
def rendition(picture: Picture) -> PictureRendition:
    return picture.get_rendition("width-400|format-webp")


def test_a_rendition_is_served_to_be_kept_for_ever(visitor: Client, rendition: PictureRendition):
    response = visitor.get(rendition.url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies
    assert b"".join(response.streaming_content).startswith(b"RIFF")


def test_a_rendition_lies_apart_from_its_original(picture: Picture, rendition: PictureRendition):
    assert settings.RENDITIONS_ROOT in Path(rendition.file.path).parents
    assert settings.MEDIA_ROOT in Path(picture.file.path).parents
    assert settings.MEDIA_ROOT not in settings.RENDITIONS_ROOT.parents


def test_an_original_has_no_address(visitor: Client, picture: Picture):
    name = picture.file.name
    addresses = [
        picture.file.url,
        f"/media/{name}",
        f"/media/../private/{name}",
        f"/media/..%2Fprivate%2F{quote(name, safe='')}",
        f"/media/%2e%2e/private/{name}",
        f"/media/images/../../private/{name}",
        f"/media/{quote(picture.file.path, safe='')}",
        f"/media/{picture.file.path}",
        f"/private/{name}",
        f"/static/../private/{name}",
    ]
    assert {address: visitor.get(address).status_code for address in addresses} == dict.fromkeys(
        addresses, 404
    )


@pytest.mark.parametrize(
    "name",
    [
        "none.png",
        "images/none.webp",
        "%00.png",
        "a%00b.png",
        "..png",
        ".png",
        "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "..%5C..%5Csecret-key.png",
        "a" * 300 + ".png",
        "/etc/hostname.png",
        "con.png/",
        "%ff.png",
    ],
)
def test_a_name_that_is_no_rendition_is_not_found(db: None, visitor: Client, name: str):
    assert visitor.get(f"/media/{name}").status_code == 404


@pytest.mark.parametrize(
    "name", ["plan.svg", "page.html", "script.js", "notes.txt", "PLAN.SVG", "x"]
)
def test_what_is_no_picture_is_not_served_even_where_it_lies(db: None, visitor: Client, name: str):
    path = settings.RENDITIONS_ROOT / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    assert visitor.get(f"/media/{name}").status_code == 404


def test_a_folder_is_not_a_picture(db: None, visitor: Client):
    (settings.RENDITIONS_ROOT / "folder.png").mkdir(parents=True, exist_ok=True)
    assert visitor.get("/media/folder.png").status_code == 404


def test_a_rendition_tells_nothing_that_its_original_knew(db: None):
    """Where and with what a photograph was taken stays with us."""
    from io import BytesIO

    from django.core.files.images import ImageFile

    data = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Apparaat van Otto"  # Make
    Image.new("RGB", (900, 600)).save(data, "JPEG", exif=exif)
    picture = PictureFactory(file=ImageFile(data, name="foto.jpg"))
    stored = Path(picture.get_rendition("width-400|format-webp").file.path).read_bytes()
    assert b"Otto" not in stored
