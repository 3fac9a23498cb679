"""The code of a printed page: eight letters, to be typed, and the same in a QR code.

It is no secret: with it, only colleagues who may take attendance anyway find the page. Seventeen
letters at eight places are seven thousand million codes, so that none is met by chance.
"""

import secrets

# Nothing that looks like something else, in print or in handwriting: no B, I, L, O, Q, S, U, V, Z.
LETTERS = "ACDEFGHJKMNPRTWXY"
LENGTH = 8
# What a QR code of ours begins with: there may be others on a photograph.
MARK = "PLUC-"


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def cleaned(typed: str) -> str:
    """The code that somebody typed, in capitals and without spaces; nothing where it is none."""
    code = "".join(sign for sign in typed.upper() if sign.isalnum())
    return code if len(code) == LENGTH and set(code) <= set(LETTERS) else ""


def code_in(content: str) -> str:
    """The code that a QR code holds; nothing where it is none of ours."""
    return cleaned(content.removeprefix(MARK)) if content.startswith(MARK) else ""


def in_groups(code: str) -> str:
    """As it stands on paper: JHMF PCCD."""
    return f"{code[:4]} {code[4:]}"


def drawn(code: str) -> str:
    """A QR code as SVG, without a margin. A quarter of it may be creased, wet or written over."""
    import segno  # what reads photographs does without

    symbol = segno.make_qr(MARK + code, error="q", boost_error=False)
    return str(symbol.svg_inline(border=0, omitsize=True))
