"""What the worker does for enrolments. Each may run twice with one effect."""

from portal.enrolments import services


def keep_places_moving() -> None:
    """Task, each minute: passes on offers and holds whose time is over."""
    services.lapse_offers()
    services.release_holds()


def post_reminders() -> None:
    """Task, hourly: reminds participants two days before their meeting."""
    services.post_reminders()
