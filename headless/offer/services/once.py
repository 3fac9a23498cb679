"""A request that is sent several times is done once, and answered alike (docs/decisions/0050)."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _t

from headless.offer.models import StoredAnswer
from headless.tokens.models import ApiToken
from pluc import periods
from pluc.deeds import Refused
from portal.enrolments.models import Booking, Supply


class KeyInUse(Refused):
    """The key came before, with something else."""

    @property
    def sentence(self) -> str:
        return _t(
            "This Idempotency-Key came before with another request. Choose a new key for each"
            " request, and send the same one again only with the very same request."
        )


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A request that may come more than once: keyed digests of which it is, and what it asks."""

    token: ApiToken
    request: str
    body: str

    @property
    def mark(self) -> UUID:
        """What it counts as against the limits, however often it comes."""
        return UUID(hex=digest("mark", self.request, self.body)[:32])


@dataclass(frozen=True, kw_only=True)
class Made:
    """What a request made."""

    booking: Booking | None = None
    supply: Supply | None = None
    places_in_line: tuple[int | None, ...] = ()


def sent(*, token: ApiToken, path: str, key: str, asked: str) -> Sent:
    """`asked` is the body as it was understood: spaces and the order of names make no other."""
    return Sent(
        token=token,
        request=digest("request", str(token.pk), path, key),
        body=digest("body", asked),
    )


def digest(*parts: str) -> str:
    """A digest that tells neither key nor body to whoever reads the table."""
    return salted_hmac("headless.once", "\0".join(parts), algorithm="sha256").hexdigest()


def earlier(sent: Sent) -> StoredAnswer | None:
    """The answer to a request that came before and still counts. Raises `KeyInUse`."""
    since = timezone.now() - periods.STORED_ANSWER
    found = StoredAnswer.objects.filter(request=sent.request, made_at__gt=since).first()
    if found and found.body != sent.body:
        raise KeyInUse
    return found


@transaction.atomic
def once(*, sent: Sent, do: Callable[[], Made]) -> tuple[StoredAnswer, bool]:
    """Does `do` and stores its answer, unless the request came before: then returns that one.

    Returns the answer, and whether it is new. Whoever comes while the first is busy waits for it:
    the key is unique, and written in the same transaction as what `do` makes. What `do` refuses
    leaves nothing, so that the same key may try again. Raises `KeyInUse`, and what `do` raises.
    """
    same = StoredAnswer.objects.filter(request=sent.request)
    same.filter(made_at__lte=timezone.now() - periods.STORED_ANSWER).delete()
    answer, is_new = StoredAnswer.objects.get_or_create(
        request=sent.request, defaults={"token": sent.token, "body": sent.body}
    )
    if answer.body != sent.body:
        raise KeyInUse
    if is_new:
        made = do()
        answer.booking, answer.supply = made.booking, made.supply
        answer.places_in_line = list(made.places_in_line)
        answer.save(update_fields=["booking", "supply", "places_in_line"])
    return answer, is_new
