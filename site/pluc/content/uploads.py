"""What is checked of a picture or a document before it is stored."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from pluc.content.contents import is_what_it_says


def decode_whole(file: Any) -> None:
    """Decodes a picture to its last byte. Raises whatever Pillow raises where it cannot."""
    # WeasyPrint lets Pillow forgive half a picture, for the whole process, once it is imported.
    forgiving, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        Image.open(file).load()
        file.seek(0)
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = forgiving


class PictureFileField(WagtailImageField):
    """Refuses what only begins like a picture: it would break every page that shows it."""

    def to_python(self, data: Any) -> Any:
        try:
            file = super().to_python(data)
            if file is not None:
                decode_whole(file)
        except ValidationError:
            raise
        except Exception as error:  # Pillow's decoders raise errors of many kinds
            message = self.error_messages["invalid_image"]
            raise ValidationError(message, code="invalid_image") from error
        return file


class PictureForm(BaseImageForm):
    """The form of every upload and change of a picture."""

    file = PictureFileField(label=_("File"), widget=BaseImageForm.Meta.widgets["file"])


class DownloadForm(BaseDocumentForm):
    """The form of every upload and change of a document."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        extension = file.name.rpartition(".")[2].lower()
        if "file" in self.changed_data and not is_what_it_says(file, extension):
            message = _("This is not a %(kind)s file, whatever its name says, or it holds macros.")
            raise ValidationError(message, code="invalid_document", params={"kind": extension})
        return file
