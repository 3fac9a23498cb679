from pluc.content.models.furniture import Navigation, Notice
from pluc.content.models.media import Download, Picture, PictureRendition
from pluc.content.models.pages import BasePage, PictureMixin
from pluc.content.models.translated import ShownOnceTranslated

__all__ = [
    "BasePage",
    "Download",
    "Navigation",
    "Notice",
    "Picture",
    "PictureMixin",
    "PictureRendition",
    "ShownOnceTranslated",
]
