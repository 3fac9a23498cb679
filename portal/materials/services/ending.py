"""What goes with a version that is deleted."""

from functools import partial
from typing import Any

from django.db import transaction

from portal.materials.models import Version
from portal.materials.services.adding import store


def delete_file(*, instance: Version, **kwargs: Any) -> None:
    """Deletes its file once it is certain that the row is gone, whatever took it along."""
    if instance.file.name:
        transaction.on_commit(partial(store().delete, instance.file.name), robust=True)
