"""Taking in the list of participants that a bureau's program sends, as its own screen does."""

from http import HTTPStatus
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _t

from headless.answers.problems import FieldProblem, Refusal, there_is
from headless.offer.lists import SuppliedIn
from headless.offer.missing import no_list, no_meeting
from headless.offer.models import StoredAnswer
from headless.offer.services.once import Made, Sent, earlier, once
from headless.tokens.models import ApiToken
from pluc.deeds import Refused
from portal.desk.queries.supplies import meeting_of_bureaus, supply_of_meeting
from portal.enrolments.models import Supply, SupplyRow
from portal.enrolments.queries.supplies import supply_with_id
from portal.enrolments.services import supplying
from portal.enrolments.services.supplying import SupplyError
from portal.meetings.deadlines import is_open
from portal.meetings.models import Meeting


def meeting_of(*, token: ApiToken, code: str) -> Meeting:
    """One that is agreed with the token's organisation as a bureau. Raises `Refusal` (404)."""
    found = meeting_of_bureaus(bureau_ids=[token.organisation_id], code=code)
    return there_is(found, no_meeting())


def supply_of(*, token: ApiToken, code: str, supply_id: UUID) -> Supply:
    """A list of the token's organisation for this meeting. Raises `Refusal` (404)."""
    meeting = meeting_of(token=token, code=code)
    return there_is(supply_of_meeting(meeting, supply_id), no_list())


def look_at(*, token: ApiToken, code: str, wanted: SuppliedIn) -> tuple[Supply, list[SupplyRow]]:
    """What would become of a list; nothing is stored. Raises `Refusal`."""
    meeting = meeting_of(token=token, code=code)
    people = wanted.people
    try:
        require_open(meeting)
        rows = supplying.look_at(meeting=meeting, organisation=token.organisation, people=people)
    except SupplyError as error:
        raise refusal(error) from error
    return Supply(meeting=meeting, organisation=token.organisation, size=len(people)), rows


def take(
    *, token: ApiToken, code: str, wanted: SuppliedIn, sent: Sent
) -> tuple[StoredAnswer, bool]:
    """Stores the rows once, and has the worker enrol them.

    Raises `Refusal`, `KeyInUse`.
    """
    if known := earlier(sent):
        return known, False
    meeting = meeting_of(token=token, code=code)
    people = wanted.people

    def do() -> Made:
        require_open(meeting)
        supply = supplying.take_in_rows(
            meeting=meeting, organisation=token.organisation, people=people
        )
        supplying.approve(supply_id=supply.pk)
        return Made(supply=supply)

    try:
        return once(sent=sent, do=do)
    except SupplyError as error:
        raise refusal(error) from error


def supply_made(answer: StoredAnswer) -> Supply:
    """The list that was answered about. Raises `Refusal` (404) where it is gone with its
    meeting.
    """
    found = supply_with_id(supply_id=answer.supply_id) if answer.supply_id else None
    return there_is(found, no_list())


def require_open(meeting: Meeting) -> None:
    """Raises `SupplyError` where a bureau's own screen takes no list any more."""
    if not is_open(meeting, timezone.now()):
        raise SupplyError(_t("This meeting takes no more lists. Call us."))


def refusal(error: Refused) -> Refusal:
    return Refusal(
        HTTPStatus.CONFLICT,
        error.sentence,
        errors=[FieldProblem(where="path.code", detail=error.sentence)],
    )
