"""What all factories have in common."""

from typing import Any

from factory.django import DjangoModelFactory
from wagtail.signal_handlers import disable_reference_index_auto_update


class RowFactory(DjangoModelFactory):
    """A row as any code of ours would store it, but for Wagtail's index of what points at what.

    That is read by the staff screens alone, and takes as long to write as the row. Whoever tests
    what stands in it calls `ReferenceIndex.create_or_update_for_object`.
    """

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, *args: Any, **fields: Any) -> Any:
        with disable_reference_index_auto_update():
            return super()._create(*args, **fields)
