"""How many mails to many may leave within a minute: all together, and to one domain.

Large mailboxes refuse, or slow down, who sends them much at once. A minute is one of the clock: the
worker sends what fits in it, and goes on in the next (`NEWSLETTER_RATE`, `NEWSLETTER_DOMAIN_RATE`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Value
from django.db.models.functions import StrIndex, Substr

from pluc.outbox.models import Mail, MailQuerySet

NO_LIMIT = 1_000_000


@dataclass(frozen=True)
class Room:
    """What fits in the minute: so many mails, and the numbers that went to each domain."""

    mails: int
    gone: dict[str, int]

    def left_for(self, domain: str) -> int:
        rate = settings.NEWSLETTER_DOMAIN_RATE
        return rate - self.gone.get(domain, 0) if rate else NO_LIMIT

    def for_open_domains(self, mails: MailQuerySet) -> MailQuerySet:
        """Without mails to domains that had theirs."""
        for domain in self.gone:
            if self.left_for(domain) <= 0:
                mails = mails.exclude(mailbox__endswith=f"@{domain}")
        return mails

    def too_many(self, mails: Sequence[Mail]) -> list[Mail]:
        """Those of a batch that are over, for their domain."""
        seen: dict[str, int] = {}
        over = []
        for mail in mails:
            domain = mail.mailbox.rpartition("@")[2]
            seen[domain] = seen.get(domain, 0) + 1
            if seen[domain] > self.left_for(domain):
                over.append(mail)
        return over


def room_at(now: datetime) -> Room:
    """What fits in the minute of `now`. One query, by an index; none where nothing is limited."""
    if not (settings.NEWSLETTER_RATE or settings.NEWSLETTER_DOMAIN_RATE):
        return Room(NO_LIMIT, {})
    minute = now.replace(second=0, microsecond=0)
    tried = Mail.objects.filter(kind=Mail.Kind.NEWSLETTER, claimed_at__gte=minute)
    domain = Substr("mailbox", StrIndex("mailbox", Value("@")) + 1)
    counted = tried.exclude(state=Mail.State.WITHHELD).values_list(domain).order_by()
    gone = dict(counted.annotate(number=Count("pk")))
    rate = settings.NEWSLETTER_RATE or NO_LIMIT
    return Room(max(0, rate - sum(gone.values())), gone)
