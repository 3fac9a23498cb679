"""All meetings with certificates, and one of them: who gets what, how far it is, and the deed."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from pluc.deeds import Done
from pluc.errors import or_not_found
from pluc.signed_in import SignedInRequest, for_staff
from portal.certificates.permissions import may_issue
from portal.certificates.queries.issuing import Fate, progress_of, round_of
from portal.certificates.queries.staff import (
    key_state,
    meetings_to_issue,
    meetings_with_certificates,
    numbers_in,
    without_timestamp,
)
from portal.certificates.refusals import NobodyDue, NotFinal
from portal.certificates.services import issuing
from portal.certificates.staff_views.screens import SCREENS, crumb_of, screen_of
from portal.meetings.models import Meeting
from portal.meetings.queries.staff import meeting_at_a_glance


def of_the_key() -> dict[str, Any]:
    """What staff must know of the key: that it is missing or over, or will be."""
    state = key_state(timezone.now())
    return {
        "key": state,
        "has_timestamp_server": bool(settings.CERTIFICATE_TIMESTAMP_URL),
        "without_timestamp": without_timestamp() if state.ends_soon else 0,
    }


@for_staff(may_issue)
def start(request: SignedInRequest) -> HttpResponse:
    """What waits first: the key, then meetings whose people have no certificate yet."""
    done = list(meetings_with_certificates())
    numbers = numbers_in(done)
    return SCREENS.show(
        request,
        "start",
        due=list(meetings_to_issue()),
        done=[(one, *numbers.get(one.pk, (0, 0))) for one in done],
        **of_the_key(),
    )


def found(meeting_id: int) -> Meeting:
    return or_not_found(meeting_at_a_glance(meeting_id=meeting_id))


@for_staff(may_issue)
def meeting(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Everybody with a place: what they have, or would get."""
    this = round_of(found(meeting_id))
    progress = progress_of(meeting_id=meeting_id)
    return SCREENS.show(
        request,
        "meeting",
        str(this.meeting),
        meeting=this.meeting,
        this=this,
        progress=progress,
        watched=any(one.waiting for one in progress),
        **of_the_key(),
    )


@for_staff(may_issue)
def stand(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """How far it is, for the screen that watches; 205 once the whole of it has changed."""
    progress = progress_of(meeting_id=found(meeting_id).pk)
    if not any(one.waiting for one in progress):
        return HttpResponse(status=HTTPStatus.RESET_CONTENT)
    context = {"progress": progress}
    return render(request, "wagtailadmin/certificates/stand.html", context)


@for_staff(may_issue)
def issue(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Shows who gets one and what it says, and asks for them; mails go once they are made."""
    this = round_of(found(meeting_id))
    why_not = [] if this.is_final else [NotFinal().sentence]
    if this.is_final and not this.due:
        why_not = [NobodyDue().sentence]

    def do() -> Done:
        asked = issuing.issue(meeting_id=meeting_id, by=request.user)
        words = ngettext(
            "%(n)d certificate is being made. Whose it is gets an e-mail once it is ready.",
            "%(n)d certificates are being made. Everybody gets an e-mail once theirs is ready.",
            asked.number,
        )
        return Done(words % {"n": asked.number}, screen_of(this.meeting))

    return SCREENS.deed(
        request,
        do,
        title=_t("Issue certificates"),
        template="issue",
        below=[crumb_of(this.meeting)],
        back=screen_of(this.meeting),
        why_not=why_not,
        this=this,
        others=[one for one in this.candidates if one.fate in (Fate.ABSENT, Fate.DIFFERS)],
        **of_the_key(),
    )
