"""The messages of an issue, made by the outbox as they go (`pluc.outbox.bulk`)."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from django.conf import settings
from django.utils import timezone

from pluc.outbox.bulk import Standing
from pluc.outbox.models import Mail
from portal.newsletter.finishing import Cast, cast
from portal.newsletter.models import Mailing
from portal.newsletter.queries.audience import Recipient, recipients_at
from portal.newsletter.queries.mailings import mailing_of_event, texts_of

TEMPLATE = "newsletter/issue"
DEFAULT = "nl"
NOBODY = Recipient(subscription=uuid.UUID(int=0), email="", language=DEFAULT, token="-")  # noqa: S106  no token
STANDINGS = {
    Mailing.State.SENDING: Standing.GOES,
    Mailing.State.PAUSED: Standing.PAUSED,
    Mailing.State.STOPPED: Standing.STOPPED,
}


class IssueComposer:
    """Makes the mails of an issue for whoever gets the newsletter at that moment."""

    def standing(self, event: str) -> Standing:
        """Nothing goes without a key: who left could not be known (STANDARDS 2.6, 2.13)."""
        mailing = mailing_of_event(event)
        standing = STANDINGS.get(Mailing.State(mailing.state)) if mailing else Standing.STOPPED
        if standing is Standing.GOES and not settings.SUPPRESSION_KEYS:
            return Standing.WAITS
        return standing or Standing.WAITS

    def compose(self, event: str, mails: Sequence[Mail]) -> Mapping[uuid.UUID, Callable[[], bytes]]:
        casts = casts_of(event)
        recipients = recipients_at(mail.recipient for mail in mails)
        now = timezone.now()
        return {
            mail.pk: partial(
                casts.get(to.language, casts[DEFAULT]).message_to, to, mail_id=mail.pk, at=now
            )
            for mail in mails
            if (to := recipients.get(mail.recipient)) is not None
        }

    def show(self, mail: Mail) -> bytes:
        """As it went to this address, but for the token that ends a subscription."""
        texts = list(texts_of(mail.event))
        if not texts:
            return b""
        text = next((one for one in texts if one.subject == mail.subject), texts[0])
        reader = Recipient(NOBODY.subscription, mail.recipient, text.language, NOBODY.token)
        return cast(text).message_to(reader, mail_id=mail.pk, at=mail.sent_at or timezone.now())


def casts_of(event: str) -> dict[str, Cast]:
    """An issue in each of its languages."""
    return {text.language: cast(text) for text in texts_of(event)}
