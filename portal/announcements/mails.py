"""The one mail of this room, in each of its uses."""

import uuid
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils import timezone, translation

from pluc.outbox.letters import post_letter, surroundings, written
from pluc.outbox.models import Mail
from portal.accounts.mails import greeted
from portal.accounts.models import User
from portal.announcements.models import Announcement

TEMPLATE = "announcements/announcement"


def announce(*, announcement: Announcement, address: EmailAddress) -> Mail | None:
    """Posts an announcement to one account holder, in their language, once.

    It is of the kind that is always sent: whom the law makes us tell something (that the company
    changed hands, that the statement changes) must hear it, a restricted person too (P26, P34).
    """
    person = address.user.person
    return post_letter(
        template=TEMPLATE,
        to=address.email,
        language=person.language,
        context=context_of(announcement, person.language) | {"first_name": greeted(person)},
        event=f"announcement:{announcement.pk}",
        kind=Mail.Kind.SECURITY,
        person_id=person.pk,
    )


def send_copies(*, announcement: Announcement, to: User) -> None:
    """Posts a test copy in each language to a colleague."""
    event = f"announcement-test:{announcement.pk}:{uuid.uuid4()}"
    about_test = {"is_test": True, "first_name": greeted(to.person)}
    for language, _ in settings.LANGUAGES:
        post_letter(
            template=TEMPLATE,
            to=to.email,
            language=language,
            context=context_of(announcement, language) | about_test,
            event=f"{event}:{language}",
            person_id=to.person_id,
        )


def preview(*, announcement: Announcement, language: str) -> tuple[str, str]:
    """Subject and text of the mail as it will arrive."""
    context = context_of(announcement, language) | surroundings(language)
    with translation.override(language), timezone.override(settings.TIME_ZONE):
        message = written(TEMPLATE, context, to=settings.BACK_OFFICE_ADDRESS, headers=None)
    return str(message.subject), str(message.body)


def context_of(announcement: Announcement, language: str) -> dict[str, Any]:
    """What the template shows of it in a language: its subject and its text."""
    return {
        "announcement_subject": announcement.subject_in(language),
        "text": announcement.text_in(language),
    }
