"""The buttons of a webhook: a test, pausing it, letting it go on, deleting it."""

from django.utils.translation import gettext_lazy as _

from headless.webhooks.models import Endpoint
from headless.webhooks.services import endpoints
from pluc.staff_screens.deeds import RowDeed

State = Endpoint.State

DEEDS: tuple[RowDeed[Endpoint], ...] = (
    RowDeed(
        slug="hervatten",
        label=_("Let it go on"),
        question=_("What waits is sent at once, in the order in which it happened."),
        done=_("It goes on: what waited is on its way."),
        is_open=lambda user, one: one.state != State.ACTIVE,
        do=endpoints.go_on,
    ),
    RowDeed(
        slug="proef",
        label=_("Send a test"),
        question=_("It gets a message that says that it is a test."),
        done=_("The test is on its way. Load this page again to see what became of it."),
        is_open=lambda user, one: one.state == State.ACTIVE,
        do=endpoints.send_test,
    ),
    RowDeed(
        slug="pauzeren",
        label=_("Pause"),
        question=_("It gets nothing until somebody lets it go on. What happens meanwhile waits."),
        done=_("Paused."),
        is_open=lambda user, one: one.state == State.ACTIVE,
        do=endpoints.pause,
    ),
    RowDeed(
        slug="verwijderen",
        label=_("Delete"),
        question=_("It is told of nothing more, and its messages are gone for good."),
        done=_("The webhook is gone."),
        is_open=lambda user, one: True,
        do=endpoints.remove,
        leaves_nothing=True,
    ),
)
