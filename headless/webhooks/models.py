"""Endpoints of others that are told of changes, and each message that they are told by."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from pluc.typed_lines import LineField

ADDRESS_AT_MOST = 500  # characters
ATTEMPTS_KEPT = 50  # of each message, the last ones


class Event(models.TextChoices):
    """What endpoints are told of. The values stand in the messages: receivers rely on them."""

    PAGE_PUBLISHED = "page.published", _("a page was published, or published again")
    PAGE_UNPUBLISHED = "page.unpublished", _("a page is no longer public")
    PAGE_DELETED = "page.deleted", _("a public page was deleted")
    PAGE_MOVED = "page.moved", _("a page has another address")
    MEETING_CHANGED = "meeting.changed", _("a meeting is new, or changed")
    MEETING_CANCELLED = "meeting.cancelled", _("a meeting is cancelled")
    STATEMENT_IN_FORCE = "statement.in_force", _("another privacy statement is in force")
    TEST = "webhook.test", _("a test")


# What somebody chooses from; a test goes to every endpoint.
CHOSEN = tuple((one.value, one.label) for one in Event if one != Event.TEST)


class Endpoint(models.Model):
    """An address of somebody else's program, told of changes by signed messages."""

    class State(models.TextChoices):
        ACTIVE = "active", _("active")
        # By a colleague: what happens meanwhile waits.
        PAUSED = "paused", _("paused")
        # By the software, since it answered nothing for days: it is told of nothing more.
        DISABLED = "disabled", _("switched off")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = LineField(_("name"), max_length=80, help_text=_("Whose it is, and what it is for."))
    address = models.CharField(_("address"), max_length=ADDRESS_AT_MOST)
    events = models.JSONField(default=list)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.ACTIVE)
    # Encrypted (`headless.webhooks.signing`); the former one signs as well until it ends.
    secret = models.TextField()
    former_secret = models.TextField(blank=True)
    former_until = models.DateTimeField(null=True, blank=True)
    # Attempts that failed since the last one that succeeded, and since when.
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True, blank=True)
    # After a failure nothing is tried for a while, whichever message it was.
    rests_until = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True
    )

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name", "id"]
        default_permissions: ClassVar[tuple[str, ...]] = ()
        permissions = [("manage_webhooks", _("Can manage webhooks"))]

    def __str__(self) -> str:
        return self.name


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def open(self) -> Self:
        """Those of which it is not settled yet what becomes of them."""
        return self.filter(state__in=[Delivery.State.WAITING, Delivery.State.SENDING])

    def due_at(self, moment: datetime) -> Self:
        """Those that may be sent now: none before an earlier one about the same object."""
        earlier = Delivery.objects.open().filter(
            endpoint=OuterRef("endpoint"), subject=OuterRef("subject"), pk__lt=OuterRef("pk")
        )
        awake = Q(endpoint__rests_until=None) | Q(endpoint__rests_until__lte=moment)
        waiting = self.filter(state=Delivery.State.WAITING, due_at__lte=moment)
        active = waiting.filter(awake, endpoint__state=Endpoint.State.ACTIVE)
        return active.filter(~Exists(earlier))


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One call, as a message keeps it: the status of the answer, and why it failed."""

    at: datetime
    status: int | None
    reason: str

    @property
    def reason_in_words(self) -> str:
        return str(Delivery.Reason(self.reason).label) if self.reason else ""


class Delivery(models.Model):
    """One message to one endpoint: its row stands in the same transaction as its cause.

    The number (`id`) is the order in which things happened. A message keeps its `message_id` and
    its body, however often it is tried.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        DELIVERED = "delivered", _("delivered")
        GIVEN_UP = "given up", _("given up")

    class Reason(models.TextChoices):
        """Why an attempt failed."""

        ANSWER = "answer", _("The endpoint answered that it failed.")
        REDIRECT = "redirect", _("The endpoint leads on to another address, which is not followed.")
        TIME = "time", _("The endpoint took too long.")
        CONNECTION = "connection", _("No connection, or it broke off.")
        CERTIFICATE = "certificate", _("Its certificate is not valid for this name.")
        UNKNOWN_NAME = "unknown name", _("Its name leads to no machine.")
        NOT_PUBLIC = "not public", _("Its name leads to a machine in a private network.")
        NO_SECRET = "no secret", _("Its secret cannot be read any more: make a new one.")

    message_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=20, choices=Event)
    # The object that it is about, such as "page:12": its messages arrive in order.
    subject = models.CharField(max_length=60)
    body = models.TextField()
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    # Since it was told of, or was last sent again.
    attempts = models.PositiveSmallIntegerField(default=0)
    # Every attempt that came to something, also from before it was sent again: see `Attempt`.
    history = models.JSONField(default=list)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=12, choices=Reason, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook message")
        verbose_name_plural = _("webhook messages")
        ordering = ["-pk"]
        default_permissions: ClassVar[tuple[str, ...]] = ()
        indexes = [
            models.Index(fields=["state", "due_at"], name="headless_webhooks_due"),
            models.Index(fields=["endpoint", "subject", "state"], name="headless_webhooks_order"),
            models.Index(fields=["created_at"], name="headless_webhooks_age"),
        ]

    def __str__(self) -> str:
        return f"{self.event} ({self.state})"

    @property
    def event_in_words(self) -> str:
        return str(capfirst(self.get_event_display()))

    @property
    def tried(self) -> list["Attempt"]:
        """The attempts and what each came to, the first one first."""
        return [Attempt(**{**one, "at": parse_datetime(one["at"])}) for one in self.history]

    @property
    def times_tried(self) -> int:
        return len(self.history)

    @property
    def name(self) -> str:
        """As the header `webhook-id` has it: the same at each attempt."""
        return f"msg_{self.message_id.hex}"


class Known(models.Model):
    """What endpoints know of an object: what is different from it now is what they are told.

    A page that is not public has no address here. The statement has its version.
    """

    subject = models.CharField(primary_key=True, max_length=60)
    value = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return self.subject
