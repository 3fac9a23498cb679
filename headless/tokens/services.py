"""Making, using and revoking tokens."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _t
from wagtail.log_actions import log

from headless.tokens.digests import MARK, digest_of, new_token
from headless.tokens.models import PREFIX_SHOWN, ApiToken, Scope
from pluc.deeds import Refused
from pluc.periods import API_TOKEN
from portal.accounts.models import User
from portal.meetings.deadlines import deadline
from portal.organisations.models import Organisation


class EndsTooLate(Refused):
    field = "last_day"

    @property
    def sentence(self) -> str:
        return _t("Choose a day from today on, within a year.")


class AlreadyRevoked(Refused):
    @property
    def sentence(self) -> str:
        return _t("This token was revoked already.")


@transaction.atomic
def make_token(
    *,
    organisation: Organisation,
    name: str,
    scopes: Iterable[Scope | str],
    last_day: dt.date,
    by: User | None,
) -> tuple[ApiToken, str]:
    """The row, and the token itself: nobody can ask for it again.

    Raises `EndsTooLate` for a last day that is over, or further away than `periods.API_TOKEN`.
    """
    today = timezone.localdate()
    if not today <= last_day <= today + API_TOKEN:
        raise EndsTooLate
    text = new_token()
    row = ApiToken.objects.create(
        organisation=organisation,
        name=name,
        scopes=[scope.value for scope in Scope if scope in set(scopes)],
        digest=digest_of(text),
        prefix=text[: len(MARK) + PREFIX_SHOWN],
        made_by=by,
        expires_at=deadline(day=last_day, days=0),
    )
    log(instance=row, action="headless_tokens.make", user=by)
    return row, text


@transaction.atomic
def revoke_token(*, token_id: int, by: User | None) -> ApiToken:
    """From now on it opens nothing. Raises `AlreadyRevoked`."""
    row = ApiToken.objects.select_for_update().get(pk=token_id)
    if row.revoked_at is not None:
        raise AlreadyRevoked
    row.revoked_at = timezone.now()
    row.save(update_fields=["revoked_at"])
    log(instance=row, action="headless_tokens.revoke", user=by)
    return row


def note_use(*, token: ApiToken) -> None:
    """Remembers the day: a row is written once a day at most."""
    today = timezone.localdate()
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
