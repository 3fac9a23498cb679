"""How long data is kept, and from when on (P10; STANDARDS 3.14; DESIGN, idea 5)."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from legal.rights.registry.words import Text

YEAR, WEEK = 365, 7


@dataclass(frozen=True, kw_only=True)
class Retention:
    """A number of days after a fact; without a number, as long as the account exists.

    `fact` names the fact as in "90 days after <it was sent>", `field` the column that records it:
    one that nobody can edit. `field` may follow keys (`user__date_joined`). `instead` says in words
    what no number of days can: "until you sign out".
    """

    days: int | None = None
    fact: Text = ""
    field: str = ""
    instead: Text = ""

    @property
    def after(self) -> timedelta | None:
        return None if self.days is None else timedelta(days=self.days)

    def __str__(self) -> str:
        """The rule in the active language."""
        if self.instead:
            return str(self.instead)
        if self.days is None:
            return _t("as long as you have an account")
        return _t("%(period)s after %(fact)s") % {"period": period(self.days), "fact": self.fact}


def period(days: int) -> str:
    """A number of days as people say it: in years or weeks where it is a whole number of them."""
    if days and days % YEAR == 0:
        return ngettext("%(n)d year", "%(n)d years", days // YEAR) % {"n": days // YEAR}
    if days > 2 * WEEK and days % WEEK == 0:
        return ngettext("%(n)d week", "%(n)d weeks", days // WEEK) % {"n": days // WEEK}
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
