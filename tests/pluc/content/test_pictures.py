"""Pictures: refusals, metadata, deleted files, and pages whose pictures are gone."""

import logging
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageCms, PngImagePlugin

from pluc.content.models import Download, Picture, PictureRendition
from pluc.content.pictures import SPECS
from pluc.content.uploads import PictureFileField
from tests.factories import AuthorFactory, PictureFactory, PostFactory, StandardPageFactory

pytestmark = [pytest.mark.thorough, pytest.mark.either_database]

SECRET = b"GEHEIM"


def picture_in(format_: str, mode: str = "RGB", size: tuple[int, int] = (60, 40), **options: Any):
    """A picture as an upload, whose maker is told in each way that the format knows."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = SECRET.decode(), 6  # the make of the device; turned by a quarter
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", SECRET.decode())
    image = Image.new(mode, size)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    ways: dict[str, dict[str, Any]] = {"PNG": {"pnginfo": texts}, "JPEG": {"comment": SECRET}}
    told = ways.get(format_, {})
    if mode == "RGB":
        told |= {"exif": exif, "xmp": SECRET, "icc_profile": profile}
    data = BytesIO()
    image.save(data, format_, **(told | options))
    return SimpleUploadedFile(f"foto.{format_.lower()}", data.getvalue())


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_what_a_picture_tells_of_its_maker_is_taken_out(format_: str):
    upload = picture_in(format_)
    assert SECRET in upload.read()
    upload.seek(0)
    file = PictureFileField().to_python(upload)
    content = upload.read()
    assert file is upload
    assert SECRET not in content
    assert upload.size == len(content)
    image = Image.open(BytesIO(content))
    assert image.format == format_
    assert image.size == (40, 60)  # it stands upright by itself
    assert image.info["icc_profile"]
    assert not image.getexif()


def test_a_large_upload_is_cleaned_where_it_lies():
    source = picture_in("JPEG").read()
    upload = TemporaryUploadedFile("foto.jpg", "image/jpeg", len(source), None)
    upload.write(source)
    upload.seek(0)
    PictureFileField().to_python(upload)
    assert SECRET not in Path(upload.temporary_file_path()).read_bytes()


def test_a_picture_that_would_break_a_page_is_refused():
    shapes = [(1, 5_000_000), (5_000_000, 1), (16_384, 2_000), (1, 21), (2, 41)]
    uploads = [picture_in("PNG", "L", shape) for shape in shapes]
    moving = {"save_all": True, "append_images": [Image.new("RGB", (60, 40), "red")]}
    uploads += [picture_in("PNG", **moving), picture_in("WEBP", **moving)]
    for upload in uploads:
        with pytest.raises(ValidationError):
            PictureFileField().to_python(upload)


@pytest.mark.django_db
def test_whatever_is_accepted_can_be_shown():
    odd = [("PNG", mode) for mode in ("1", "L", "LA", "P", "I;16", "RGBA")]
    odd += [("JPEG", "CMYK"), ("JPEG", "L"), ("WEBP", "RGBA"), ("AVIF", "RGB")]
    uploads = [picture_in(format_, mode) for format_, mode in odd]
    uploads += [picture_in("PNG", size=size) for size in ((1, 1), (1, 20), (20, 1), (16_383, 820))]
    for upload in uploads:
        file = PictureFileField().to_python(upload)
        picture = Picture.objects.create(title="Vreemd", file=file)
        sizes = ("fill-240x240", "max-480x160", "max-320x120", "max-165x165")
        assert len(picture.get_renditions(*SPECS, *sizes)) == len(SPECS) + len(sizes)


# --- Files go with their rows --------------------------------------------------------------------


def addresses_of(picture: Picture) -> list[str]:
    return [rendition.url for rendition in picture.get_renditions(*SPECS).values()]


def states(visitor: Client, addresses: list[str]) -> set[int]:
    return {visitor.get(address).status_code for address in addresses}


@pytest.fixture
def browser(sign_in, editor) -> Client:
    return sign_in(editor)


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["one", "many", "multiple", "replaced"])
def test_a_picture_that_goes_leaves_no_file_behind(
    browser, visitor, django_capture_on_commit_callbacks, way: str
):
    pictures = [PictureFactory(), PictureFactory()]
    first, second = pictures
    addresses = {picture: addresses_of(picture) for picture in pictures}
    gone = pictures if way == "many" else [first]
    originals = [Path(picture.file.path) for picture in gone]
    bulk = reverse("wagtail_bulk_action", args=["content", "picture", "delete"])
    change = {"title": "Nieuw", "collection": "1", "file": picture_in("PNG")}
    screens: dict[str, tuple[str, dict[str, Any]]] = {
        "one": (reverse("wagtailimages:delete", args=[first.pk]), {}),
        "many": (f"{bulk}?id={first.pk}&id={second.pk}", {}),
        "multiple": (reverse("wagtailimages:delete_multiple", args=[first.pk]), {}),
        "replaced": (reverse("wagtailimages:edit", args=[first.pk]), change),
    }
    address, form = screens[way]
    assert states(visitor, addresses[first] + addresses[second]) == {200}
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(address, form).status_code in {200, 302}
    for picture in pictures:
        assert states(visitor, addresses[picture]) == {404 if picture in gone else 200}
    assert not any(original.exists() for original in originals)
    stored = PictureRendition.objects.values_list("file", flat=True)
    assert all(storages["renditions"].exists(name) for name in stored)


@pytest.mark.django_db
def test_a_deleted_document_leaves_no_file_behind(browser, django_capture_on_commit_callbacks):
    document = Download.objects.create(title="Lezen", file=SimpleUploadedFile("a.pdf", b"%PDF-1.7"))
    path = Path(document.file.path)
    assert settings.MEDIA_ROOT in path.parents
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("wagtaildocs:delete", args=[document.pk]))
    assert not path.exists()


# --- Whose files ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_writer_changes_own_files_alone(sign_in, writer, editor):
    browser = sign_in(writer)
    for model, app in ((Picture, "wagtailimages"), (Download, "wagtaildocs")):
        others = [make_file(model, editor), make_file(model, editor), make_file(model, None)]
        own = make_file(model, writer)
        bulk = reverse("wagtail_bulk_action", args=["content", model._meta.model_name, "delete"])
        for row in others:
            for name in ("edit", "delete", "edit_multiple", "delete_multiple"):
                form = {"title": "Gekaapt", "collection": "1"}
                browser.post(reverse(f"{app}:{name}", args=[row.pk]), form)
            browser.post(f"{bulk}?id={row.pk}", {})
        assert list(model.objects.filter(title="Van mij")) == [*others, own]
        browser.post(reverse(f"{app}:delete", args=[own.pk]))
        assert list(model.objects.all()) == others
        sign_in(editor).post(reverse(f"{app}:delete", args=[others[2].pk]))
        assert list(model.objects.all()) == others[:2]


def make_file(model: Any, owner: Any) -> Any:
    file = picture_in("PNG") if model is Picture else SimpleUploadedFile("a.pdf", b"%PDF-1.7")
    return model.objects.create(title="Van mij", file=file, uploaded_by_user=owner)


# --- Pages without a picture that should be there ------------------------------------------------


@pytest.mark.django_db
def test_a_page_whose_pictures_are_gone_from_the_disk_is_shown_without(visitor, caplog):
    picture = PictureFactory()
    value = {"image": picture.pk, "alt_text": "x", "decorative": False}
    body = [{"type": "picture", "value": {"picture": value, "caption": "Bijschrift"}}]
    author = AuthorFactory(picture=picture, bio="Over mij.")
    post = PostFactory(picture=picture, author=author, picture_alt="x", body=body)
    Path(picture.file.path).unlink()
    with caplog.at_level(logging.ERROR):
        for address in (post.get_url(), "/blog/"):
            answer = visitor.get(address)
            assert answer.status_code == 200
            assert "<figure" not in answer.text
            assert "/media/" not in answer.text
    assert f"picture {picture.pk}:" in caplog.text


@pytest.mark.django_db
def test_a_picture_that_cannot_be_shown_is_refused_with_its_block(caplog):
    from pluc.content.findings import findings

    picture = PictureFactory()
    Path(picture.file.path).write_bytes(b"no picture any more")
    value = {"image": picture.pk, "alt_text": "x", "decorative": False}
    body = [{"type": "picture", "value": {"picture": value, "caption": ""}}]
    found = findings(StandardPageFactory(picture=picture, picture_alt="x", body=body))
    assert len(found) == 2
    assert "1" in found[1]
