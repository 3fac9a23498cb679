"""Writing to the people of a meeting, with the mails shown before they go."""

from django.http import HttpResponse
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from pluc.deeds import Done, posted
from pluc.errors import or_not_found
from pluc.outbox.telling import Telling
from pluc.signed_in import SignedInRequest, for_staff
from pluc.staff_screens.telling import telling_first
from portal.enrolments import services
from portal.enrolments.forms.writing import NoteForm
from portal.enrolments.permissions import may_change
from portal.enrolments.queries.staff import people_in
from portal.enrolments.staff_views.screens import PEOPLE, crumb_of
from portal.meetings.queries.staff import meeting_with_id, only_in_dutch
from portal.meetings.staff_views import screen_of
from portal.meetings.wording import name_with_day


@for_staff(may_change)
def write_to_people(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Asks what to write to whom, then shows the mails, then posts them."""
    meeting = or_not_found(meeting_with_id(meeting_id=meeting_id))
    people = [one for one in people_in(meeting_id=meeting.pk) if one.state in one.ALIVE]
    form = NoteForm(posted(request), people=people, sessions=list(meeting.sessions.all()))
    title = _t("Write to the people of %(meeting)s") % {"meeting": name_with_day(meeting)}

    def write(telling: Telling) -> int:
        return services.write_to_people(
            meeting=meeting, people=form.audience, note=form.note, by=request.user
        )

    def do() -> Done:
        number = telling_first(
            PEOPLE,
            request,
            write,
            title=title,
            asks_why=False,
            may_be_silent=False,
            only_in_dutch=only_in_dutch(meeting),
            below=[crumb_of(meeting)],
        )
        told = ngettext("%(n)d mail is on its way.", "%(n)d mails are on their way.", number)
        return Done(told % {"n": number}, screen_of(meeting))

    return PEOPLE.deed(
        request,
        do,
        form=form,
        title=title,
        question=_t("Nothing goes yet: next you see each mail as it will arrive."),
        button=_t("Look at the mails"),
        why_not=[] if people else [_t("There is nobody to write to: no one has a place or waits.")],
        below=[crumb_of(meeting)],
        back=screen_of(meeting),
    )
