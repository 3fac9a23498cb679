"""The one staff action: putting a version in force."""

import logging

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _t

from legal.statements.models import Edition, VersionPage
from legal.statements.permissions import may_put_in_force
from legal.statements.queries import drafts_of
from legal.statements.services import NotReady, obstacles, put_in_force
from pluc.documents.errors import DocumentNotMade
from pluc.staff_screens import require

logger = logging.getLogger(__name__)


def version_for(request: HttpRequest, page_id: int) -> VersionPage:
    """The version that this user may put in force. Raises `Http404` or `PermissionDenied`."""
    require(may_put_in_force, request)
    page = VersionPage.objects.filter(pk=page_id).first()
    if page is None:
        raise Http404
    return page


def confirm(request: HttpRequest, page_id: int) -> HttpResponse:
    """Shows what will be frozen and what stands in the way (GET), or does it (POST)."""
    page = version_for(request, page_id)
    if request.method == "POST":
        return put(request, page)
    drafts = drafts_of(page)
    context = {
        "page": page,
        "drafts": drafts,
        "obstacles": obstacles(drafts, today=timezone.localdate()),
        "editions": Edition.objects.filter(version=page.version).defer("pdf", "text", "html"),
    }
    return render(request, "wagtailadmin/statements/put_in_force.html", context)


def put(request: HttpRequest, page: VersionPage) -> HttpResponse:
    try:
        editions = put_in_force(page=page, by=request.user.pk)
    except NotReady as refusal:
        for reason in refusal.reasons:
            messages.error(request, reason)
        return redirect("statement_put_in_force", page.pk)
    except DocumentNotMade:
        logger.exception("No PDF of version page %s", page.pk)
        messages.error(request, _t("The PDF could not be made, so nothing has changed. Try again."))
        return redirect("statement_put_in_force", page.pk)
    day = date_format(editions[0].effective_from)
    messages.success(
        request, _t("Done: this version is frozen, and in force from %(d)s.") % {"d": day}
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)
