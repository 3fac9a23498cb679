"""Values that middleware and views leave on a request or a response for others, by type."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Left(Generic[T]):
    """A value that is left under a name, which templates read as `request.<name>`.

    `default` is what is read where nothing was left; without one, reading raises `AttributeError`.
    """

    def __init__(self, name: str, *default: T) -> None:
        self.name = name
        self.default = default

    def put(self, place: object, value: T) -> T:
        setattr(place, self.name, value)
        return value

    def read(self, place: object) -> T:
        value: T = getattr(place, self.name, *self.default)
        return value

    def once(self, place: object, make: Callable[[], T]) -> T:
        """What was left; where nothing was, what `make` makes now."""
        return self.read(place) if hasattr(place, self.name) else self.put(place, make())
