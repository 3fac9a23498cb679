"""Leaving at once and for ever, coming back, another language, another address (P09)."""

from django.db import transaction
from django.utils import timezone

from pluc.periods import UNDO
from portal.accounts.models import Person, User
from portal.newsletter.address_keys import normal
from portal.newsletter.errors import HasToStay, NotBackAtOnce
from portal.newsletter.models import Form, Subscription, SubscriptionStep, Suppression
from portal.newsletter.queries.audience import unrestricted
from portal.newsletter.services import suppressing
from portal.newsletter.services.steps import Kind, State, locked, note

Reason = Suppression.Reason
REASONS = {Form.BOUNCE: Reason.BOUNCED, Form.COMPLAINT: Reason.COMPLAINED}
BY_LINK = (Form.LINK, Form.ONE_CLICK)


@transaction.atomic
def leave(
    *, subscription: Subscription, form: Form, by: User | None = None, reason: str = ""
) -> None:
    """No newsletter from this moment on, also of those that are on their way. May be told again.

    A link that would have confirmed it ends too. `by` and `reason` are the back office's.
    """
    row = locked(subscription)
    suppressing.suppress(email=row.email, reason=REASONS.get(form, Reason.LEFT))
    if row.state != State.LEFT:
        row.state, row.left_at = State.LEFT, timezone.now()
        note(row, Kind.LEFT, form=form, by=by, reason=reason)
    row.confirm_token, row.confirm_until = "", None
    row.save()


def may_come_back(subscription: Subscription) -> bool:
    """Whether leaving can still be undone: they left by the link, within the hour, and nothing else
    keeps mail away from them.

    The link stands in issues that are forwarded: so nobody is brought back by it later on.
    """
    left_at = subscription.left_at
    if subscription.state != State.LEFT or left_at is None or subscription.confirmed_at is None:
        return False
    last = SubscriptionStep.objects.filter(subscription=subscription, kind=Kind.LEFT).last()
    is_by_link = last is not None and last.form in BY_LINK
    reason = suppressing.reason_at(email=subscription.email)
    return is_by_link and left_at > timezone.now() - UNDO and reason in (None, Reason.LEFT)


@transaction.atomic
def come_back(*, subscription: Subscription) -> None:
    """Undoes leaving by the link. What they confirmed before counts. Raises `NotBackAtOnce`."""
    row = locked(subscription)
    if row.state == State.ACTIVE:
        return
    if not may_come_back(row):
        raise NotBackAtOnce
    row.state, row.left_at = State.ACTIVE, None
    row.save(update_fields=["state", "left_at"])
    note(row, Kind.RETURNED, form=Form.LINK)
    suppressing.lift(email=row.email, reasons=[Reason.LEFT])


@transaction.atomic
def choose_language(*, subscription: Subscription, language: str, form: Form) -> None:
    """The language of the issues to come; nothing where it is the present one."""
    row = locked(subscription)
    if row.language != language:
        row.language = language
        row.save(update_fields=["language"])
        note(row, Kind.LANGUAGE, form=form, text=row.get_language_display())


@transaction.atomic
def erase(*, subscription: Subscription) -> None:
    """Deletes all that we hold about it. That no newsletter goes there stays, without the address
    (`suppress_erased`). Raises `HasToStay` where their data is restricted.
    """
    if not unrestricted(Subscription.objects.filter(pk=subscription.pk)).exists():
        raise HasToStay
    locked(subscription).delete()


def suppress_erased(instance: Subscription, **kwargs: object) -> None:
    """Receiver: whoever is erased, by whatever way, gets no newsletter after that either."""
    if instance.state != State.ASKED:
        suppressing.suppress(email=instance.email, reason=Reason.LEFT)


@transaction.atomic
def follow_address(person: Person, old: str) -> None:
    """A follower of `portal.accounts.followers`: the subscription goes along to the address that
    its person has proven now.

    Where that address has a say of its own, subscribed or left, that one holds, and the old one
    ends.
    """
    if not old:
        return
    rows = Subscription.objects.select_for_update().filter(person=person)
    moving = rows.filter(normal_email=normal(old)).first()
    if moving is None:
        return
    there = Subscription.objects.filter(normal_email=normal(person.email)).exclude(pk=moving.pk)
    there.filter(state=State.ASKED).delete()
    if there.exists() or suppressing.reason_at(email=person.email):
        leave(subscription=moving, form=Form.ACCOUNT)
        return
    moving.email, moving.normal_email = person.email, normal(person.email)
    moving.save(update_fields=["email", "normal_email"])
    note(moving, Kind.MOVED, form=Form.ACCOUNT)
