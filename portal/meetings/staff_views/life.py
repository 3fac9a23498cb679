"""The steps in a meeting's life, and its end before it was held."""

from django.http import HttpResponse
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from pluc.deeds import Done, posted
from pluc.errors import or_not_found
from pluc.outbox.telling import Telling
from pluc.signed_in import SignedInRequest, for_staff
from pluc.staff_screens.telling import telling_first
from portal.meetings import services
from portal.meetings.forms.meetings import CancelForm, StateForm
from portal.meetings.permissions import may_plan
from portal.meetings.queries.staff import dates_to_offer, meeting_with_id, only_in_dutch
from portal.meetings.staff_views.screens import SCREENS, screen_of
from portal.meetings.wording import name_with_day


@for_staff(may_plan)
def state(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """The next step in a meeting's life, or back; it is cancelled by `cancel`.

    Where it opens a place that somebody waited for, that offer is seen before it is mailed.
    """
    meeting = or_not_found(meeting_with_id(meeting_id=meeting_id))
    form = StateForm(posted(request))
    title = _t("Change the state: %(meeting)s") % {"meeting": name_with_day(meeting)}

    def take_step(_telling: Telling) -> Done:
        to = form.cleaned_data["state"]
        services.change_state(meeting_id=meeting.pk, to=to, by=request.user)
        return Done(_t("Done."), screen_of(meeting))

    def do() -> Done:
        return telling_first(
            SCREENS,
            request,
            take_step,
            title=title,
            asks_why=False,
            may_be_silent=False,
            only_in_dutch=only_in_dutch(meeting),
        )

    return SCREENS.deed(
        request,
        do,
        form=form,
        template="deed",
        title=title,
        back=screen_of(meeting),
        meeting=meeting,
    )


@for_staff(may_plan)
def cancel(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Asks why, says how many are told, and then does it."""
    meeting = or_not_found(meeting_with_id(meeting_id=meeting_id))
    form = CancelForm(posted(request), dates=dates_to_offer(meeting=meeting))
    title = _t("Cancel: %(meeting)s") % {"meeting": name_with_day(meeting)}

    def cancel_it(telling: Telling) -> Done:
        services.cancel_meeting(
            meeting_id=meeting.pk,
            because=form.cleaned_data["because"],
            because_en=form.cleaned_data["because_en"],
            by=request.user,
            offers=form.meeting_ids,
        )
        told = _t("Cancelled. Everybody who had a place is being told.")
        return Done(told, screen_of(meeting))

    def do() -> Done:
        return telling_first(
            SCREENS,
            request,
            cancel_it,
            title=title,
            asks_why=False,
            may_be_silent=False,
            only_in_dutch=only_in_dutch(meeting),
        )

    question = ngettext(
        "%(n)d place is taken. Whoever has one, waits for one, or enrolled others gets a mail;"
        " nobody pays.",
        "%(n)d places are taken. Whoever has one, waits for one, or enrolled others gets a mail;"
        " nobody pays.",
        meeting.enrolled,
    )
    return SCREENS.deed(
        request,
        do,
        form=form,
        template="deed",
        title=title,
        question=question % {"n": meeting.enrolled},
        button=_t("Cancel this meeting"),
        is_serious=True,
        back=screen_of(meeting),
        meeting=meeting,
    )
