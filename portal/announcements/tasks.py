"""What the worker does for announcements. Each may run twice with one effect."""

from portal.announcements import services
from portal.announcements.queries import unfinished


def post(announcement_id: int) -> None:
    """Task: posts the first mails of an announcement that was just approved."""
    services.post_chunk(announcement_id=announcement_id)


def post_more() -> None:
    """Task, each minute: posts the next mails of every announcement that is being sent."""
    for announcement_id in unfinished():
        services.post_chunk(announcement_id=announcement_id)
