"""Pictures and documents. Their files are private; visitors get renditions and views."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage
from wagtail.search import index


class Picture(AbstractImage):
    """A picture as uploaded. `description` is the alt text that choosers propose."""

    credit = models.CharField(_("credit"), max_length=120, blank=True)

    admin_form_fields = (*WagtailImage.admin_form_fields, "credit")
    search_fields = [
        *(one for one in AbstractImage.search_fields if one.field_name != "tags"),
        # Wagtail's own, and a filter: its list lets one search among the pictures with a tag.
        index.RelatedFields(
            "tags",
            [
                index.SearchField("name", boost=10),
                index.AutocompleteField("name"),
                index.FilterField("name"),
            ],
        ),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")


class PictureRendition(AbstractRendition):
    """A picture cut and scaled for the site. Its file may be fetched by anyone."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="content_one_rendition"
            )
        ]


class Download(AbstractDocument):
    """A file that editors offer for download."""

    admin_form_fields = WagtailDocument.admin_form_fields

    def clean(self) -> None:
        """Judges the extension, unless the form has refused the file and told the reason."""
        if self.file:
            super().clean()

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
