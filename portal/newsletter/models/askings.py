"""That somebody asked for the newsletter, before we looked whose address it is (STANDARDS 2.7)."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pluc.mail_addresses import AddressField, validate_address


class Asking(models.Model):
    """An address as it was typed, until the worker looks at it, or its mailbox is proven.

    The form on the site does nothing but store one, so that its answer tells nobody who is
    subscribed. One of a registration waits for that login to prove its mailbox.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = AddressField(_("e-mail address"), validators=[validate_address])
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", null=True
    )
    language = models.CharField(max_length=2)
    # The sentence that was agreed to, word for word, and the statement in force at that moment.
    text = models.TextField()
    edition = models.ForeignKey(
        "statements.Edition", on_delete=models.PROTECT, related_name="+", null=True
    )
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)

    class Meta:
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"
