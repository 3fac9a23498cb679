"""The worker's task for pages."""

from django.core.management import call_command


def publish_due() -> None:
    """Task, each minute: publishes and unpublishes what editors planned. May run twice."""
    call_command("publish_scheduled", verbosity=0)
