"""What is handed to the books."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_POST

from pluc.documents.spreadsheets import CONTENT_TYPE
from pluc.staff_screens import require
from portal.enrolments import exports, permissions, services
from portal.enrolments.queries import billing
from portal.enrolments.staff_views.screens import A_PAGE, download, screen


def billing_screen(request: HttpRequest) -> HttpResponse:
    """What is ready for the books, and what they have had."""
    require(permissions.may_bill, request)
    return screen(
        request,
        "billing",
        _t("Billing"),
        charges=billing.to_charge().count(),
        credits=billing.to_credit().count(),
        exports=billing.exports()[:A_PAGE],
    )


@require_POST
def export_billing(request: HttpRequest) -> HttpResponse:
    user = require(permissions.may_bill, request)
    made = services.export_billing(by=user)
    if made is None:
        messages.warning(request, _t("There is nothing new for the books."))
    else:
        messages.success(request, _t("Ready. Download it below; it stays here as it is."))
    return redirect("billing")


def billing_file(request: HttpRequest, export_id: int, kind: str) -> HttpResponse:
    require(permissions.may_bill, request)
    if kind not in ("json", "xlsx") or not billing.exports().filter(pk=export_id).exists():
        raise Http404
    if kind == "json":
        content = exports.billing_json(export_id)
        return download(content, f"billing-{export_id}.json", "application/json")
    return download(exports.billing_sheet(export_id), f"billing-{export_id}.xlsx", CONTENT_TYPE)
