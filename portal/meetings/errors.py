"""What can be wrong with a meeting. Each error says what to do, in the active language."""

from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from pluc.deeds import Refused


class MeetingError(Refused):
    """A change of a meeting that is refused."""


class SessionEndsBeforeStart(MeetingError):
    field = "sessions"

    @property
    def sentence(self) -> str:
        return _t("A session ends before it starts. Look at its times again.")


class SessionsOverlap(MeetingError):
    field = "sessions"

    @property
    def sentence(self) -> str:
        return _t("Two sessions overlap. Let one end before the next begins.")


class SessionInUse(MeetingError):
    """One that people are marked in, or whose list was printed: accreditation asks for those."""

    field = "sessions"

    @property
    def sentence(self) -> str:
        return _t(
            "In a session that you take away people were marked, or its list was printed. It stays:"
            " change its times instead."
        )


class InThePast(MeetingError):
    field = "sessions"

    @property
    def sentence(self) -> str:
        return _t("This day is over. Choose one that is still to come.")


class BreakTooLong(MeetingError):
    field = "sessions"

    @property
    def sentence(self) -> str:
        return _t("A break lasts as long as its session. Shorten the break.")


class SchemeTwice(MeetingError):
    field = "accreditations"

    @property
    def sentence(self) -> str:
        return _t("A scheme stands here twice. Keep one row of each.")


class CapacityTooLow(MeetingError):
    """Fewer places than are taken."""

    field = "capacity"

    def __init__(self, taken: int) -> None:
        self.taken = taken

    @property
    def sentence(self) -> str:
        return ngettext(
            "%(n)d place is taken. Cancel or move somebody first.",
            "%(n)d places are taken. Choose at least that many, or cancel or move people first.",
            self.taken,
        ) % {"n": self.taken}


class ClientMissing(MeetingError):
    field = "client"

    @property
    def sentence(self) -> str:
        return _t("An in-company meeting is for a client. Choose which.")


class PartnerMissing(MeetingError):
    field = "partner"

    @property
    def sentence(self) -> str:
        return _t("Choose the partner whom this meeting is for.")


class WrongState(MeetingError):
    """A step in a meeting's life that cannot be taken now; `why` is the sentence."""

    field = "state"

    def __init__(self, why: str) -> None:
        self.why = why

    @property
    def sentence(self) -> str:
        return self.why


class IsDefinite(MeetingError):
    """A definite meeting that would lose its time or its place."""

    field = "sessions"

    @property
    def sentence(self) -> str:
        return _t("This meeting is definite. Give it a session and a place, or take it back first.")


class CodeTaken(MeetingError):
    field = "code"

    @property
    def sentence(self) -> str:
        return _t("Another meeting has this code. Choose one that is free.")


class NothingToCopy(MeetingError):
    @property
    def sentence(self) -> str:
        return _t("This meeting has no session yet, so there are no times to copy. Add one first.")
