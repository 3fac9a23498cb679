"""What people of a meeting want to eat or need to take part: for the back office alone (AVG 9)."""

from django.http import HttpResponse
from django.utils.translation import gettext as _t

from pluc.errors import or_not_found
from pluc.signed_in import SignedInRequest, for_staff
from portal.enrolments.permissions import may_see_wishes
from portal.enrolments.queries.staff import wishes_in
from portal.enrolments.staff_views.screens import PEOPLE, crumb_of
from portal.meetings.queries.staff import meeting_with_id


@for_staff(may_see_wishes)
def wishes(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    meeting = or_not_found(meeting_with_id(meeting_id=meeting_id))
    return PEOPLE.show(
        request,
        "wishes",
        _t("Food and access"),
        below=[crumb_of(meeting)],
        wishes=wishes_in(meeting_id=meeting.pk),
    )
