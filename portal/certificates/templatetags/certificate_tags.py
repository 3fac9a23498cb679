"""What stands on a certificate besides words."""

from decimal import Decimal

import segno
from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _t

from portal.meetings.wording import hours

register = template.Library()


@register.simple_tag
def qr_code(address: str) -> SafeString:
    """The address as a QR code, drawn within the document; who cannot see it hears what it is."""
    words = _t("Code that leads to %(address)s") % {"address": address}
    symbol = segno.make_qr(address, error="m", boost_error=False)
    drawing = symbol.svg_inline(
        border=3, dark="#2f1225", light="#fff", omitsize=True, title=words, encoding="utf-8"
    )
    return mark_safe(drawing)  # noqa: S308  drawn here, of our own address


@register.filter
def pe_hours(number: Decimal) -> str:
    """4 PE-uren, in the active language."""
    return hours(number)
