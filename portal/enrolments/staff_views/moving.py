"""Moving the people of a cancelled meeting to another date."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from pluc.deeds import Done, posted
from pluc.errors import or_not_found
from pluc.outbox.telling import Telling
from pluc.signed_in import SignedInRequest, for_staff
from pluc.staff_screens.telling import telling_first
from portal.accounts.models import User
from portal.enrolments.errors import EnrolmentError
from portal.enrolments.forms.deeds import MovePeopleForm
from portal.enrolments.models import Enrolment
from portal.enrolments.permissions import may_change
from portal.enrolments.queries.staff import left_by
from portal.enrolments.staff_views.deeds import no_dates
from portal.enrolments.staff_views.many import Outcome, do_with_one
from portal.enrolments.staff_views.screens import PEOPLE, crumb_of
from portal.meetings.models import Meeting
from portal.meetings.queries.staff import dates_to_move_to, meeting_with_id, only_in_dutch
from portal.meetings.staff_views import screen_of


@for_staff(may_change)
def move_people(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Who is chosen goes to another date, first come first; who does not fit stays and is named."""
    meeting = or_not_found(meeting_with_id(meeting_id=meeting_id))
    people, dates = left_by(meeting_id=meeting.pk), dates_to_move_to(meeting=meeting)
    form = MovePeopleForm(posted(request), people=people, meetings=dates)

    def do() -> Done:
        outcome = telling_first(
            PEOPLE,
            request,
            lambda telling: moved(form, people, request.user, telling),
            title=_t("Move to another date"),
            below=[crumb_of(meeting)],
            only_in_dutch=only_in_dutch(meeting),
        )
        for sentence in outcome.refusals:
            messages.error(request, sentence)
        number = outcome.done
        told = ngettext("%(n)d person is moved.", "%(n)d people are moved.", number)
        return Done(told % {"n": number}, screen_of(meeting))

    return PEOPLE.deed(
        request,
        do,
        form=form,
        title=_t("Move to another date"),
        question=_t("They keep their booking, and can still change it."),
        below=[crumb_of(meeting)],
        back=screen_of(meeting),
        why_not=why_not(meeting, people, dates),
    )


def moved(form: MovePeopleForm, people: list[Enrolment], by: User, telling: Telling) -> Outcome:
    """Moves those who were chosen, in order of asking, and says who cannot be moved and why."""
    outcome = Outcome()
    for one in people:
        if str(one.pk) not in form.cleaned_data["people"]:
            continue
        try:
            do_with_one(one.pk, by, "move", str(form.meeting_id), telling)
            outcome.done += 1
        except EnrolmentError as error:
            outcome.refusals.append(f"{one.full_name}: {error.sentence}")
    return outcome


def why_not(meeting: Meeting, people: list[Enrolment], dates: list[Meeting]) -> list[str]:
    if not meeting.is_cancelled:
        return [_t("This meeting goes on. Move people from its own screen.")]
    if not people:
        return [_t("Everybody has been moved, or nobody had a place.")]
    return [] if dates else [no_dates()]
