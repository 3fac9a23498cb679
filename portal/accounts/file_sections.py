"""What this room, and those below it, put in the file of a person: mails and disclosures."""

from django.urls import reverse

from legal.rights.models import Disclosure
from pluc.outbox.models import Mail
from portal.accounts.files import Line
from portal.accounts.models import Person


def mails(person: Person, most: int) -> list[Line]:
    """What we mailed about this person, the newest first."""
    found = Mail.objects.filter(person=person.pk).defer("message").order_by("-created_at")
    return [
        Line(
            at=mail.created_at,
            text=mail.subject,
            state=str(mail.get_state_display()),
            url=reverse("outbox_mail", args=[mail.pk]),
        )
        for mail in found[:most]
    ]


def disclosures(person: Person, most: int) -> list[Line]:
    """Who outside was shown data of this person, and which, the newest first."""
    found = Disclosure.objects.filter(person=person.pk)[:most]
    return [
        Line(at=one.at, text=f"{one.to_whom}: {one.data}", state=str(one.get_kind_display()))
        for one in found
    ]
