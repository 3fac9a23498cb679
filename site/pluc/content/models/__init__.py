from pluc.content.models.furniture import Navigation, Notice
from pluc.content.models.media import Download, Picture, PictureRendition
from pluc.content.models.pages import BasePage, PictureMixin

__all__ = [
    "BasePage",
    "Download",
    "Navigation",
    "Notice",
    "Picture",
    "PictureMixin",
    "PictureRendition",
]
