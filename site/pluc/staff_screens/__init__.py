"""The kit for a room's screens among Wagtail's (docs/a-new-room.md)."""
