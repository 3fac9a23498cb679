"""Prices in words, each with how VAT applies to it, in the active language."""

from decimal import Decimal

from django.utils.translation import gettext as _t

from portal.meetings.models import Meeting, Vat
from portal.meetings.models.vat import RATE
from portal.meetings.wording import euros


def with_vat(amount: Decimal, vat: str) -> str:
    """€ 195,00, vrijgesteld van btw; where VAT comes on top also what is to be paid."""
    told = {"amount": euros(amount), "rate": RATE}
    if vat == Vat.ON_TOP:
        told["total"] = euros(Vat.to_pay(amount, vat))
        return _t("%(amount)s, excluding %(rate)s%% VAT (%(total)s including VAT)") % told
    if vat == Vat.INCLUDED:
        return _t("%(amount)s, including %(rate)s%% VAT") % told
    return _t("%(amount)s, exempt from VAT") % told


def price_of(meeting: Meeting) -> str:
    """What a place costs, in full, or that it is free; nothing for what a client pays."""
    if meeting.format == Meeting.Format.IN_COMPANY:
        return ""
    return with_vat(meeting.price, meeting.applied_vat) if meeting.price else _t("free")


def price_in_a_list(meeting: Meeting) -> str:
    """The same, for a line of a list: € 195,00 btw-vrij."""
    if not meeting.price or meeting.format == Meeting.Format.IN_COMPANY:
        return price_of(meeting)
    short = {
        Vat.ON_TOP: _t("%(amount)s excl. VAT"),
        Vat.INCLUDED: _t("%(amount)s incl. VAT"),
    }.get(Vat(meeting.applied_vat), _t("%(amount)s VAT exempt"))
    return short % {"amount": euros(meeting.price)}
