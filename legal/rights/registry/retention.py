"""How long data is kept, and from when on (P10; STANDARDS 3.14; DESIGN, idea 5)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import DateTimeField, F, Model, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _t

from legal.rights.registry.columns import column_at
from legal.rights.registry.words import Text
from pluc.periods import in_words


@dataclass(frozen=True, kw_only=True)
class Retention:
    """A period after a fact; without one, as long as the account exists.

    The purge deletes what is past it, and the texts say it: both read it from here alone.
    """

    period: timedelta | None = None
    # As in "90 days after <it was sent>".
    fact: Text = ""
    # Columns that record the fact; the first that is filled in counts. With `not_before` where
    # somebody can edit them.
    # They may follow keys (`meeting__ends_at`).
    fields: tuple[str, ...] = ()
    # A moment that nobody types, which must be past the period too: a year may be mistyped.
    not_before: str = ""
    # A column that says itself when the row ends.
    ends: str = ""
    # A way of the table's own: the condition on rows that are past their time at a moment.
    due: Callable[[datetime], Q] | None = None
    # Rows that it is about; the others stay.
    only: Q | None = None
    # A key to a row with a retention of its own: this one goes when that one goes.
    goes_with: str = ""
    # Words that no number of days can say; `%(period)s` stands for the period.
    instead: Text = ""

    @property
    def has_clock(self) -> bool:
        """Whether the purge can tell which rows are past it."""
        return bool((self.period is not None and self.fields) or self.ends or self.due)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that its clock reads."""
        return (*self.fields, self.ends) if self.ends else self.fields

    def __str__(self) -> str:
        """The rule in the active language."""
        words = {"fact": self.fact, "period": "" if self.period is None else in_words(self.period)}
        if self.instead:
            return str(self.instead) % words
        if self.period is None:
            return _t("as long as you have an account")
        return _t("%(period)s after %(fact)s") % words

    def past(self, model: type[Model], now: datetime) -> "QuerySet[Any]":
        """The rows of a model that are past it."""
        rows = model._base_manager.filter(self.only or Q())
        if self.due:
            return rows.filter(self.due(now))
        if self.ends:
            return rows.filter(**{f"{self.ends}__lte": now})
        if self.period is None or not self.fields:
            return rows.none()
        limit = now - self.period
        facts = [F(name) for name in self.fields]
        if self.not_before:
            rows = rows.filter(**{f"{self.not_before}__lt": limit})
        rows = rows.alias(fact_at=Coalesce(*facts) if len(facts) > 1 else facts[0])
        is_moment = isinstance(column_at(model, self.fields[0]), DateTimeField)
        return rows.filter(fact_at__lt=limit if is_moment else timezone.localdate(limit))

    def end_of(self, values: dict[str, Any]) -> date | None:
        """The last day of a row, from the values of its columns; `None` where no clock runs yet."""
        if self.ends and values[self.ends]:
            return day_of(values[self.ends])
        facts = [values[name] for name in self.fields if values[name]]
        return day_of(facts[0]) + self.period if facts and self.period else None


def day_of(moment: date) -> date:
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment
