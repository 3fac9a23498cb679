"""What a mail is made of. Each element has its form as text, and a template for HTML.

A mail's template fills in one `Letter` by the tags of `mail_tags`; both parts of the message are
made from it, so they say the same. Nothing in it is escaped: `parts/page.html` does that.
"""

import re
from dataclasses import dataclass, field
from typing import ClassVar

EMPTY_LINES = re.compile(r"\n\s*\n")
SPACES = re.compile(r"[ \t\r\n]+")  # no-break spaces stay: they hold an amount together


def one_line(text: object) -> str:
    """A text without line breaks and repeated spaces. Plain, so that HTML escapes it."""
    return SPACES.sub(" ", f"{text}").strip()


def by_paragraph(text: object) -> list[str]:
    """What somebody typed, parted where lines are empty; other line breaks stay."""
    lines = "\n".join(one_line(line) for line in f"{text}".splitlines())
    return [part.strip() for part in EMPTY_LINES.split(lines) if part.strip()]


@dataclass(frozen=True)
class Paragraph:
    """A few sentences; line breaks are kept."""

    html: ClassVar = "mails/parts/paragraph.html"
    text: str

    @property
    def may_hold_addresses(self) -> bool:
        """Whether HTML looks for addresses to make links of, which takes its time."""
        return any(sign in self.text for sign in ("@", "://", "www."))


@dataclass(frozen=True)
class Quote(Paragraph):
    """What somebody typed whose mailbox nobody has proven: nothing in it becomes a link."""

    html: ClassVar = "mails/parts/quote.html"


@dataclass(frozen=True)
class Facts:
    """Names and values, one a line."""

    html: ClassVar = "mails/parts/facts.html"
    lines: list[tuple[str, str]]

    @property
    def text(self) -> str:
        return "\n".join(f"{name}: {value}" for name, value in self.lines)


@dataclass(frozen=True)
class Link:
    """Where something can be read or done; as text the address stands on a line of its own."""

    html: ClassVar = "mails/parts/link.html"
    label: str
    address: str

    @property
    def text(self) -> str:
        return f"{self.label}:\n{self.address}"


class Button(Link):
    """The one thing to do; in HTML the address stands below it as well."""

    html: ClassVar = "mails/parts/button.html"


Element = Paragraph | Facts | Link


@dataclass(slots=True)
class Letter:
    """A mail in one language, before it is made into text and HTML. Elements are in order."""

    subject: str = ""
    preheader: str = ""
    heading: str = ""
    why: str = ""
    elements: list[Element] = field(default_factory=list)

    def add_fact(self, name: str, value: str) -> None:
        """Adds a line to the facts that were added last, or begins new ones."""
        last = self.elements[-1] if self.elements else None
        if not isinstance(last, Facts):
            last = Facts([])
            self.elements.append(last)
        last.lines.append((name, value))
