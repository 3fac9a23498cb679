"""What somebody decided about their own data, with the proof of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from pluc.moments import day_of


class Registration(models.Model):
    """That somebody registered, and which statement they were shown (STANDARDS 4.6)."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", primary_key=True
    )
    # Nullable: before the first statement is in force there is none to show.
    edition = models.ForeignKey(
        "statements.Edition", on_delete=models.PROTECT, related_name="+", null=True
    )
    registered_at = models.DateTimeField(default=timezone.now)
    proven_at = models.DateTimeField(null=True)
    # The partner through whose page they came, by its short name; empty for who came by themselves.
    came_from = models.SlugField(max_length=80, blank=True, db_index=False)

    def __str__(self) -> str:
        return day_of(self.registered_at)


class ClaimDecision(models.Model):
    """That somebody took or refused a record that carried their address (DESIGN, "People").

    The record is named by its id only: once taken, it is part of the person who took it.
    """

    class Answer(models.TextChoices):
        TAKEN = "taken"
        REFUSED = "refused"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    record = models.UUIDField()
    answer = models.CharField(max_length=8, choices=Answer)
    source = models.CharField(max_length=12)
    supplied_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "record"], name="accounts_one_claim_per_record")
        ]
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return self.answer
