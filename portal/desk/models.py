"""What the overview remembers from one night to the next."""

from django.db import models
from django.utils import timezone


class Figure(models.Model):
    """A plot's numbers, made by the worker: counts, of nobody in particular."""

    class Kind(models.TextChoices):
        FILLING = "filling"
        ENROLMENTS = "enrolments"
        ABSENCE = "absence"

    kind = models.CharField(max_length=12, choices=Kind, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    # Rows of the plot: what stands below a column, and the height of each of its bars.
    columns = models.JSONField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.kind
