"""What the worker does about subscriptions. It may run twice with one effect."""

from portal.newsletter.services import subscribing


def look_at(asking_id: str) -> None:
    """Task: mails whoever was named on the site. The key of a row, never an address."""
    subscribing.look_at(asking_id=asking_id)
