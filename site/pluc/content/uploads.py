"""Forms that check a picture or a document before it is stored."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from pluc.content.active_content import check_document
from pluc.content.active_findings import ActiveContent
from pluc.content.file_types import is_what_it_says
from pluc.content.picture_metadata import bare_picture, decode_whole, moves

# A picture is shown as WebP, which can hold no longer side; a rendition needs at least a pixel.
LONGEST_SIDE = 16_383
LONGEST_TO_SHORTEST = 20


class PictureFileField(WagtailImageField):
    """Refuses pictures that a page could not show, and takes out metadata."""

    def to_python(self, data: Any) -> Any:
        try:
            file = super().to_python(data)
            if file is not None:
                self.make_bare(file)
        except ValidationError:
            raise
        except Exception as error:  # Pillow's decoders raise errors of many kinds
            message = self.error_messages["invalid_image"]
            raise ValidationError(message, code="invalid_image") from error
        return file

    def make_bare(self, file: Any) -> None:
        image = decode_whole(file)
        if moves(image):
            message = _("This picture moves. Upload one that stands still.")
            raise ValidationError(message, code="invalid_motion")
        rewrite(file, bare_picture(image))

    def check_image_pixel_size(self, file: Any) -> None:
        super().check_image_pixel_size(file)
        short, long = sorted(file.image.get_size())
        if long > LONGEST_SIDE or long > short * LONGEST_TO_SHORTEST:
            message = _("This picture is too long and narrow: %(long)d by %(short)d pixels.")
            sides = {"long": long, "short": short}
            raise ValidationError(message, code="invalid_shape", params=sides)


def rewrite(file: Any, content: bytes | None) -> None:
    """Replaces the content of an upload, so that the first content is kept nowhere."""
    file.seek(0)
    if content is not None:
        file.truncate()
        file.write(content)
        file.size = len(content)
        file.seek(0)


class PictureForm(BaseImageForm):
    """The form of every upload and change of a picture."""

    file = PictureFileField(label=_("File"), widget=BaseImageForm.Meta.widgets["file"])


class DownloadForm(BaseDocumentForm):
    """The form of every upload and change of a document."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        extension = file.name.rpartition(".")[2].lower()
        is_allowed = extension in settings.WAGTAILDOCS_EXTENSIONS  # `Download.clean` tells if not
        if is_allowed and "file" in self.changed_data:
            check_content(file, extension)
        return file


def check_content(file: Any, extension: str) -> None:
    """Raises `ValidationError` for a file of another type, or one with active content."""
    message = _("This is not a %(kind)s file, whatever its name says, or it is damaged or locked.")
    other = ValidationError(message, code="invalid_document", params={"kind": extension})
    if not is_what_it_says(file, extension):
        raise other
    try:
        check_document(file, extension)
    except ActiveContent as found:
        message = _("This document holds %(what)s. Save it without, or print it to a PDF.")
        params = {"what": found.what}
        raise ValidationError(message, code="active_document", params=params) from found
    except Exception as error:  # the openers of the formats raise errors of many kinds
        raise other from error
