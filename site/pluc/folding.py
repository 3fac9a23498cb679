"""One way in which names and addresses are compared and looked for (docs/decisions/0029).

What somebody typed is stored as typed, and shown so, but for signs that nobody sees (`clean_line`).
Whether two of them are the same is asked of `fold`; what finds and sorts a name is its `plain`
writing.
"""

import re
import unicodedata

# Signs that take no room (Unicode's Default_Ignorable_Code_Point), beside those of category Cf.
UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
# Marks that turn the direction of what follows: a name could end up looking like another one.
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Spaces of all widths; not what begins another line.
SPACES = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
APOSTROPHES = dict.fromkeys(
    map(ord, "\u2018\u2019\u201b\u02bb\u02bc\u02b9\u2032\u00b4`\uff07"), "'"
)
HYPHENS = dict.fromkeys(
    map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad\ufe63\uff0d"), "-"
)
HYPHENS[0x00AD] = ""  # a soft hyphen shows at the end of a line, and nowhere else
HYPHENATED = re.compile(r" ?- ?")
SIGNS = APOSTROPHES | HYPHENS
# Letters that Unicode does not take apart, as Dutch keyboards write them.
LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe"}
    | {"þ": "th", "ð": "d"}
)
# Full-width ASCII, and the full stops that a Japanese keyboard writes in a domain.
WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3002: ".", 0xFF61: "."}


def without_unseen(text: str) -> str:
    """Without the signs that nobody sees: zero-width spaces, joiners, marks of direction."""
    if text.isascii():  # has none of them
        return text
    return UNSEEN.sub("", "".join(sign for sign in text if unicodedata.category(sign) != "Cf"))


def clean_line(text: str) -> str:
    """What is typed on one line as it is stored: without signs that nobody sees, with letters and
    accents composed, and one plain space between words.

    Line breaks and marks of direction stay: whoever validates the line refuses them with a reason.
    """
    seen = "".join(sign for sign in text if sign in TURNING or unicodedata.category(sign) != "Cf")
    composed = unicodedata.normalize("NFC", UNSEEN.sub("", seen))
    return SPACES.sub(" ", composed).strip(" ")


def fold(text: str) -> str:
    """A name as it is compared: "Coën" composed or not, ’ or ', ĳ or ij, any hyphen, any case.

    Accents count: Coen and Coën are two. Folding twice is folding once.
    """
    signs = without_unseen(text).translate(SIGNS)
    small = unicodedata.normalize("NFD", signs).casefold()
    folded = HYPHENATED.sub("-", " ".join(unicodedata.normalize("NFKC", small).split()))
    return folded if folded == text else fold(folded)


def plain(text: str) -> str:
    """A name as it is found and sorted: folded, and without accents. Sørensen is "sorensen"."""
    apart = unicodedata.normalize("NFKD", fold(text))
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(bare.translate(LETTERS).split())


def clean_address(text: str) -> str:
    """An e-mail address as it is stored: without signs that nobody sees, in letters of one width.

    Only what cannot lead elsewhere is changed. A letter that merely looks like another one stays,
    and `pluc.mail_addresses.validate_address` refuses it (CVE-2019-19844).
    """
    return without_unseen(text).translate(WIDE).strip()


def clean_password(text: str) -> str:
    """A password as it is set and checked, however a keyboard composes it (NIST SP 800-63B)."""
    return unicodedata.normalize("NFKC", text)
