"""What this room, the foundation below it and the libraries hold of people."""

from legal.rights.personal_data import (
    editing,
    foundation,
    own,
    signing_in,
    staff_screens,
    without_people,
)

__all__ = ["editing", "foundation", "own", "signing_in", "staff_screens", "without_people"]
