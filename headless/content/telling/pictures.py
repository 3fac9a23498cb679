"""Pictures: in a fixed list of sizes, and never the file that was uploaded."""

from django.conf import settings

from headless.content.addresses import api_address
from headless.content.schemas.answers import ContentPicture, FocalPoint, PictureSize
from pluc.content.models import Picture, PictureRendition
from pluc.content.pictures import in_all_widths


def tell_picture(picture: Picture | None, alt: str) -> ContentPicture | None:
    """A picture in all sizes (`pluc.content.pictures.WIDTHS`); `None` if it cannot be shown."""
    sizes = [tell_size(one) for one in in_all_widths(picture)] if picture else []
    if picture is None or not sizes:
        return None
    return ContentPicture(
        id=picture.pk,
        detail_url=api_address("content_picture", picture_id=picture.pk),
        alt=alt,
        credit=picture.credit,
        focal_point=tell_focal_point(picture),
        sizes=sizes,
    )


def tell_size(rendition: PictureRendition) -> PictureSize:
    return PictureSize(
        url=settings.SITE_URL + rendition.url, width=rendition.width, height=rendition.height
    )


def tell_focal_point(picture: Picture) -> FocalPoint | None:
    point = picture.get_focal_point()
    if point is None or not picture.width or not picture.height:
        return None
    return FocalPoint(
        x=part_of(point.centroid_x, picture.width),
        y=part_of(point.centroid_y, picture.height),
        width=part_of(point.width, picture.width),
        height=part_of(point.height, picture.height),
    )


def part_of(length: float, whole: int) -> float:
    return round(max(0.0, min(1.0, length / whole)), 4)
