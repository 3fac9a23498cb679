"""What cannot be done with material, each with a sentence that says what to do."""

from pluc.deeds import Refused


class MaterialError(Refused):
    """Material that is not there any more, or not as it was."""


class NotTaken(Refused):
    """A file that is not taken, and why."""

    field = "uploads"
