"""One thing done with many people of a meeting."""

from dataclasses import dataclass, field
from uuid import UUID

from django.contrib import messages
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from pluc.deeds import Done, Refused
from pluc.outbox.telling import Telling
from pluc.signed_in import SignedInRequest
from pluc.staff_screens.telling import telling_first
from portal.accounts.models import User
from portal.enrolments import services
from portal.enrolments.errors import EnrolmentError
from portal.enrolments.forms.staff import BulkForm
from portal.enrolments.models import Enrolment
from portal.enrolments.staff_views.screens import PEOPLE, crumb_of
from portal.meetings.models import Meeting
from portal.meetings.queries.staff import only_in_dutch
from portal.meetings.staff_views import screen_of

NOTES = ("absent", "present")  # deeds that note something, and tell nobody


class NobodyDone(Refused):
    """Why it was done for none of those chosen."""


@dataclass
class Outcome:
    """For how many it was done, and why not for the others."""

    done: int = 0
    refusals: list[str] = field(default_factory=list)


def do_with_many(request: SignedInRequest, meeting: Meeting, form: BulkForm) -> Done:
    """Does it for each by itself: one who cannot does not keep the others from it.

    Raises `NobodyDone`, with the reason, where it was done for nobody.
    """
    chosen = form.chosen
    outcome = telling_first(
        PEOPLE,
        request,
        lambda telling: outcome_of(form, chosen, request.user, telling),
        title=capfirst(form.deed),
        below=[crumb_of(meeting)],
        only_in_dutch=only_in_dutch(meeting),
    )
    if not outcome.done:
        raise NobodyDone(" ".join(outcome.refusals) or why_nobody(meeting, form, chosen))
    for sentence in outcome.refusals:
        messages.error(request, sentence)
    text = ngettext("Done for %(n)d person.", "Done for %(n)d people.", outcome.done)
    return Done(text % {"n": outcome.done}, screen_of(meeting))


def outcome_of(form: BulkForm, chosen: list[Enrolment], by: User, telling: Telling) -> Outcome:
    deed, outcome = form.cleaned_data["do"], Outcome()
    if deed in NOTES:
        keys = [one.pk for one in chosen]
        outcome.done = services.mark_absent(enrolment_ids=keys, was_absent=deed == "absent", by=by)
        return outcome
    for one in chosen:
        try:
            do_with_one(one.pk, by, deed, form.cleaned_data["to"], telling)
            outcome.done += 1
        except EnrolmentError as error:
            outcome.refusals.append(f"{one.full_name}: {error.sentence}")
    return outcome


def do_with_one(key: UUID, user: User, deed: str, to: str, telling: Telling) -> None:
    if deed == "cancel":
        services.cancel(enrolment_id=key, by=user, as_staff=True, telling=telling)
    else:
        services.move(
            enrolment_id=key, to_meeting_id=int(to), by=user, as_staff=True, telling=telling
        )


def why_nobody(meeting: Meeting, form: BulkForm, chosen: list[Enrolment]) -> str:
    """Why nothing was noted about who came."""
    if not meeting.has_begun(timezone.now()):
        return _t(
            "Nothing is noted: this meeting has not begun, so nobody came or stayed away yet."
        )
    if not any(one.has_place for one in chosen):
        return _t("Nothing is noted: of those chosen nobody has a place.")
    return _t("Nothing is noted: it stood there already of everybody chosen.")
