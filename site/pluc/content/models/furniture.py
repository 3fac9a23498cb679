"""What stands around every page: menu, footer, and the site-wide notice."""

from datetime import datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks import CharBlock, ListBlock, StructBlock
from wagtail.fields import StreamField

from pluc.content.blocks import LinkBlock, PageBlock
from pluc.content.models.translated import ShownOnceTranslated


class MenuItemBlock(StructBlock):
    page = PageBlock(label=_("Page"))
    label = CharBlock(required=False, max_length=30, label=_("Short label"))

    class Meta:
        label = _("Menu item")
        icon = "link"


class FooterLinkBlock(StructBlock):
    label = CharBlock(max_length=50, label=_("Label"))
    link = LinkBlock()

    class Meta:
        label = _("Link")
        icon = "link"


class FooterColumnBlock(StructBlock):
    heading = CharBlock(max_length=50, label=_("Heading"))
    links = ListBlock(FooterLinkBlock(), label=_("Links"))

    class Meta:
        label = _("Column")
        icon = "list-ul"


class Navigation(ShownOnceTranslated):
    """Menu and footer, one row per language."""

    menu = StreamField([("item", MenuItemBlock())], verbose_name=_("menu"))
    footer = StreamField([("column", FooterColumnBlock())], blank=True, verbose_name=_("footer"))
    footer_text = models.TextField(_("about us"), blank=True, max_length=300)

    panels = [FieldPanel("menu"), FieldPanel("footer"), FieldPanel("footer_text")]

    class Meta(ShownOnceTranslated.Meta):
        verbose_name = _("menu and footer")
        verbose_name_plural = _("menus and footers")
        constraints = [
            models.UniqueConstraint(fields=["locale"], name="content_one_navigation_per_locale")
        ]

    def __str__(self) -> str:
        return str(_("Menu and footer"))


class NoticeQuerySet(models.QuerySet["Notice"]):
    def not_ended_at(self, moment: datetime) -> Self:
        return self.filter(models.Q(ends_at=None) | models.Q(ends_at__gt=moment))

    def shown_at(self, moment: datetime) -> Self:
        """Notices that have started and have not ended."""
        return self.not_ended_at(moment).filter(starts_at__lte=moment)


class Notice(ShownOnceTranslated):
    """A line above every page, from a start to an end (P34)."""

    text = models.CharField(_("text"), max_length=200)
    link_label = models.CharField(_("link text"), max_length=50, blank=True)
    link_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    starts_at = models.DateTimeField(_("starts"), default=timezone.now)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)

    panels = [
        FieldPanel("text"),
        MultiFieldPanel([FieldPanel("link_label"), FieldPanel("link_page")], heading=_("Link")),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
    ]

    objects = NoticeQuerySet.as_manager()

    class Meta(ShownOnceTranslated.Meta):
        verbose_name = _("site notice")
        verbose_name_plural = _("site notices")
        ordering = ["-starts_at"]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        super().clean()
        if self.ends_at and self.starts_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The end must come after the start.")})
        if bool(self.link_label) != bool(self.link_page_id):
            raise ValidationError({"link_label": _("A link needs both a text and a page.")})
