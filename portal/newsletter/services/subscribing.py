"""Asking for the newsletter, and confirming it: nobody gets it otherwise (P21; STANDARDS 2.7, 2.8).

Who asks by a form confirms by the link in one mail. Whose mailbox is proven by a login needs no
second mail.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from pluc.periods import CONFIRMATION
from portal.accounts.models import User
from portal.accounts.queries import login_at, proven_addresses
from portal.newsletter import mails
from portal.newsletter.address_keys import normal
from portal.newsletter.errors import LinkEnded, NotProven
from portal.newsletter.models import Asking, Form, Subscription, Suppression
from portal.newsletter.models.subscriptions import new_token
from portal.newsletter.services import suppressing
from portal.newsletter.services.steps import Agreed, Kind, State, agreed_in, note, row_at

REASON_MEANS_MAIL = (Suppression.Reason.BOUNCED, Suppression.Reason.COMPLAINED)


@transaction.atomic
def store(*, email: str, language: str, user: User | None = None) -> Asking:
    """Keeps an address that was typed into a form. The same work, whatever is known of it.

    The worker looks at it; of a registration (`user`) nothing happens before its mailbox is proven.
    """
    agreed = agreed_in(language)
    asking = Asking.objects.create(
        email=email,
        language=language,
        user=user,
        text=agreed.text,
        edition=agreed.edition,
        asked_at=agreed.at,
    )
    if user is None:
        key = str(asking.pk)
        transaction.on_commit(lambda: async_task("portal.newsletter.tasks.look_at", key))
    return asking


@transaction.atomic
def look_at(*, asking_id: str) -> None:
    """Does what an address that was typed on the site asks for; nothing where that was done."""
    waiting = Asking.objects.select_for_update().filter(pk=asking_id, user=None)
    if asking := waiting.first():
        ask(
            email=asking.email,
            language=asking.language,
            form=Form.SITE,
            agreed=agreed_by(asking),
        )
        asking.delete()


@transaction.atomic
def ask(
    *,
    email: str,
    language: str,
    form: Form,
    agreed: Agreed,
    by: User | None = None,
    reason: str = "",
) -> Subscription:
    """Mails the one question to confirm; who is subscribed already is told that instead.

    At most one question an hour goes to an address, and one "you are subscribed" a day. `by` and
    `reason` are the back office's, which can ask for somebody and never confirm for them.
    """
    subscription = row_at(email=email, language=language)
    reaches_it = suppressing.reason_at(email=email) is None
    if subscription.state == State.ACTIVE and reaches_it:
        mails.say_subscribed(subscription)
        return subscription
    await_confirmation(subscription, language=language)
    if mails.ask_to_confirm(subscription):
        write_asked(subscription, agreed, form=form, by=by, reason=reason)
    return subscription


def agreed_by(asking: Asking) -> Agreed:
    return Agreed(text=asking.text, edition=asking.edition, at=asking.asked_at)


def write_asked(subscription: Subscription, agreed: Agreed, **fields: Any) -> None:
    proof = {"text": agreed.text, "edition": agreed.edition, "at": agreed.at}
    note(subscription, Kind.ASKED, **proof, **fields)


def await_confirmation(subscription: Subscription, *, language: str) -> None:
    """Gives the row a link to confirm by; one that still works stays what it was.

    So does the address, as it was typed first: in another case it would get another mail.

    An active row whose mail bounced stays as it is: its suppression keeps mail away.
    """
    now = timezone.now()
    is_alive = subscription.confirm_until is not None and subscription.confirm_until > now
    if not (subscription.confirm_token and is_alive):
        subscription.confirm_token = new_token()
    subscription.confirm_until = now + CONFIRMATION
    if subscription.state != State.ACTIVE:
        subscription.asked_at, subscription.language = now, language
    subscription.save()


@transaction.atomic
def confirm(*, token: str) -> Subscription:
    """The reader of the mailbox says yes: they are subscribed from now on, whatever was before.

    The link works once. Raises `LinkEnded`.
    """
    subscription = Subscription.objects.select_for_update().with_open_link(token).first()
    if subscription is None:
        raise LinkEnded
    activate(subscription)
    note(subscription, Kind.CONFIRMED, form=Form.CONFIRMATION)
    suppressing.lift(email=subscription.email)
    return subscription


def activate(subscription: Subscription) -> None:
    """Writes that its reader asked for it and confirmed it."""
    login = login_at(email=subscription.email)
    subscription.state = State.ACTIVE
    subscription.confirmed_at = max(timezone.now(), subscription.asked_at)
    subscription.left_at = subscription.confirm_until = None
    subscription.confirm_token = ""
    subscription.soft_bounces = 0
    subscription.person = login.person if login else None
    subscription.save()


# --- Of somebody whose login has proven the mailbox ----------------------------------------------


@transaction.atomic
def subscribe(*, user: User, language: str) -> Subscription:
    """Somebody signed in asks for it: at once, for their mailbox is proven. Raises `NotProven`.

    Where mail to it bounced, or they complained, they confirm by mail like anybody.
    """
    if user.email.lower() not in proven_addresses(user=user):
        raise NotProven
    agreed = agreed_in(language)
    if suppressing.reason_at(email=user.email) in REASON_MEANS_MAIL:
        return ask(email=user.email, language=language, form=Form.ACCOUNT, agreed=agreed)
    subscription = row_at(email=user.email, language=language)
    if subscription.state != State.ACTIVE:
        opt_in(subscription, email=user.email, language=language, form=Form.ACCOUNT, agreed=agreed)
    suppressing.lift(email=user.email)
    return subscription


def opt_in(
    subscription: Subscription,
    *,
    email: str,
    language: str,
    form: Form,
    agreed: Agreed,
) -> None:
    """Asked for, and confirmed because the mailbox is proven."""
    subscription.email, subscription.language = email, language
    subscription.asked_at = agreed.at
    activate(subscription)
    write_asked(subscription, agreed, form=form)
    note(subscription, Kind.CONFIRMED, form=form)


@transaction.atomic
def mailbox_proven(user: User) -> None:
    """Receiver of `portal.accounts.followers`: the mailbox's subscription is theirs from now on.

    What they ticked when they registered is confirmed by this.
    """
    email = user.person.email
    Subscription.objects.filter(normal_email=normal(email)).update(person=user.person)
    for asking in Asking.objects.select_for_update().filter(user=user):
        subscription = row_at(email=email, language=asking.language)
        if subscription.state != State.ACTIVE:
            opt_in(
                subscription,
                email=email,
                language=asking.language,
                form=Form.REGISTRATION,
                agreed=agreed_by(asking),
            )
        suppressing.lift(email=email)
        asking.delete()


def asked_while_registering(user: User, language: str) -> None:
    """Receiver of `portal.accounts.newsletter`."""
    store(email=user.email, language=language, user=user)
