"""The planning in the staff screens: looking, writing, and the steps in a meeting's life."""

from portal.meetings.staff_views.screens import SCREENS, screen_of

__all__ = ["SCREENS", "screen_of"]
