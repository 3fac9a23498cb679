"""What colleagues write down about a person, for colleagues."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pluc.moments import moment_of
from portal.accounts.models.people import Person


class PersonNote(models.Model):
    """One note: appended, and deleted by who finds that it should not be there."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(_("note"), max_length=1000)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True
    )

    class Meta:
        verbose_name = _("note about a person")
        verbose_name_plural = _("notes about people")
        ordering = ["-at", "-pk"]
        default_permissions: ClassVar[tuple[str, ...]] = ()
        indexes = [models.Index(fields=["person", "-at"], name="accounts_notes_of_person")]

    def __str__(self) -> str:
        return moment_of(self.at)
