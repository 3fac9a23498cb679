"""What everybody in a meeting earns by marks and rules, before it is kept."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _t

from portal.attendance.hours import Earned, earned
from portal.attendance.models import HoursRule
from portal.attendance.queries.sheets import Row, Sheet
from portal.meetings.models import Accreditation, Meeting
from portal.meetings.wording import hours as hours_in_words


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """Hours that a scheme recognised for a meeting, and the scheme's rule."""

    accreditation: Accreditation
    rule: HoursRule | None

    @property
    def counts(self) -> bool:
        """Whether anybody can earn them: they were granted, and there is a rule."""
        return self.accreditation.granted_on is not None and self.rule is not None


def recognised_for(meeting: Meeting) -> list[Recognised]:
    """Per scheme, in their order; in two queries."""
    accreditations = Accreditation.objects.filter(meeting=meeting).select_related("scheme")
    rows = list(accreditations.order_by("scheme__position", "scheme__code"))
    rules = HoursRule.objects.filter(scheme__in=[row.scheme_id for row in rows])
    by_scheme = {rule.scheme_id: rule for rule in rules}
    return [Recognised(accreditation=row, rule=by_scheme.get(row.scheme_id)) for row in rows]


def warnings_about(recognised: list[Recognised], sheet: Sheet) -> list[str]:
    """What a colleague looks at before attendance becomes final; nothing of it forbids it."""
    return [words for one in recognised for words in warnings_about_one(one, sheet)]


def warnings_about_one(one: Recognised, sheet: Sheet) -> Iterator[str]:
    words = {"scheme": one.accreditation.scheme.code}
    if one.accreditation.granted_on is None:
        yield (
            _t("%(scheme)s has not granted its hours yet, so nobody earns them. Note it first.")
            % words
        )
        return
    if one.rule is None:
        yield _t("There is no rule for %(scheme)s yet, so nobody earns its hours.") % words
        return
    if not one.rule.is_confirmed:
        yield (_t("The rule for %(scheme)s is not confirmed: PLUC! has yet to check it.") % words)
    yield from warnings_about_sum(one, one.rule, sheet)


def warnings_about_sum(one: Recognised, rule: HoursRule, sheet: Sheet) -> Iterator[str]:
    """That the sessions hold another number of hours than the scheme recognised."""
    minutes = sum(session.minutes for session in sheet.sessions if session.counts)
    most = one.accreditation.hours
    if minutes < most * rule.minutes_per_hour:
        yield (
            _t("%(scheme)s recognised %(hours)s, but the sessions have %(n)d net minutes only.")
            % {
                "scheme": one.accreditation.scheme.code,
                "hours": hours_in_words(most),
                "n": minutes,
            }
        )


def earned_by(row: Row, recognised: list[Recognised]) -> list[tuple[Recognised, Earned]]:
    """What one person earns, per scheme; nothing for who did not come."""
    if not row.was_there:
        return []
    presence = [(cell.session, cell.presence.stays) for cell in row.cells]
    return [
        (one, earned(presence, rule=one.rule, most=one.accreditation.hours))
        for one in recognised
        if one.counts and one.rule
    ]
