"""The mail that tells somebody who supplied their data (AVG 14). It invites to nothing."""

from django.utils import timezone, translation

from pluc.outbox.letters import post_letter
from pluc.outbox.models import Mail
from pluc.outbox.return_addresses import bounce_address
from pluc.periods import PLACE, in_words
from portal.accounts.mails import greeted
from portal.enrolments.models import Enrolment, Provenance


def tell_source(one: Provenance) -> None:
    """Posts the mail, once. Somebody without an address has to be told otherwise.

    Of the kind that is always sent: who is restricted has the same right to know, and no guard may
    keep the law's own notice away (docs/decisions/0047).
    """
    person, now = one.person, timezone.now()
    if not person.email:
        one.failed_at = now
        one.save(update_fields=["failed_at"])
        return
    with translation.override(person.language):
        kept_for = in_words(PLACE)
    mail = post_letter(
        template="enrolments/supplied",
        to=person.email,
        language=person.language,
        context={
            "first_name": greeted(person),
            "supplier_name": one.supplied_by,
            "supplied_at": one.supplied_at,
            "kept_for": kept_for,
        },
        event=one.event,
        kind=Mail.Kind.SECURITY,
        person_id=person.pk,
    )
    if mail:  # what comes back of it leads to this row (`pluc.outbox.mailbox`)
        Mail.objects.filter(pk=mail.pk).update(sender=bounce_address(mail.pk))
    one.mailed_at = now
    one.save(update_fields=["mailed_at"])


def tell_source_first(enrolment: Enrolment) -> None:
    """Before any other mail about a place reaches somebody who was supplied (AVG 14(3)(b))."""
    if enrolment.booking.supplied_by_id is None:
        return
    untold = Provenance.objects.untold().filter(person=enrolment.person_id, mailed_at=None)
    for one in untold.select_related("person"):
        tell_source(one)
