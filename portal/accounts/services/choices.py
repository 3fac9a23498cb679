"""What somebody chose, kept with its proof."""

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from legal.statements.queries import edition_in_force
from portal.accounts.models import NewsletterChoice, User
from portal.accounts.queries import wants_newsletter

# What a person agrees to: the forms show it word for word, and the proof keeps it.
NEWSLETTER_TEXT = _("Send me finance updates, with blogs, news and the current offer")


@transaction.atomic
def choose_newsletter(*, user: User, wants: bool, form: NewsletterChoice.Form) -> None:
    """Appends a choice with its proof (STANDARDS 2.8); nothing where it is the present one."""
    if wants == wants_newsletter(user=user):
        return
    NewsletterChoice.objects.create(
        user=user,
        wants=wants,
        form=form,
        text=str(NEWSLETTER_TEXT),
        edition=edition_in_force(get_language() or user.person.language),
    )
