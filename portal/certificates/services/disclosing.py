"""Writes down that somebody was handed the certificates of others, for an organisation (P17)."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_noop

from legal.rights.models import Disclosure
from legal.rights.services import record_disclosure
from portal.accounts.models import Person, User
from portal.attendance.services.disclosing import name_in
from portal.certificates.models import Certificate
from portal.certificates.permissions import may_issue

Kind = Disclosure.Kind
# What everybody reads in "my data", in their own language.
WHAT = gettext_noop("Your certificate")
# Tells it from lists of the same meeting: each is written down once a day.
CERTIFICATES = "certificaten"
WHY = {
    Kind.CLIENT: gettext_noop("Acts for the organisation that bought this meeting for its people."),
    Kind.SUPPLIER: gettext_noop("Acts for the organisation that signed you up."),
}


def note_handed_out(*, certificates: Sequence[Certificate], viewer: User) -> None:
    """Tells each person but the viewer who was handed theirs. The back office is PLUC! itself.

    All of one meeting, or all of the viewer's own.
    """
    others = [one for one in certificates if one.person_id != viewer.person_id]
    if not others or may_issue(viewer):
        return
    meeting = others[0].meeting
    for kind, people in by_kind(others).items():
        record_disclosure(
            people=people,
            to=viewer.person.full_name,
            kind=kind,
            data=WHAT,
            ground=WHY[kind],
            reference=f"{meeting.code} ({CERTIFICATES})",
            about=(name_in("nl", meeting), name_in("en", meeting)),
            viewer=viewer.person_id,
        )


def by_kind(others: Sequence[Certificate]) -> dict[Disclosure.Kind, list[UUID]]:
    """People by as whom the viewer sees them: the client of the meeting, or who supplied them."""
    found: dict[Disclosure.Kind, list[UUID]] = {}
    for one in others:
        is_supplied = one.person.source == Person.Source.SUPPLIED and one.meeting.client_id is None
        kind = Kind.SUPPLIER if is_supplied else Kind.CLIENT
        found.setdefault(kind, []).append(one.person_id)
    return found
