"""The one staff action: putting a version in force."""

import logging

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from legal.statements.models import Edition, VersionPage
from legal.statements.permissions import may_put_in_force
from legal.statements.queries import drafts_of
from legal.statements.services import NotReady, obstacles, put_in_force
from pluc.deeds import Done
from pluc.documents.errors import DocumentNotMade
from pluc.errors import or_not_found
from pluc.signed_in import SignedInRequest, for_staff
from pluc.staff_screens.screens import Screens

logger = logging.getLogger(__name__)

SCREENS = Screens(
    folder="statements",
    title=_("Pages"),
    icon="check",
    start="wagtailadmin_explore_root",
    may=may_put_in_force,
)


@for_staff(may_put_in_force)
def confirm(request: SignedInRequest, page_id: int) -> HttpResponse:
    """Shows what will be frozen and what stands in the way (GET), or does it (POST)."""
    page = or_not_found(VersionPage.objects.filter(pk=page_id).first())
    drafts = drafts_of(page)

    def do() -> Done:
        try:
            edition = put_in_force(page=page, by=request.user.pk)[0]
        except DocumentNotMade as error:
            logger.exception("No PDF of version page %s", page.pk)
            why = _t("The PDF could not be made, so nothing has changed. Try again.")
            raise NotReady([why]) from error
        day = date_format(edition.effective_from)
        told = _t("Done: this version is frozen, and in force from %(d)s.") % {"d": day}
        return Done(told, reverse("wagtailadmin_explore", args=[page.get_parent().pk]))

    return SCREENS.deed(
        request,
        do,
        template="put_in_force",
        title=_t("Put in force"),
        question=_t(
            "The latest text in every language is frozen: text, tables as they are now, and PDF. "
            "Nobody can change it afterwards; a correction is a new version."
        ),
        back=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        drafts=drafts,
        editions=Edition.objects.filter(version=page.version).defer("pdf", "text", "html"),
        why_not=obstacles(drafts, today=timezone.localdate()),
    )
