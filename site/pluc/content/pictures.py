"""Pictures on a page: one set of widths, all renditions of a page in one query."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pluc.content.broken import report

if TYPE_CHECKING:  # pages need this module before there are any pictures
    from pluc.content.models.media import Picture, PictureRendition

WIDTHS = (400, 800, 1200)
SPECS = tuple(f"width-{width}|format-webp" for width in WIDTHS)


def load_renditions(pictures: "Iterable[Picture | None]") -> None:
    """Attaches to every picture its stored renditions, so that template tags need no query."""
    from pluc.content.models.media import PictureRendition

    by_id: dict[int, list[Picture]] = defaultdict(list)
    for picture in pictures:
        if picture is not None:
            picture.prefetched_renditions = []
            by_id[picture.pk].append(picture)
    if not by_id:
        return
    for rendition in PictureRendition.objects.filter(image_id__in=by_id):
        for picture in by_id[rendition.image_id]:
            rendition.image = picture
            picture.prefetched_renditions.append(rendition)


def in_all_widths(picture: "Picture") -> "list[PictureRendition]":
    """The picture scaled to each of `WIDTHS`, narrowest first; made where they are missing.

    Returns none, and logs why, where they cannot be made, as when the file is gone.
    """
    loaded = getattr(picture, "prefetched_renditions", [])
    by_spec = {rendition.filter_spec: rendition for rendition in loaded}
    if by_spec.keys() >= set(SPECS):
        return [by_spec[spec] for spec in SPECS]
    return renditions_of(picture, *SPECS)


def can_be_shown(picture: "Picture | None") -> bool:
    """Whether a picture can be scaled for the site; no picture is no obstacle."""
    return picture is None or bool(in_all_widths(picture))


def renditions_of(picture: "Picture", *specs: str) -> "list[PictureRendition]":
    """The picture by each of these specifications of Wagtail's, or none of them."""
    try:
        return list(picture.get_renditions(*specs).values())
    except Exception as error:  # storages and decoders raise errors of many kinds
        report(error, "picture %s", picture.pk)
        return []
