"""What a service of the statement refuses."""

from pluc.deeds import Refused


class NotReady(Refused):
    """The version cannot be put in force; `reasons` are sentences for the editor."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons
