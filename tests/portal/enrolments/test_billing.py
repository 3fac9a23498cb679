"""What goes to the books, when, and once."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from portal.accounts.models import User
from portal.enrolments import exports, services
from portal.enrolments.models import BillingCodes, BillingExport, BillingLine, Enrolment
from portal.enrolments.queries.billing import Choice, to_charge, to_credit
from portal.enrolments.services.billing import ChangedSince, due
from portal.meetings.models import Meeting
from portal.meetings.services import cancel_meeting
from tests.enrolling import ADDRESS as ORDERED
from tests.enrolling import attendee, enrol, enrol_number
from tests.houses import House
from tests.planning import MeetingFactory, OrganisationFactory, in_days

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.either_database,
]
ADDRESS = "/beheer/facturatie/"


@pytest.fixture
def priced() -> Meeting:
    return MeetingFactory(price=Decimal("195.00"), day=in_days(3))


@pytest.fixture
def place(priced: Meeting) -> Enrolment:
    return enrol_number(priced, 1)


def after(meeting: Meeting) -> time_machine.travel:
    """The moment at which a meeting has begun."""
    assert meeting.starts_at is not None
    return time_machine.travel(meeting.starts_at + timedelta(minutes=1))


def billed(export: BillingExport | None) -> list[tuple[str, Decimal]]:
    assert export is not None
    return list(export.lines.values_list("kind", "amount"))


# --- What is charged, and when -------------------------------------------------------------------


def test_a_place_is_charged_once_its_meeting_has_begun(priced: Meeting, place: Enrolment):
    assert services.export_billing(by=None) is None
    with after(priced):
        assert billed(services.export_billing(by=None)) == [("charge", Decimal("195.00"))]


def test_what_is_free_offered_or_waited_for_is_never_charged(priced: Meeting):
    free = MeetingFactory(day=in_days(3))
    enrol_number(free, 1)
    Meeting.objects.filter(pk=priced.pk).update(capacity=1)
    first = enrol_number(priced, 1)
    enrol_number(priced, 2)
    services.cancel(enrolment_id=first.pk, by=None, as_staff=True)
    enrol_number(priced, 3)
    with after(priced):
        assert services.export_billing(by=None) is None


def test_who_cancels_in_time_pays_nothing():
    meeting = MeetingFactory(price=100, day=in_days(30))
    services.cancel(enrolment_id=enrol_number(meeting, 1).pk, by=None)
    with after(meeting):
        assert services.export_billing(by=None) is None


@pytest.mark.each_database
def test_who_cancels_too_late_is_charged_at_once(place: Enrolment):
    services.cancel(enrolment_id=place.pk, by=None)
    assert billed(services.export_billing(by=None)) == [("charge", Decimal("195.00"))]


def test_what_the_back_office_cancels_is_free(place: Enrolment, back_office: User):
    services.cancel(enrolment_id=place.pk, by=back_office, as_staff=True)
    assert services.export_billing(by=None) is None


def test_nobody_pays_for_a_meeting_that_was_cancelled(priced: Meeting, place: Enrolment):
    late = enrol_number(priced, 2)
    services.cancel(enrolment_id=late.pk, by=None)
    cancel_meeting(meeting_id=priced.pk, because="De spreker is ziek.", by=None)
    with after(priced):
        assert services.export_billing(by=None) is None


def test_who_was_charged_for_a_meeting_that_is_cancelled_gets_it_back(
    priced: Meeting, place: Enrolment
):
    services.cancel(enrolment_id=place.pk, by=None)
    assert billed(services.export_billing(by=None)) == [("charge", Decimal("195.00"))]
    cancel_meeting(meeting_id=priced.pk, because="De spreker is ziek.", by=None)
    assert billed(services.export_billing(by=None)) == [("credit", Decimal("-195.00"))]
    assert services.export_billing(by=None) is None


def test_a_moved_place_is_charged_once_on_its_new_date():
    old = MeetingFactory(price=100, day=in_days(30))
    new = MeetingFactory(course=old.course, price=100, day=in_days(60))
    services.move(enrolment_id=enrol_number(old, 1).pk, to_meeting_id=new.pk, by=None)
    with after(old):
        assert services.export_billing(by=None) is None
    with after(new):
        export = services.export_billing(by=None)
        assert billed(export) == [("charge", Decimal("100.00"))]
    assert BillingLine.objects.get().facts["meeting"] == new.code


def test_a_place_that_was_passed_on_is_charged_once_in_the_new_name(
    priced: Meeting, place: Enrolment
):
    services.substitute(enrolment_id=place.pk, attendee=attendee(9), by=None)
    with after(priced):
        assert billed(services.export_billing(by=None)) == [("charge", Decimal("195.00"))]
        assert services.export_billing(by=None) is None
    facts = BillingLine.objects.get().facts
    assert (facts["participant"], facts["email"]) == ("Guus Gast 9", "guus1@kantoor.example")


def test_what_was_charged_and_then_cancelled_by_hand_is_credited(
    priced: Meeting, place: Enrolment, back_office: User
):
    with after(priced):
        services.export_billing(by=None)
        services.cancel(enrolment_id=place.pk, by=back_office, as_staff=True)
        assert billed(services.export_billing(by=None)) == [("credit", Decimal("-195.00"))]
        assert services.export_billing(by=None) is None
    assert sum(line.amount for line in BillingLine.objects.all()) == 0


def test_each_of_a_booking_is_a_line_with_the_same_invoice_and_reference(priced: Meeting):
    partner = OrganisationFactory(is_partner=True)
    people = [attendee(n) for n in (1, 2)]
    enrol(priced, *people, reference="PO 2026-17", came_from_id=partner.pk)
    with after(priced):
        services.export_billing(by=None)
    facts = [line.facts for line in BillingLine.objects.all()]
    assert [one.pop("participant") for one in facts] == ["Guus Gast 1", "Guus Gast 2"]
    assert facts[0] == facts[1]
    assert facts[0]["reference"] == "PO 2026-17"
    assert facts[0]["partner"] == partner.name
    assert facts[0]["invoice_name"] == "Perenhof B.V."
    assert priced.course.title in facts[0]["description"]


def test_what_was_exported_stays_as_it_was(priced: Meeting, place: Enrolment):
    with after(priced):
        export = services.export_billing(by=None)
    assert export is not None
    before = exports.billing_json(export.pk)
    services.correct(enrolment_id=place.pk, attendee=attendee(8), by=None)
    Meeting.objects.update(price=1)
    assert exports.billing_json(export.pk) == before


# --- Once, and never changed ---------------------------------------------------------------------


@pytest.mark.each_database
@pytest.mark.parametrize("model", [BillingExport, BillingLine])
def test_the_database_refuses_to_change_or_delete_what_was_exported(
    priced: Meeting, place: Enrolment, model
):
    with after(priced):
        services.export_billing(by=None)
    table = model._meta.db_table
    column = "at" if model is BillingExport else "amount"
    for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert model.objects.count() == 1


@pytest.mark.each_database
@pytest.mark.parametrize(("model", "key"), [(BillingExport, "by"), (BillingLine, "enrolment")])
def test_what_was_exported_lets_go_of_who_it_was_and_of_nothing_else(
    priced: Meeting, place: Enrolment, back_office: User, model, key: str
):
    with after(priced):
        services.export_billing(by=back_office)
    row = model.objects.get()
    moment = row.kept_until + timedelta(days=1)
    for changes in ({key: None, "kept_until": moment}, {"kept_until": moment}, {f"{key}_id": 77}):
        refused(lambda changes=changes: model.objects.update(**changes))
    model.objects.update(**{key: None})
    refused(lambda: model.objects.update(**{f"{key}_id": getattr(row, f"{key}_id")}))
    refused(lambda: model.objects.all().delete())
    assert model.objects.filter(**{key: None}).count() == 1


def refused(action: Callable[[], Any]) -> None:
    with pytest.raises(DatabaseError, match=r"frozen|protected"), transaction.atomic():
        action()


def test_what_was_exported_goes_when_the_books_let_it_go(priced: Meeting, place: Enrolment):
    over = timezone.now() - timedelta(seconds=1)
    export = BillingExport.objects.create(kept_until=over)
    facts = {"kind": "charge", "amount": 195, "facts": {}, "enrolment": place}
    BillingLine.objects.create(export=export, kept_until=over, **facts).delete()
    export.delete()


# --- The files -----------------------------------------------------------------------------------


def rows_in(content: bytes) -> list[dict[str, Any]]:
    head, *rows = load_workbook(BytesIO(content)).active.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_spreadsheet_and_json_tell_the_same(priced: Meeting, place: Enrolment):
    BillingCodes.objects.create(debtor="13000", vat_exempt="0", ledger_exempt="8000")
    enrol_number(priced, 2)
    with after(priced):
        export = services.export_billing(by=None)
        today = timezone.localdate()
    assert export is not None
    told = json.loads(exports.billing_json(export.pk))
    assert told["export"] == export.pk
    book = load_workbook(BytesIO(exports.billing_sheet(export.pk)))
    assert book.sheetnames == [f"facturatie-{export.pk}"]
    sheet = rows_in(exports.billing_sheet(export.pk))
    names = dict(zip(sheet[0], (column.name for column in exports.BILLING), strict=True))
    for row, line in zip(sheet, told["lines"], strict=True):
        read = {names[head]: value for head, value in row.items()}
        assert {name: as_text(name, value) for name, value in read.items()} == {
            name: str(value) for name, value in line.items()
        } | {"kind": "Factuur"}
    assert {line["amount"] for line in told["lines"]} == {"195.00"}
    assert {line["date"] for line in told["lines"]} == {today.isoformat()}
    assert {(line["debtor"], line["vat_code"], line["ledger"]) for line in told["lines"]} == {
        ("13000", "0", "8000")
    }


def as_text(name: str, value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if name in ("amount", "net", "vat"):
        return f"{value:.2f}"
    return "" if value is None else str(value)


def test_the_spreadsheet_has_dutch_headings_real_dates_and_amounts_as_numbers(
    priced: Meeting, place: Enrolment
):
    with after(priced):
        export = services.export_billing(by=None)
    assert export is not None
    with translation.override("en"):
        head, row = load_workbook(BytesIO(exports.billing_sheet(export.pk))).active.iter_rows()
    cells = dict(zip((cell.value for cell in head), row, strict=True))
    amount, day = cells["Bedrag incl. btw"], cells["Datum bijeenkomst"]
    assert (amount.value, amount.data_type, amount.number_format) == (195, "n", "#,##0.00")
    assert (day.is_date, day.number_format) == (True, "dd-mm-yyyy")
    assert day.value.date() == priced.starts_on
    assert {"Soort", "Factuur aan", "Btw-code", "Grootboekrekening", "Debiteurnummer"} <= set(cells)
    assert cells["Postcode"].value == "3511 AB"


@pytest.mark.parametrize("name", ["=1+1", "=HYPERLINK(1)", "+31", "-2", "@SUM(A1)"])
def test_a_name_that_looks_like_a_formula_stays_text(priced: Meeting, name: str):
    enrol(priced, attendee(first_name=name, organisation=name))
    with after(priced):
        export = services.export_billing(by=None)
    assert export is not None
    for content in (exports.billing_sheet(export.pk), exports.people_list(priced)):
        sheet = load_workbook(BytesIO(content)).active
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} & {"f"} == set()
        assert any(str(cell.value or "").startswith(name) for cell in cells)


# --- The screen ----------------------------------------------------------------------------------


def test_the_back_office_exports_and_downloads(
    house: House, sign_in, back_office: User, priced: Meeting, place: Enrolment
):
    browser = sign_in(back_office)
    services.cancel(enrolment_id=place.pk, by=None)
    looked = browser.get(f"{ADDRESS}nieuw/")
    assert place.full_name in looked.text
    seen = looked.context["form"].initial
    assert seen == {"lines": 1, "total": Decimal("195.00")}
    assert not BillingExport.objects.exists(), "looking does nothing"
    assert browser.post(f"{ADDRESS}nieuw/", seen).status_code == 302
    export = BillingExport.objects.get()
    assert export.by == back_office
    entry = ModelLogEntry.objects.get(action="enrolments.export_billing")
    assert (entry.user, entry.data["lines"]) == (back_office, 1)
    assert browser.post(f"{ADDRESS}nieuw/", seen).status_code == 422
    assert BillingExport.objects.count() == 1, "nothing new is no export"
    page = browser.get(ADDRESS).text
    for kind in ("xlsx", "json"):
        path = f"{ADDRESS}{export.pk}.{kind}"
        assert path in page
        answer = browser.get(path)
        assert "no-store" in answer["Cache-Control"]
        assert answer["Content-Disposition"].startswith("attachment")
    assert browser.get(f"{ADDRESS}{export.pk + 1}.json").status_code == 404
    downloads = ModelLogEntry.objects.filter(action="enrolments.billing_file")
    assert set(downloads.values_list("user", "object_id")) == {(back_office.pk, str(export.pk))}
    assert downloads.count() == 2


@pytest.mark.parametrize("role", ["editor", "participant", "speaker", "contact"])
def test_nobody_else_bills(house: House, sign_in, role: str, place: Enrolment, request):
    browser = sign_in(request.getfixturevalue(role))
    export = BillingExport.objects.create()
    services.cancel(enrolment_id=place.pk, by=None)
    for path in (ADDRESS, f"{ADDRESS}{export.pk}.json", f"{ADDRESS}{export.pk}.xlsx"):
        assert browser.get(path).status_code != 200
    browser.post(f"{ADDRESS}nieuw/", {"lines": 1, "total": "195.00"})
    browser.post(f"{ADDRESS}codes/", {"debtor": "1"})
    assert not BillingCodes.objects.exists()
    assert BillingExport.objects.count() == 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_screen_costs_no_more_with_more_exports(
    sign_in, back_office: User, priced: Meeting, number: int, django_assert_max_num_queries
):
    for n in range(number):
        services.cancel(enrolment_id=enrol_number(priced, n).pk, by=None)
        services.export_billing(by=back_office)
    browser = sign_in(back_office)
    browser.get(ADDRESS)
    with django_assert_max_num_queries(12):
        browser.get(ADDRESS)


@pytest.mark.each_database
def test_what_waits_to_be_billed_is_counted(priced: Meeting, place: Enrolment):
    assert (to_charge().count(), to_credit().count()) == (0, 0)
    services.cancel(enrolment_id=place.pk, by=None)
    assert (to_charge().count(), to_credit().count()) == (1, 0)


# --- Choosing, and looking before ----------------------------------------------------------------


@pytest.mark.each_database
def test_only_the_chosen_meetings_go_along(sign_in, back_office: User):
    november, december = (
        MeetingFactory(price=price, day=day)
        for price, day in ((100, date(2026, 11, 30)), (200, date(2026, 12, 1)))
    )
    with time_machine.travel("2026-10-01 12:00:00+02:00"):
        for meeting in (november, december):
            enrol_number(meeting, 1)
    with time_machine.travel("2027-01-05 12:00:00+01:00"):
        amounts = {
            choice: due(choice).total
            for choice in (
                Choice(first=date(2026, 12, 1)),
                Choice(last=date(2026, 11, 30)),
                Choice(first=date(2026, 11, 30), last=date(2026, 12, 1)),
                Choice(meeting_id=november.pk),
                Choice(first=date(2027, 1, 1)),
            )
        }
        assert list(amounts.values()) == [200, 100, 300, 100, 0]
        browser = sign_in(back_office)
        query = {"first": "2026-12-01", "last": "2026-12-31", "meeting": ""}
        screen = reverse("export_billing", query=query)
        looked = browser.get(screen)
        assert looked.context["form"].initial == {"lines": 1, "total": 200}
        browser.post(screen, looked.context["form"].initial)
        assert list(BillingLine.objects.values_list("amount", flat=True)) == [200]
        wrong = browser.get(reverse("export_billing", query={"first": "31-12", "last": "x"}))
        assert wrong.status_code == 200
        assert not wrong.context["due"].lines


def test_what_changed_since_one_looked_is_not_exported(priced: Meeting, place: Enrolment):
    with after(priced):
        seen = (1, due().total)
        services.correct_invoice(
            booking_id=place.booking_id,
            address=ORDERED,
            reference="",
            by=User.objects.create_superuser("s@pluc.example", "x"),
            price=Decimal(1),
        )
        with pytest.raises(ChangedSince) as caught:
            services.export_billing(by=None, seen=seen)
        assert caught.value.sentence
    assert not BillingExport.objects.exists()


@pytest.mark.each_database
def test_codes_are_kept_and_copied_into_lines(
    sign_in, back_office: User, priced: Meeting, place: Enrolment
):
    browser = sign_in(back_office)
    services.cancel(enrolment_id=place.pk, by=None)
    assert "blijven die leeg" in browser.get(f"{ADDRESS}nieuw/").text
    for debtor in ("13000", "13001"):
        codes = {"debtor": debtor, "vat_exempt": "0", "ledger_exempt": "8000"}
        assert browser.post(f"{ADDRESS}codes/", codes).status_code == 302
        services.export_billing(by=back_office)
    assert BillingCodes.objects.get().debtor == "13001"
    facts = BillingLine.objects.get().facts
    assert (facts["debtor"], facts["vat_code"], facts["ledger"]) == ("13000", "0", "8000")
    assert ModelLogEntry.objects.filter(action="enrolments.keep_codes").count() == 2


@pytest.mark.parametrize(
    ("vat", "expected"),
    [
        ("exempt", ("100.00", "100.00", "0.00", 0, "vrij")),
        ("included", ("100.00", "82.64", "17.36", 21, "hoog")),
        ("on top", ("121.00", "100.00", "21.00", 21, "hoog")),
    ],
)
def test_each_treatment_of_vat_has_its_amounts_and_codes(vat: str, expected: tuple[Any, ...]):
    BillingCodes.objects.create(vat_exempt="vrij", vat_taxed="hoog")
    meeting = MeetingFactory(price=Decimal("100.00"), vat=vat, day=in_days(3))
    services.cancel(enrolment_id=enrol_number(meeting, 1).pk, by=None)
    services.export_billing(by=None)
    line = BillingLine.objects.get()
    told = [line.facts[name] for name in ("net", "vat", "vat_rate", "vat_code")]
    assert (f"{line.amount:.2f}", *told) == expected


# --- What a client bought ------------------------------------------------------------------------


@pytest.mark.each_database
@pytest.mark.parametrize(("per", "amount"), [("person", 300), ("meeting", 150)])
def test_what_a_client_bought_is_charged_to_them_once_it_has_begun(per: str, amount: int):
    client = OrganisationFactory(is_client=True, invoice_street="Laan 1", invoice_city="Ede")
    meeting = MeetingFactory(
        format="in-company", client=client, price=150, price_is_for=per, day=in_days(3)
    )
    people = [enrol_number(meeting, number) for number in (1, 2, 3)]
    services.cancel(enrolment_id=people[0].pk, by=None, as_staff=True)
    assert services.export_billing(by=None) is None
    with after(meeting):
        assert billed(services.export_billing(by=None)) == [("charge", Decimal(amount))]
        assert services.export_billing(by=None) is None
    line = BillingLine.objects.get()
    assert (line.meeting, line.enrolment) == (meeting, None)
    assert (line.facts["invoice_name"], line.facts["invoice_city"]) == (client.name, "Ede")
    assert ("2 personen" in line.facts["description"]) is (per == "person")
    cancel_meeting(meeting_id=meeting.pk, because="De spreker is ziek.", by=None)
    assert billed(services.export_billing(by=None)) == [("credit", Decimal(-amount))]
    assert services.export_billing(by=None) is None
