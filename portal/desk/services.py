"""Writes down that somebody outside saw a list, for everybody who stands on it."""

from django.utils.translation import gettext_noop

from legal.rights.models import Disclosure
from legal.rights.services import record_disclosure
from portal.accounts.models import Person
from portal.desk.queries.rolls import Roll, people_of

Kind = Disclosure.Kind
# What everybody reads in "my data", in their own language.
FIELDS = gettext_noop("Your name, organisation and titles, on the participant list")
WHY = {
    Kind.SPEAKER: gettext_noop("Gives this meeting, and has to know who takes part."),
    Kind.CLIENT: gettext_noop("Acts for the organisation that bought this meeting for its people."),
    Kind.SUPPLIER: gettext_noop("Acts for the organisation that signed you up."),
}


def record_shown(*, roll: Roll, viewer: Person) -> None:
    """Tells everybody on a list who was shown it: once a viewer, list and day (P17, P24).

    Two statements, whatever the number of people. Called when the page or the file is ready to be
    answered: of what failed, or does not exist, nothing is written.
    """
    record_disclosure(
        people=people_of(roll),
        to=", ".join(filter(None, [viewer.full_name, roll.seen_for])),
        kind=roll.kind,
        data=FIELDS,
        ground=WHY[roll.kind],
        reference=roll.reference,
        about=roll.about,
        viewer=viewer.pk,
    )
