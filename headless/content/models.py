"""Links by which an editor shows a draft in a headless front end."""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pluc import periods


def first_end() -> datetime:
    return timezone.now() + periods.PREVIEW_LINK


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def valid_at(self, moment: datetime) -> Self:
        return self.filter(expires_at__gt=moment)


class PreviewLink(models.Model):
    """Shows the draft of one page, to whoever has the link, as long as its editor may edit it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"), default=first_end, db_index=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to a draft")
        verbose_name_plural = _("links to drafts")
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return str(self.page_id)
