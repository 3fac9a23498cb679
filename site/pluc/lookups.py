"""Numbers too large for their column are found in no row.

Django knows that of `=`, `<` and `>`; of `IN` it does not yet, so that SQLite raises an
`OverflowError` and PostgreSQL a `DataError` (docs/decisions/0017).
"""

from typing import Any

from django.db.models import IntegerField
from django.db.models.lookups import In


@IntegerField.register_lookup
class FittingIn(In):
    """`IN` without the numbers that the column cannot hold. Raises `EmptyResultSet` as `In` does
    where none is left.
    """

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        if self.rhs_is_direct_value():
            kind = self.lhs.output_field.get_internal_type()
            low, high = connection.ops.integer_field_range(kind)
            self.rhs = [one for one in self.rhs if fits(one, low, high)]
        return super().process_rhs(compiler, connection)


def fits(value: Any, low: int | None, high: int | None) -> bool:
    """Whether an integer lies between bounds, of which either may be missing."""
    if not isinstance(value, int):
        return True
    return (low is None or value >= low) and (high is None or value <= high)
