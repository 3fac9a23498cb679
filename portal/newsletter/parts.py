"""What an issue's mail is made of. Each part has its form as text, and a template for HTML.

They stand beside those of every mail (`pluc.outbox.elements`), whose button an issue uses too.
"""

from dataclasses import dataclass, field
from typing import ClassVar, Protocol

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t

from portal.newsletter.pictures import Shown
from portal.newsletter.plain import as_text


class Part(Protocol):
    """Anything that stands in an issue."""

    html: ClassVar[str]

    @property
    def text(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Heading:
    """What stands above a section."""

    html: ClassVar[str] = "mails/parts/newsletter/heading.html"
    label: str

    @property
    def text(self) -> str:
        return f"{self.label}\n{'=' * len(self.label)}"


@dataclass(frozen=True, kw_only=True)
class Prose:
    """What an editor wrote; its links are absolute."""

    html: ClassVar[str] = "mails/parts/newsletter/prose.html"
    source: SafeString

    @property
    def text(self) -> str:
        return as_text(self.source)


@dataclass(frozen=True, kw_only=True)
class Photo:
    """A picture, with what to know for who does not see it."""

    html: ClassVar[str] = "mails/parts/newsletter/photo.html"
    picture: Shown
    alt: str
    caption: str = ""

    @property
    def text(self) -> str:
        described = _t("[Picture: %(alt)s]") % {"alt": self.alt} if self.alt else ""
        return "\n".join(part for part in (described, self.caption) if part)


@dataclass(frozen=True, kw_only=True)
class Story:
    """A post of the blog: what it is about, and where to read it."""

    html: ClassVar[str] = "mails/parts/newsletter/story.html"
    title: str
    intro: str
    address: str
    level: int
    picture: Shown | None = None
    alt: str = ""

    @property
    def text(self) -> str:
        said = [self.title, self.intro, _t("Read on:") + f"\n{self.address}"]
        return "\n".join(part for part in said if part)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A meeting in words: what, which day, and the facts that one decides by."""

    title: str
    day: str
    facts: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Dates:
    """Meetings to come, and where all of them stand."""

    html: ClassVar[str] = "mails/parts/newsletter/dates.html"
    lines: list[Line]
    more: str
    more_address: str
    level: int

    @property
    def text(self) -> str:
        lines = [f"{one.title}\n{one.day}\n{one.facts}\n{one.address}" for one in self.lines]
        return "\n\n".join([*lines, f"{self.more}:\n{self.more_address}"])


@dataclass(kw_only=True)
class IssueLetter:
    """An issue in one language, before it is made into text and HTML. Parts are in order.

    Nothing in it is escaped but what an editor wrote as rich text: the templates do that.
    """

    subject: str
    preheader: str
    heading: str
    why: str
    elements: list[Part] = field(default_factory=list)
