"""The child process that reads photographs and scans; `portal.attendance.paper.reading` starts it.

It knows no settings, no database and no secret, limits its own time and memory, and gets one file.
Whatever a picture does to a decoder, it does it here.
"""

import json
import math
import resource
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from portal.attendance.paper.codes import code_in

MOST_PAGES = 60
MOST_PIXELS = 80_000_000
LONGEST_SIDE = 2600  # of what is kept, in pixels: handwriting stays readable
FORMATS = ("JPEG", "PNG", "WEBP")
QUARTERS = {1: "ROTATE_90", 2: "ROTATE_180", 3: "ROTATE_270"}
# Where nothing is read at once: smaller, since creases and grain go; then turned.
SCALES = (1, 0.6, 0.4)
TURNS = (30, 60)


class Unreadable(Exception):
    """The file cannot be used; the message is a word for `reading.Reason`."""


def limit(seconds: int, mebibytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    if sys.platform == "linux":  # elsewhere the system does not keep to it
        most = mebibytes * 1024**2
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def pictures_in(content: bytes) -> Iterator[Any]:
    """The pages of a PDF, or the one picture, no larger than is kept."""
    if b"%PDF-" in content[:1024]:
        yield from pages_of(content)
    else:
        yield picture_of(content)


def picture_of(content: bytes) -> Any:
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.init()
    Image.MAX_IMAGE_PIXELS = None  # ours is asked below, before anything is decoded
    try:
        image = Image.open(BytesIO(content), formats=FORMATS)
    except UnidentifiedImageError as error:
        raise Unreadable("kind") from error
    if image.width * image.height > MOST_PIXELS:
        raise Unreadable("pixels")
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is decoded at the size that is kept
    upright = ImageOps.exif_transpose(image)
    return smaller(upright.convert("RGB"))


def pages_of(content: bytes) -> Iterator[Any]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Unreadable("damaged") from error
    if len(document) > MOST_PAGES:
        raise Unreadable("pages")
    for page in document:
        scale = LONGEST_SIDE / max(page.get_size())
        yield page.render(scale=scale).to_pil().convert("RGB")


def smaller(image: Any) -> Any:
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return image


def read(image: Any) -> tuple[list[str], int]:
    """The codes of ours on a picture, and by how many quarters it has been turned, clockwise."""
    grey = image.convert("L")
    for picture, turned in attempts(grey):
        found = codes_on(picture)
        if found:
            angle = next(iter(found.values())) + turned
            return sorted(found), round(angle / 90) % 4
    return [], 0


def attempts(grey: Any) -> Iterator[tuple[Any, int]]:
    """The picture in several sizes, with more contrast, and at angles between the quarters."""
    from PIL import ImageOps

    for scale in SCALES:
        yield grey.resize((max(1, int(grey.width * scale)), max(1, int(grey.height * scale)))), 0
    clear = ImageOps.autocontrast(grey, cutoff=5)
    yield clear, 0
    for turned in TURNS:
        yield clear.rotate(turned, expand=True, fillcolor=255), turned
    if max(grey.size) < LONGEST_SIDE:
        yield clear.resize((grey.width * 2, grey.height * 2)), 0


def codes_on(grey: Any) -> dict[str, float]:
    """Each code of ours, with the angle at which it stands, in degrees clockwise."""
    import zxingcpp

    only_qr = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    found = {}
    for one in zxingcpp.read_barcodes(grey, formats=only_qr):
        if code := code_in(one.text):
            left, right = one.position.top_left, one.position.top_right
            found[code] = math.degrees(math.atan2(right.y - left.y, right.x - left.x))
    return found


def as_jpeg(image: Any, quarters: int) -> bytes:
    """The picture upright, without metadata."""
    from PIL import Image

    if quarters:
        image = image.transpose(getattr(Image.Transpose, QUARTERS[quarters]))
    target = BytesIO()
    image.save(target, "JPEG", quality=80, optimize=True)
    return target.getvalue()


def tell(head: dict[str, Any], content: bytes = b"") -> None:
    """One message to the parent: a line of JSON with the size of what follows it."""
    line = json.dumps(head | {"size": len(content)}).encode()
    sys.stdout.buffer.write(line + b"\n" + content)
    sys.stdout.buffer.flush()


def main(seconds: int, mebibytes: int) -> None:
    limit(seconds, mebibytes)
    try:
        for image in pictures_in(sys.stdin.buffer.read()):
            codes, quarters = read(image)
            tell({"codes": codes}, as_jpeg(image, quarters))
        tell({"end": True})
    except Unreadable as reason:
        tell({"reason": str(reason)})
    except Exception:  # decoders raise errors of many kinds; what they say may quote the file
        tell({"reason": "damaged"})


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
