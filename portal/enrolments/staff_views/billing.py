"""What is handed to the books."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _t
from wagtail.log_actions import log

from pluc.deeds import Done, Refused
from pluc.documents.spreadsheets import CONTENT_TYPE
from pluc.errors import or_not_found
from pluc.signed_in import SignedInRequest, for_staff
from pluc.staff_screens.exports import download
from portal.enrolments import exports, services
from portal.enrolments.permissions import may_bill
from portal.enrolments.queries import billing
from portal.enrolments.staff_views.screens import A_PAGE, BILLING


@for_staff(may_bill)
def billing_screen(request: SignedInRequest) -> HttpResponse:
    """What is ready for the books, and what they have had."""
    return BILLING.show(
        request,
        "billing",
        charges=billing.to_charge().count(),
        credits=billing.to_credit().count(),
        exports=billing.exports()[:A_PAGE],
    )


@for_staff(may_bill)
def export_billing(request: SignedInRequest) -> HttpResponse:
    def do() -> Done:
        if services.export_billing(by=request.user) is None:
            raise Refused(_t("There is nothing new for the books."))
        return Done(_t("Ready. Download it below; it stays here as it is."), reverse("billing"))

    return BILLING.deed(
        request,
        do,
        title=_t("Make an export"),
        question=_t(
            "%(charges)d to charge and %(credits)d to credit go into a file for the books, once."
        )
        % {"charges": billing.to_charge().count(), "credits": billing.to_credit().count()},
    )


@for_staff(may_bill)
def billing_file(request: SignedInRequest, export_id: int, kind: str) -> HttpResponse:
    export = or_not_found(billing.exports().filter(pk=export_id).first())
    if kind not in ("json", "xlsx"):
        raise Http404
    log(instance=export, action="enrolments.billing_file", user=request.user, title=str(export))
    if kind == "json":
        content = exports.billing_json(export_id)
        return download(content, f"billing-{export_id}.json", "application/json")
    return download(exports.billing_sheet(export_id), f"billing-{export_id}.xlsx", CONTENT_TYPE)
