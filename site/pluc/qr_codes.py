"""QR codes as SVG that stands in a page: black on white in any scheme, as cameras want it."""

import segno


def qr_svg(text: str) -> str:
    """The code of a text, as an `<svg>` element that takes the size of what it stands in."""
    code = segno.make(text, error="m")
    svg: str = code.svg_inline(scale=5, border=4, dark="#000", light="#fff", omitsize=True)
    return svg
