"""What the worker does for webhooks. Each may run twice with one effect."""

from headless.webhooks.services import noticing, sending

# Besides, one call may take `calling.DEADLINE`: mail must not wait longer for a slow receiver.
SECONDS = 5


def send_told() -> None:
    """Task, when something was told: sends what is due."""
    sending.send_for(SECONDS)


def keep_telling() -> None:
    """Task, each minute: looks for what no signal told, and sends what is due."""
    noticing.look_everywhere()
    sending.recover()
    sending.seal_anew()
    sending.send_for(SECONDS)
