"""Amounts with their VAT, as an invoice tells them."""

from dataclasses import dataclass
from decimal import Decimal

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


def with_vat(price: Decimal, *, rate: int, is_included: bool) -> Amount:
    """A price with the VAT of `rate` per cent that it includes, or that comes on top of it."""
    if is_included:
        net = (price * 100 / (100 + rate)).quantize(CENT)
        return Amount(net=net, vat=price - net, rate=rate)
    return Amount(net=price, vat=(price * rate / 100).quantize(CENT), rate=rate)
