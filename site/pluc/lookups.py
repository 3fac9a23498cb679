"""Numbers too large for their column are found in no row.

Django knows that of `=`, `<` and `>` on numbers; of `IN`, and of foreign keys, it does not, so that
SQLite raises an `OverflowError` and PostgreSQL a `DataError` (docs/decisions/0017).
"""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import ForeignObject, IntegerField
from django.db.models.fields.related_lookups import RelatedExact, RelatedIn
from django.db.models.lookups import In


def fits(value: Any, field: Any, connection: Any) -> bool:
    """Whether a column, or the one that a foreign key points at, can hold a number."""
    if not isinstance(value, int):
        return True
    while field.remote_field:
        field = field.target_field
    if not isinstance(field, IntegerField):
        return True
    low, high = connection.ops.integer_field_range(field.get_internal_type())
    return bool((low is None or value >= low) and (high is None or value <= high))


class Fitting(In):
    """`IN` without the numbers that do not fit. Raises `EmptyResultSet`, as `In` does, for none."""

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        if self.rhs_is_direct_value():
            field = self.lhs.output_field
            self.rhs = [value for value in self.rhs if fits(value, field, connection)]
        return super().process_rhs(compiler, connection)


@IntegerField.register_lookup
class FittingIn(Fitting):
    """Of a number."""


@ForeignObject.register_lookup
class FittingRelatedIn(Fitting, RelatedIn):
    """Of a foreign key."""


@ForeignObject.register_lookup
class FittingRelatedExact(RelatedExact):
    """`=` of a foreign key. Raises `EmptyResultSet` for a number that does not fit."""

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        if not fits(self.rhs, self.lhs.output_field, connection):
            raise EmptyResultSet
        return super().process_rhs(compiler, connection)
