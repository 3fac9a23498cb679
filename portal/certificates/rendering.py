"""Certificates as PDF: many in one layout, each a file of its own (docs/decisions/0046)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _t

from pluc.documents.pdf import render_pages
from pluc.documents.readings import printed, reading_of
from pluc.links import PUBLIC_URLCONF, site_address
from portal.certificates.facts import Facts

# Letters of a name up to which each size is used: one line, two, three.
SIZES = ((26, ""), (44, "long"), (110, "longer"))
LONG_COURSE = 76
TYPEFACE = "serif"  # of names
# Letters in all, above which everything is set small.
MUCH = 520


@dataclass(frozen=True, kw_only=True)
class Printed:
    """One certificate as the template prints it."""

    id: UUID
    facts: Facts
    issued_at: dt.datetime

    @property
    def address(self) -> str:
        return verification_address(self.id, language=self.facts.language)

    @property
    def issued(self) -> str:
        return formats.date_format(timezone.localdate(self.issued_at), "j F Y")

    @property
    def name(self) -> str:
        """In Latin letters where our typefaces cannot write it: a certificate holds no boxes."""
        return reading_of(self.facts.name, family=TYPEFACE) or printed(self.facts.name)

    @property
    def speakers(self) -> str:
        return ", ".join(self.facts.speakers)

    @property
    def title(self) -> str:
        return f"{_t('Certificate of participation')}: {self.facts.name}, {self.facts.course}"

    @property
    def classes(self) -> str:
        """By how long its words are: all of them stand on one page."""
        sizes = (size for most, size in SIZES if len(self.name) <= most)
        name = next(sizes, None)
        if name is None or len(self.facts.in_words) > MUCH:
            return "full"
        course = "long-course" if len(self.facts.course) > LONG_COURSE else ""
        return f"{name} {course}".strip()


def verification_address(certificate: UUID, *, language: str) -> str:
    """Where anybody can ask whether a certificate is in force."""
    with translation.override(language):
        path = reverse("certificate", urlconf=PUBLIC_URLCONF, args=[certificate])
    return site_address(path)


def render(certificates: Sequence[Printed], *, language: str) -> list[bytes]:
    """The PDF of each, unsigned; all in one language. Raises `DocumentNotMade`."""
    with translation.override(language):
        titles = [one.title for one in certificates]
    context = {
        "certificates": certificates,
        "language": language,
        "provider": certificates[0].facts.provider,
    }
    return render_pages("certificates/certificate.html", context, titles=titles, language=language)
