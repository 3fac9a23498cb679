"""The worker's task for pages."""

from django.core.management import call_command

from pluc.content.translating import drop_untranslated_plans


def publish_due() -> None:
    """Task, each minute: publishes and unpublishes what editors planned. May run twice."""
    drop_untranslated_plans()
    call_command("publish_scheduled", verbosity=0)
