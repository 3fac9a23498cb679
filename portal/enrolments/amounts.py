"""Amounts with their VAT, as the books want them."""

from dataclasses import dataclass
from decimal import Decimal

from portal.meetings.models import Vat
from portal.meetings.models.vat import RATE

CENT = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class Amount:
    """An amount in euros without VAT, the VAT over it, and its rate in per cent."""

    net: Decimal
    vat: Decimal
    rate: int

    @property
    def gross(self) -> Decimal:
        return self.net + self.vat


def amount_of(price: Decimal, vat: str) -> Amount:
    """A price as VAT applies to it (`Vat`). What is paid is `Vat.to_pay`, to the cent."""
    gross = Vat.to_pay(price, vat)
    if vat == Vat.EXEMPT:
        return Amount(net=gross, vat=Decimal("0.00"), rate=0)
    net = price if vat == Vat.ON_TOP else (gross * 100 / (100 + RATE)).quantize(CENT)
    return Amount(net=net, vat=gross - net, rate=RATE)
