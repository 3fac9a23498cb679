"""Moving the people of a cancelled meeting to another date."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from pluc.deeds import Done, posted
from pluc.errors import or_not_found
from pluc.signed_in import SignedInRequest, for_staff
from portal.enrolments import services
from portal.enrolments.errors import EnrolmentError
from portal.enrolments.forms.deeds import MovePeopleForm
from portal.enrolments.models import Enrolment
from portal.enrolments.permissions import may_change
from portal.enrolments.queries.staff import left_by
from portal.enrolments.staff_views.deeds import no_dates
from portal.enrolments.staff_views.screens import PEOPLE, crumb_of
from portal.meetings.models import Meeting
from portal.meetings.queries.staff import dates_to_move_to, meeting_with_id
from portal.meetings.staff_views import screen_of


@for_staff(may_change)
def move_people(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Who is chosen goes to another date, first come first; who does not fit stays and is named."""
    meeting = or_not_found(meeting_with_id(meeting_id=meeting_id))
    people, dates = left_by(meeting_id=meeting.pk), dates_to_move_to(meeting=meeting)
    form = MovePeopleForm(posted(request), people=people, meetings=dates)

    def do() -> Done:
        chosen = [one for one in people if str(one.pk) in form.cleaned_data["people"]]
        done = sum(moves(request, one, to=form.meeting_id) for one in chosen)
        told = ngettext("%(n)d person is moved.", "%(n)d people are moved.", done) % {"n": done}
        return Done(told, screen_of(meeting))

    return PEOPLE.deed(
        request,
        do,
        form=form,
        title=_t("Move to another date"),
        question=_t(
            "Each of them gets a mail with the new date and calendar entries, keeps their booking,"
            " and can still change it. People whose data is restricted get no mail."
        ),
        below=[crumb_of(meeting)],
        back=screen_of(meeting),
        why_not=why_not(meeting, people, dates),
    )


def moves(request: SignedInRequest, one: Enrolment, *, to: int) -> bool:
    """Moves one of them; says who cannot be moved, and why."""
    key: UUID = one.pk
    try:
        services.move(enrolment_id=key, to_meeting_id=to, by=request.user, as_staff=True)
    except EnrolmentError as error:
        messages.error(request, f"{one.full_name}: {error.sentence}")
        return False
    return True


def why_not(meeting: Meeting, people: list[Enrolment], dates: list[Meeting]) -> list[str]:
    if not meeting.is_cancelled:
        return [_t("This meeting goes on. Move people from its own screen.")]
    if not people:
        return [_t("Everybody has been moved, or nobody had a place.")]
    return [] if dates else [no_dates()]
