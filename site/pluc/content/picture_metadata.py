"""Takes the metadata out of pictures: place, moment, device, name, comments."""

from contextlib import suppress
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, ImageFile, ImageOps, JpegImagePlugin

# What stays beside the pixels: without them the colours would differ.
KEPT = ("icc_profile", "transparency")
# These formats cost seconds to write, so they are left alone when they tell nothing.
COSTLY = {"WEBP", "AVIF"}
TELLING = {"exif", "xmp"}


def moves(image: ImageFile.ImageFile) -> bool:
    """Whether it is an animation. The second picture in a phone's MPO is no frame of one."""
    return image.format != "MPO" and bool(getattr(image, "is_animated", False))


def bare_picture(image: ImageFile.ImageFile) -> bytes | None:
    """The picture upright and without metadata, in its own format; `None` if it needs no change."""
    format_ = "JPEG" if image.format == "MPO" else image.format  # phones' pictures have two in one
    if format_ in COSTLY and not TELLING & image.info.keys():
        return None
    target = BytesIO()
    without_metadata(image).save(target, format_, **written_as(image))
    return target.getvalue()


def decode_whole(file: Any) -> ImageFile.ImageFile:
    """The picture, decoded to its last byte. Raises whatever Pillow raises where it cannot."""
    # WeasyPrint lets Pillow forgive half a picture, for the whole process, once it is imported.
    forgiving, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        image = Image.open(file)
        image.load()
        file.seek(0)
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = forgiving
    return image


def without_metadata(image: Image.Image) -> Image.Image:
    """A copy that stands upright; print colours become those of a screen."""
    upright = ImageOps.exif_transpose(image)
    bare = for_screens(upright) if upright.mode == "CMYK" else upright.copy()
    bare.info = {name: bare.info[name] for name in KEPT if name in bare.info}
    return bare


def for_screens(image: Image.Image) -> Image.Image:
    """A CMYK picture in RGB, by its own colour profile if that is of use."""
    shown = None
    if profile := image.info.get("icc_profile"):
        screen = ImageCms.createProfile("sRGB")
        with suppress(ImageCms.PyCMSError, OSError):  # it may be a profile of other colours
            printed = ImageCms.ImageCmsProfile(BytesIO(profile))
            shown = ImageCms.profileToProfile(image, printed, screen, outputMode="RGB")
    shown = shown or image.convert("RGB")
    shown.info = {}
    return shown


def written_as(image: Image.Image) -> dict[str, Any]:
    """Pillow's options by which the picture loses least quality when it is written again."""
    options: dict[str, Any] = {"icc_profile": image.info.get("icc_profile")}
    if not isinstance(image, JpegImagePlugin.JpegImageFile):
        return options | ({"quality": 90} if image.format in COSTLY else {"optimize": False})
    if image.mode == "CMYK":
        return {"quality": 95}
    sampling = JpegImagePlugin.get_sampling(image)
    return options | {"qtables": image.quantization, "subsampling": max(sampling, 0)}
