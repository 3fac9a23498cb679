"""Writes down that somebody outside saw who stands on a list: as a page, a file, or at the door."""

from collections.abc import Sequence
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext_noop

from legal.rights.models import Disclosure
from legal.rights.services import record_disclosure
from portal.accounts.models import Person
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting
from portal.meetings.wording import name_with_day

Kind = Disclosure.Kind
# What everybody reads in "my data", in their own language.
FIELDS = gettext_noop("Your name, organisation and titles, on the participant list")
WHY = {
    Kind.SPEAKER: gettext_noop("Gives this meeting, and has to know who takes part."),
    Kind.CLIENT: gettext_noop("Acts for the organisation that bought this meeting for its people."),
    Kind.SUPPLIER: gettext_noop("Acts for the organisation that signed you up."),
}


def record_list_shown(
    *,
    meeting: Meeting,
    places: Sequence[UUID],
    viewer: Person,
    kind: Disclosure.Kind = Kind.SPEAKER,
    seen_for: str = "",
) -> None:
    """Tells everybody on a list who was shown it: once a viewer, meeting and day (P17, P24).

    `places` are the enrolments on it, `kind` as whom it was seen, `seen_for` the organisation that
    the viewer acts for. Two statements, whatever the number of people. Called when the page or the
    file is ready to be answered: of what failed, or does not exist, nothing is written.
    """
    people = Enrolment.objects.filter(pk__in=places).values_list("person_id", flat=True)
    record_disclosure(
        people=list(people),
        to=", ".join(filter(None, [viewer.full_name, seen_for])),
        kind=kind,
        data=FIELDS,
        ground=WHY[kind],
        reference=meeting.code,
        about=(name_in("nl", meeting), name_in("en", meeting)),
        viewer=viewer.pk,
    )


def name_in(language: str, meeting: Meeting) -> str:
    with translation.override(language):
        return name_with_day(meeting)
