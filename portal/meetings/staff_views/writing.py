"""Writing a meeting down: new, changed, or once more on other days."""

from http import HTTPStatus
from itertools import chain

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from pluc.deeds import Done, carry_out, posted
from pluc.errors import or_not_found
from pluc.outbox.telling import Telling
from pluc.signed_in import SignedInRequest, for_staff
from pluc.staff_screens.telling import Comparison, telling_first
from portal.meetings import services
from portal.meetings.forms.filling import FILL, filled_in
from portal.meetings.forms.meetings import CopyForm, WholeMeeting
from portal.meetings.models import Meeting
from portal.meetings.permissions import may_plan
from portal.meetings.queries.choices import choices_for
from portal.meetings.queries.clashes import clashes_of
from portal.meetings.queries.staff import meeting_with_id, only_in_dutch
from portal.meetings.staff_views.screens import SCREENS, screen_of
from portal.meetings.wording import full_place_of, long_date, name_with_day, session_times

ADD = "add"  # the button that adds a row; its value says of what


@for_staff(may_plan)
def new(request: SignedInRequest) -> HttpResponse:
    """An empty form; for a course that the address names, one that is filled in."""
    if request.method == "GET" and "course" in request.GET:
        whole = filled_in(Meeting(), request.GET)
    else:
        whole = WholeMeeting(Meeting(), posted(request))
    return edit_form(request, whole, _t("New meeting"))


@for_staff(may_plan)
def edit(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    meeting = or_not_found(meeting_with_id(meeting_id=meeting_id))
    whole = WholeMeeting(meeting, posted(request))
    return edit_form(
        request, whole, _t("Change: %(meeting)s") % {"meeting": name_with_day(meeting)}
    )


def edit_form(request: SignedInRequest, whole: WholeMeeting, title: str) -> HttpResponse:
    """The meeting with its sessions and accreditations: shown, added to, or stored."""

    def show(status: int) -> HttpResponse:
        if status == HTTPStatus.UNPROCESSABLE_ENTITY:
            messages.error(request, _t("Nothing is saved yet: look at what is marked below."))
        whole.show(choices_for(whole.meeting))
        return SCREENS.show(request, "edit", title, status=status, **vars(whole))

    if request.method == "POST":
        if FILL in request.POST:
            whole = filled_in(whole.meeting, request.POST)
            return show(HTTPStatus.OK)
        if ADD in request.POST:
            whole.add_row(request.POST[ADD])
            return show(HTTPStatus.OK)
    return carry_out(request, whole, lambda: save(request, whole, title), show=show)


def save(request: SignedInRequest, whole: WholeMeeting, title: str) -> Done:
    """Stores it; where that mails people, once a colleague has seen whom."""
    known = whole.meeting.pk
    before = facts_told(meeting_with_id(meeting_id=known)) if known else {}

    def store(telling: Telling) -> Meeting:
        return services.save_meeting(**whole.facts, telling=telling, by=request.user)

    def compared() -> list[Comparison]:
        after = facts_told(meeting_with_id(meeting_id=known))
        return [
            (what, before.get(what, ""), now) for what, now in after.items() if before[what] != now
        ]

    saved = telling_first(
        SCREENS,
        request,
        store,
        title=title,
        compared=compared,
        only_in_dutch=only_in_dutch(whole.meeting) if known else (),
    )
    return Done(_t("Saved."), screen_of(saved))


def facts_told(meeting: Meeting | None) -> dict[str, str]:
    """What people are mailed about when it changes, in words."""
    meeting = or_not_found(meeting)
    return {
        _t("When"): "\n".join(session_times(session) for session in meeting.sessions.all()),
        _t("Where"): full_place_of(meeting),
        _t("Link to join"): meeting.online_link if meeting.is_online else "",
    }


@for_staff(may_plan)
def copy(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """The same meeting on other days, several at once."""
    meeting = or_not_found(meeting_with_id(meeting_id=meeting_id))
    form = CopyForm(posted(request))

    def do() -> Done:
        made = services.copy_to_days(meeting_id=meeting.pk, days=form.days, by=request.user)
        told = ngettext(
            "Planned once more, with nobody in it yet: %(days)s.",
            "Planned %(n)d more times, with nobody in them yet: %(days)s.",
            len(made),
        )
        for sentence in chain.from_iterable(map(clashes_of, made)):
            messages.warning(request, sentence)
        days = "; ".join(long_date(one.starts_on) for one in made if one.starts_on)
        return Done(told % {"n": len(made), "days": days}, after_copying(made))

    return SCREENS.deed(
        request,
        do,
        form=form,
        template="deed",
        title=_t("Copy: %(meeting)s") % {"meeting": name_with_day(meeting)},
        question=_t(
            "All but its people and dates come along; each session keeps its time on the clock."
        ),
        button=_t("Plan these dates"),
        back=screen_of(meeting),
        meeting=meeting,
    )


def after_copying(made: list[Meeting]) -> str:
    """The copy; of several, the planning of their course."""
    if len(made) == 1:
        return screen_of(made[0])
    return reverse("meetings", query={"q": made[0].course.title[:60]})
