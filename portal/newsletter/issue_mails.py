"""The test copy of an issue, to the colleague who asks for it."""

from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.translation import gettext as _t

from pluc.outbox.models import Mail
from pluc.outbox.services import post
from portal.accounts.models import User
from portal.newsletter.links import newsletter_address
from portal.newsletter.models.mailings import LEAVE
from portal.newsletter.rendering import Rendered


def send_copy(*, mail: Rendered, to: User, event: str) -> None:
    """Posts an issue in one language to a colleague, as it would arrive.

    It holds no token: its link to leave leads to the newsletter's page.
    """
    leads_to = newsletter_address(mail.language)
    with translation.override(mail.language):
        subject = _t("Test copy: %(subject)s") % {"subject": mail.subject or _t("no subject yet")}
    message = EmailMultiAlternatives(subject, mail.text.replace(LEAVE, leads_to), to=[to.email])
    message.attach_alternative(mail.html.replace(LEAVE, leads_to), "text/html")
    post(
        message=message,
        event=event,
        template="newsletter/test",
        kind=Mail.Kind.SERVICE,
        person_id=to.person_id,
    )
