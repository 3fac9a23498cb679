"""How a deed of a colleague is told to the people it is about, and which mails it would post."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from pluc.outbox.models import Mail


@dataclass(frozen=True, kw_only=True)
class Telling:
    """By mail or not (a typo is nobody's news), and with which reason, by language."""

    by_mail: bool = True
    reasons: dict[str, str] = field(default_factory=dict)

    def reason_in(self, language: str) -> str:
        """Word for word as it was typed; nothing where it was not typed in this language."""
        return self.reasons.get(language, "")


BY_MAIL = Telling()


@dataclass(frozen=True)
class Posted:
    """A mail that was just posted, and the language that it is in."""

    mail: Mail
    language: str


@dataclass(frozen=True, kw_only=True)
class Untold:
    """What nobody mails, for there is no address: a colleague says it on the phone."""

    name: str
    phone: str
    what: str

    def __str__(self) -> str:
        who = f"{self.name} ({self.phone})" if self.phone else self.name
        return f"{who}: {self.what}"


@dataclass
class Heard:
    """What a deed mailed, and what it leaves to be told by phone."""

    posted: list[Posted] = field(default_factory=list)
    untold: list[Untold] = field(default_factory=list)


_heard: ContextVar[Heard | None] = ContextVar("heard", default=None)


@contextmanager
def heard_meanwhile() -> Iterator[Heard]:
    """What is mailed within, and what cannot be."""
    heard = Heard()
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)


def hear(mail: Mail, language: str) -> None:
    """Notes a posted letter for whoever listens (`heard_meanwhile`)."""
    heard = _heard.get()
    if heard is not None:
        heard.posted.append(Posted(mail, language))


def hear_untold(untold: Untold) -> None:
    """Notes what cannot be mailed for whoever listens."""
    heard = _heard.get()
    if heard is not None:
        heard.untold.append(untold)
