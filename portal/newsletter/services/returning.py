"""What follows when an issue comes back, or somebody complains or leaves (STANDARDS 2.12).

Hard: no mail will ever arrive, so none is sent any more. Soft: five issues in a row. The row ends
with an issue that arrived, which is one that has not come back within a week.
"""

import uuid
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from pluc.outbox.models import Mail, Return
from portal.newsletter import mails
from portal.newsletter.address_keys import normal
from portal.newsletter.models import Mailing, Subscription, Suppression
from portal.newsletter.models.subscriptions import Form
from portal.newsletter.services.leaving import leave
from portal.newsletter.services.suppressing import suppress

SOFT_AT_MOST = 5  # issues in a row
ARRIVED_AFTER = timedelta(days=7)  # mail servers try for five days (RFC 5321, 4.5.4.1)
EVENT = "newsletter:"  # `Mailing.event`
DID_NOT_ARRIVE = (Return.Kind.HARD, Return.Kind.SOFT)


@transaction.atomic
def bounced(mail: Mail, is_hard: bool) -> None:
    """An issue did not arrive. Called once for each mail and each kind of it."""
    if mail.kind != Mail.Kind.NEWSLETTER:
        return
    if mail.returns.filter(kind__in=DID_NOT_ARRIVE).count() == 1:
        count(mail, "bounced")
    subscription = locked(normal_email=normal(mail.recipient))
    if has_confirmed_since(subscription, mail):
        return
    soft = subscription.soft_bounces + 1 if subscription and not is_hard else 0
    if is_hard or soft >= SOFT_AT_MOST:
        end(mail.recipient, subscription, Suppression.Reason.BOUNCED, Form.BOUNCE)
    elif subscription:
        Subscription.objects.filter(pk=subscription.pk).update(soft_bounces=soft)


@transaction.atomic
def complained(mail: Mail | None, subscription_id: uuid.UUID | None) -> None:
    """Somebody called an issue spam: they get none any more."""
    if mail is not None and mail.kind == Mail.Kind.NEWSLETTER:
        count(mail, "complained")
        subscription = locked(normal_email=normal(mail.recipient))
        end(mail.recipient, subscription, Suppression.Reason.COMPLAINED, Form.COMPLAINT)
    elif mail is None and (subscription := locked(pk=subscription_id)):
        end(subscription.email, subscription, Suppression.Reason.COMPLAINED, Form.COMPLAINT)


@transaction.atomic
def left(subscription_id: uuid.UUID) -> None:
    """Somebody wrote to the address that ends this subscription: it ends, and they are told."""
    subscription = locked(pk=subscription_id)
    if subscription is not None:
        leave(subscription=subscription, form=Form.REPLY)
        mails.confirm_left(subscription, on=timezone.localdate())


def end(
    email: str, subscription: Subscription | None, reason: Suppression.Reason, form: Form
) -> None:
    """Ends a subscription, and keeps the newsletter away also where there is none any more."""
    if subscription is not None:
        leave(subscription=subscription, form=form)
        Subscription.objects.filter(pk=subscription.pk).update(soft_bounces=0)
    suppress(email=email, reason=reason)


def has_confirmed_since(subscription: Subscription | None, mail: Mail) -> bool:
    """Whether mail has arrived there since: they asked for the newsletter again, and confirmed."""
    confirmed = subscription.confirmed_at if subscription else None
    return confirmed is not None and confirmed > mail.created_at


def count(mail: Mail, column: str) -> None:
    """Counts one more with the issue that the mail was of."""
    number = mail.event.removeprefix(EVENT)
    if mail.event.startswith(EVENT) and number.isdecimal():
        Mailing.objects.filter(pk=int(number)).update(**{column: F(column) + 1})


def locked(**fields: object) -> Subscription | None:
    return Subscription.objects.select_for_update().filter(**fields).first()


def end_rows() -> None:
    """Ends the row of soft bounces of whoever got an issue since."""
    for subscription in Subscription.objects.filter(soft_bounces__gt=0).iterator():
        if newest_arrived(subscription.email):
            Subscription.objects.filter(pk=subscription.pk).update(soft_bounces=0)


def newest_arrived(email: str) -> bool:
    """Whether the newest issue that is old enough to tell did arrive."""
    issues = Mail.objects.filter(
        kind=Mail.Kind.NEWSLETTER,
        recipient=email,
        state=Mail.State.SENT,
        sent_at__lt=timezone.now() - ARRIVED_AFTER,
    )
    newest = issues.order_by("-sent_at").only("pk").first()
    return newest is not None and not newest.returns.exists()
