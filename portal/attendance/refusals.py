"""Why a mark is not taken. No sentence holds a name: it can stand on a screen at the door."""

from django.utils.translation import gettext as _t

from pluc.deeds import Refused


class MarkRefused(Refused):
    """`why` is the sentence, in the active language."""


def not_here() -> MarkRefused:
    return MarkRefused(_t("This mark is of another meeting, or of a session that is gone."))


def not_listed() -> MarkRefused:
    return MarkRefused(
        _t("This person has no place in this meeting any more. Add them as a walk-in.")
    )


def cancelled() -> MarkRefused:
    return MarkRefused(_t("This meeting is cancelled."))


def final() -> MarkRefused:
    return MarkRefused(
        _t("The attendance of this meeting is final already. Ask the back office to open it again.")
    )


def closed() -> MarkRefused:
    return MarkRefused(
        _t("The time of this mark is not near the hours of this session. Look at your clock.")
    )


def to_come() -> MarkRefused:
    return MarkRefused(_t("The time of this mark is still to come."))


def corrected() -> MarkRefused:
    return MarkRefused(_t("That mark was corrected meanwhile. Load the page again."))


def not_yours() -> MarkRefused:
    return MarkRefused(
        _t("Only who made a mark can undo it, within a minute. The back office can correct it.")
    )


def used() -> MarkRefused:
    return MarkRefused(_t("Another mark was sent under this number. Mark this person again."))


def malformed() -> MarkRefused:
    return MarkRefused(_t("This mark cannot be read. Mark this person again."))
