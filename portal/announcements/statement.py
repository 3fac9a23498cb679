"""A material change of the privacy statement proposes an announcement (STANDARDS 4.5)."""

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _t

from legal.statements.models import Edition
from pluc.links import PUBLIC_URLCONF, site_address
from portal.accounts.models import User
from portal.announcements.services import Texts, write


def propose(editions: list[Edition]) -> None:
    """Writes a draft about editions that were put in force just now, if they are material.

    Whoever put them in force counts as its writer, so somebody else approves it. What was in force
    before today is past announcing: that is an archive being filled.
    """
    by_language = {edition.language: edition for edition in editions}
    dutch, english = by_language["nl"], by_language["en"]
    if not dutch.is_material or dutch.effective_from < timezone.localdate():
        return
    texts = Texts(
        subject=subject_for(dutch),
        text=text_for(dutch),
        subject_en=subject_for(english),
        text_en=text_for(english),
    )
    write(texts=texts, by=User.objects.filter(pk=dutch.put_in_force_by or 0).first())


def subject_for(edition: Edition) -> str:
    with translation.override(edition.language):
        day = date_format(edition.effective_from)
        return _t("Our privacy statement changes on %(day)s") % {"day": day}


def text_for(edition: Edition) -> str:
    """What changes, from when, and where the new text stands."""
    with translation.override(edition.language):
        kwargs = {"version": edition.version}
        path = reverse("statement_version", urlconf=PUBLIC_URLCONF, kwargs=kwargs)
        paragraphs = [
            _t("We change our privacy statement. The new version is in force from %(day)s.")
            % {"day": date_format(edition.effective_from)},
            _t("What changes: %(summary)s") % {"summary": edition.summary},
            _t("Read the new version: %(address)s") % {"address": site_address(path)},
            _t("You need not do anything. Any questions? Just answer this mail."),
        ]
    return "\n\n".join(paragraphs)
