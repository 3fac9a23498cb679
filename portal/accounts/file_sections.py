"""What this room, and those below it, put in the file of a person: mails and disclosures."""

from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from legal.rights.models import Disclosure
from pluc.language import in_active_language
from pluc.outbox.models import Mail
from pluc.outbox.permissions import may_read
from portal.accounts.files import SECTIONS, Line, Section
from portal.accounts.models import Person
from portal.accounts.permissions import may_see_people


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
    return [Line(at=one.at, text=text_of(one), state=str(one.get_kind_display())) for one in found]


def text_of(disclosure: Disclosure) -> str:
    """To whom, what, and about which meeting, in the active language."""
    about = in_active_language(disclosure.about, disclosure.about_en)
    what = ", ".join(filter(None, [_t(disclosure.data) if disclosure.data else "", about]))
    return f"{disclosure.to_whom}: {what}"


def add_sections() -> None:
    """When the site starts."""
    SECTIONS.append(
        Section(
            order=20,
            title=_("Mails"),
            icon="mail",
            empty=_("Nothing was mailed."),
            may=may_read,
            lines=mails,
        )
    )
    SECTIONS.append(
        Section(
            order=40,
            title=_("What was shown to whom"),
            icon="view",
            empty=_("Nobody outside was shown anything."),
            may=may_see_people,
            lines=disclosures,
        )
    )
