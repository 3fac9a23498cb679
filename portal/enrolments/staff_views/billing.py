"""What is handed to the books: what is due, the export, and the codes that go with it."""

from decimal import Decimal
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _t
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from pluc.deeds import Done, Refused, posted
from pluc.documents.spreadsheets import CONTENT_TYPE
from pluc.errors import or_not_found
from pluc.signed_in import SignedInRequest, for_staff
from pluc.staff_screens.exports import download
from portal.enrolments import exports, services
from portal.enrolments.forms.billing import ChoiceForm, CodesForm, ExportForm
from portal.enrolments.permissions import may_bill
from portal.enrolments.queries import billing
from portal.enrolments.services.billing import Due, due
from portal.enrolments.staff_views.screens import A_PAGE, BILLING

MOST_SHOWN = 200  # lines of a preview; the sums are of all


@for_staff(may_bill)
def billing_screen(request: SignedInRequest) -> HttpResponse:
    """What may be chosen for the books, and what they have had."""
    codes = HeaderButton(_t("Codes for the books"), reverse("billing_codes"), icon_name="cogs")
    meetings = billing.meetings_to_bill()
    return BILLING.show(
        request,
        "billing",
        header_buttons=[codes],
        form=ChoiceForm(meetings=meetings),
        number=len(meetings),
        exports=billing.exports()[:A_PAGE],
    )


@for_staff(may_bill)
def export_billing(request: SignedInRequest) -> HttpResponse:
    """The lines of the chosen meetings, then the export of exactly those."""
    chosen = ChoiceForm(request.GET, meetings=billing.meetings_to_bill())
    is_clear = chosen.is_valid()
    found = due(chosen.choice) if is_clear else Due()
    form = ExportForm(posted(request), initial={"lines": len(found.lines), "total": found.total})

    def do() -> Done:
        seen = (form.cleaned_data["lines"], form.cleaned_data["total"])
        if services.export_billing(by=request.user, choice=chosen.choice, seen=seen) is None:
            raise Refused(nothing())
        return Done(_t("Ready. Download it below; it stays here as it is."), reverse("billing"))

    return BILLING.deed(
        request,
        do,
        form=form,
        template="export",
        title=_t("Make an export"),
        chosen=chosen,
        due=found,
        shown=found.lines[:MOST_SHOWN],
        left_out=max(len(found.lines) - MOST_SHOWN, 0),
        charged=sum_of(found, "charge"),
        credited=sum_of(found, "credit"),
        action=f"{request.path}?{urlencode(request.GET)}",
        lacks=lacking(found),
        why_not=[] if found.lines else [nothing()],
    )


def nothing() -> str:
    return _t("There is nothing new for the books.")


def sum_of(found: Due, kind: str) -> Decimal:
    return sum((line.amount for line in found.of_kind(kind)), Decimal(0))


def lacking(found: Due) -> list[str]:
    """What the file will lack: said before it is made, for it cannot be changed after."""
    facts = [line.facts for line in found.lines]
    lacks = []
    if any(not one.get(name) for one in facts for name in ("vat_code", "ledger", "debtor")):
        lacks.append(_t("Some codes for the books are not filled in; the file leaves them empty."))
    if without := sorted({one["invoice_name"] for one in facts if not one["invoice_street"]}):
        lacks.append(_t("Without an invoice address: %(names)s.") % {"names": ", ".join(without)})
    return lacks


@for_staff(may_bill)
def billing_codes(request: SignedInRequest) -> HttpResponse:
    form = CodesForm(posted(request), instance=billing.codes_for_books())

    def do() -> Done:
        services.keep_codes(codes=form.instance, by=request.user)
        return Done(_t("Saved. Exports from now on have these codes."), reverse("billing"))

    return BILLING.deed(
        request,
        do,
        form=form,
        title=_t("Codes for the books"),
        question=_t(
            "They stand in each line of an export. Ask whoever keeps the books what they are; what"
            " was exported before stays as it was."
        ),
        button=_t("Save"),
    )


@for_staff(may_bill)
def billing_file(request: SignedInRequest, export_id: int, kind: str) -> HttpResponse:
    export = or_not_found(billing.exports().filter(pk=export_id).first())
    if kind not in ("json", "xlsx"):
        raise Http404
    log(instance=export, action="enrolments.billing_file", user=request.user, title=str(export))
    if kind == "json":
        content = exports.billing_json(export_id)
        return download(content, f"facturatie-{export_id}.json", "application/json")
    return download(exports.billing_sheet(export_id), f"facturatie-{export_id}.xlsx", CONTENT_TYPE)
