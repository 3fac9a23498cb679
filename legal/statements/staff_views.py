"""The statement's staff screens: its versions, starting the next one, putting it in force."""

import logging

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from legal.statements.drafting import bring_along, start_version, translate_pieces
from legal.statements.errors import NotReady
from legal.statements.forms import NewVersionForm, PiecesForm
from legal.statements.listing import untranslated_of, versions_to_list
from legal.statements.models import Edition, VersionPage
from legal.statements.permissions import may_put_in_force
from legal.statements.pieces import same_in_both
from legal.statements.queries import drafts_of, newest_put_in_force
from legal.statements.readiness import cure_for, obstacles
from legal.statements.services import put_in_force
from pluc.deeds import Done, posted
from pluc.documents.errors import DocumentNotMade
from pluc.errors import or_not_found
from pluc.signed_in import SignedInRequest, for_staff
from pluc.staff_screens.screens import Screens

logger = logging.getLogger(__name__)

SCREENS = Screens(
    folder="statements",
    title=_("Privacy statement"),
    icon="doc-full",
    start="statement_list",
    may=may_put_in_force,
)


@for_staff(may_put_in_force)
def versions(request: SignedInRequest) -> HttpResponse:
    """All versions with their date and state, those that are being written first."""
    return SCREENS.show(request, "versions", lines=versions_to_list())


@for_staff(may_put_in_force)
def start(request: SignedInRequest) -> HttpResponse:
    """Starts a version from the newest one, in every language."""
    form = NewVersionForm(posted(request))

    def do() -> Done:
        page = start_version(by=request.user, typed=form.typed)
        told = _t(
            "This is the new version, with the texts of the one before it and their translations. "
            "Change what is new, save, and put it in force."
        )
        return Done(told, reverse("wagtailadmin_pages:edit", args=[page.pk]))

    return SCREENS.deed(
        request,
        do,
        title=_t("New version"),
        button=_t("Start the version"),
        template="new_version",
        form=form,
        last=newest_put_in_force().values(),
    )


@for_staff(may_put_in_force)
def confirm(request: SignedInRequest, page_id: int) -> HttpResponse:
    """Shows what will be frozen, what it lacks and what stands in the way (GET); POST does it.

    What lacks a translation is translated here. One button mends languages that do not go together.
    """
    page = or_not_found(VersionPage.objects.filter(pk=page_id).first())
    drafts = drafts_of(page)
    pieces = untranslated_of(page, drafts)
    form = PiecesForm(posted(request), pieces=pieces)
    here = reverse("statement_put_in_force", args=[page.pk])

    def do() -> Done:
        if "cure" in request.POST:
            bring_along(page=page, by=request.user)
            return Done(_t("Both languages go together now."), here)
        if form.known:
            translate_pieces(page=page, by=request.user, known=form.known)
        if "store" in request.POST:
            return Done(_t("The translations are saved."), here)
        return Done(freeze(page, by=request.user.pk), reverse("statement_list"))

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
        form=form,
        drafts=drafts,
        alike=alike(drafts, leaving_out={piece.text for piece in pieces}),
        cure=cure_for(drafts),
        editions=Edition.objects.filter(version=page.version).defer("pdf", "text", "html"),
        why_not=obstacles(drafts, today=timezone.localdate()),
    )


def alike(drafts: dict[str, VersionPage], *, leaving_out: set[str]) -> list[str]:
    """The texts that read the same in all languages, but for those that are known to lack."""
    one, *others = drafts.values()
    found = (text for other in others for text in same_in_both(one, other))
    return [text for text in dict.fromkeys(found) if text not in leaving_out]


def freeze(page: VersionPage, *, by: int) -> str:
    """Puts a version in force; returns what is said then. Raises `NotReady`."""
    try:
        edition = put_in_force(page=page, by=by)[0]
    except DocumentNotMade as error:
        logger.exception("No PDF of version page %s", page.pk)
        why = _t("The PDF could not be made, so nothing has changed. Try again.")
        raise NotReady([why]) from error
    day = date_format(edition.effective_from)
    return _t("Done: this version is frozen, and in force from %(d)s.") % {"d": day}
