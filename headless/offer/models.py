"""What was answered to a request that changed something, so that it is done once only."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from headless.tokens.models import ApiToken
from portal.enrolments.models import Booking, Supply


class StoredAnswer(models.Model):
    """An intake that was taken, under the key that its sender chose (docs/decisions/0050).

    It is written in the transaction of what it answers. Of people it holds nothing but the key of
    their booking or list: what is answered again is made from those.
    """

    token = models.ForeignKey(
        ApiToken, on_delete=models.CASCADE, related_name="+", verbose_name=_("token")
    )
    # Keyed digests: of token, path and Idempotency-Key, and of what was asked.
    request = models.CharField(max_length=64, unique=True)
    body = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("answered"), default=timezone.now)
    booking = models.ForeignKey(Booking, on_delete=models.SET_NULL, related_name="+", null=True)
    supply = models.ForeignKey(Supply, on_delete=models.SET_NULL, related_name="+", null=True)
    # For each person of an enrolment, in order: the place in the line they were told, or null.
    places_in_line = models.JSONField(default=list)

    class Meta:
        verbose_name = _("answer to a partner’s program")
        verbose_name_plural = _("answers to partners’ programs")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        indexes = [models.Index(fields=["made_at"], name="headless_offer_answers_by_time")]

    def __str__(self) -> str:
        return str(self.pk)
