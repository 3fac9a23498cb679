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


_heard: ContextVar[list[Posted] | None] = ContextVar("heard", default=None)


@contextmanager
def posted_meanwhile() -> Iterator[list[Posted]]:
    """The list of letters that are posted within."""
    heard: list[Posted] = []
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)


def hear(mail: Mail, language: str) -> None:
    """Notes a posted letter for whoever listens (`posted_meanwhile`)."""
    heard = _heard.get()
    if heard is not None:
        heard.append(Posted(mail, language))
