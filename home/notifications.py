"""Who is mailed about a review: each once."""

from typing import Any

from wagtail.models import WorkflowState
from wagtail.signals import workflow_submitted

# By which Wagtail knows its own receiver of the signal.
ITS_OWN = "workflow_state_submitted_email_notification"


def told_by_the_task(**kwargs: Any) -> None:
    """Mails nobody. Who approves, superusers included, hears of it by the first task.

    Wagtail mails superusers for the workflow as well, so that each would have two mails, and one
    about what they submitted themselves.
    """


def mail_once() -> None:
    """Takes the place of Wagtail's receiver: who comes first under its name stays."""
    workflow_submitted.connect(told_by_the_task, sender=WorkflowState, dispatch_uid=ITS_OWN)
