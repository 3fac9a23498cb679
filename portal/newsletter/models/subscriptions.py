"""Who gets the newsletter, with the proof that they asked for it (STANDARDS 2.8, 2.10)."""

import secrets
import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pluc.mail_addresses import AddressField, validate_address

LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
TOKEN_BYTES = 24  # 192 bits: nobody guesses one (STANDARDS 2.4)


def new_token() -> str:
    """A token for an address on the site: opaque, and the same for ever."""
    return secrets.token_urlsafe(TOKEN_BYTES)


class Form(models.TextChoices):
    """Where somebody asked for the newsletter, left it, or changed something."""

    SITE = "site", _("the form on the site")
    REGISTRATION = "registration", _("registering")
    ACCOUNT = "account", _("the account")
    BACK_OFFICE = "back office", _("the back office")
    CONFIRMATION = "confirmation", _("the mail that asks to confirm")
    LINK = "link", _("the link in an issue")
    ONE_CLICK = "one click", _("the button of the mail program")
    REPLY = "reply", _("a mail to us")
    BOUNCE = "bounce", _("mail that came back")
    COMPLAINT = "complaint", _("a complaint to the mail server")


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def active(self) -> Self:
        """Those of people who asked for it themselves and did not leave."""
        return self.filter(state=Subscription.State.ACTIVE)

    def with_open_link(self, confirm_token: str) -> Self:
        """The one that this link still confirms."""
        return self.filter(confirm_token=confirm_token, confirm_until__gt=timezone.now())


class Subscription(models.Model):
    """One mailbox that gets the newsletter, asked for it, or left.

    An active one was confirmed by whoever reads the mailbox, later than it was asked for or at that
    moment: the database refuses any other (P21). Whoever leaves stays here as proof until the
    period of the proof is over; what keeps mail away from them after that is a `Suppression`.
    One who left and asks again is still one who left until they confirm.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("waits for confirmation")
        ACTIVE = "active", _("subscribed")
        LEFT = "left", _("left")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = AddressField(_("e-mail address"), validators=[validate_address])
    # The address as it is compared (`portal.newsletter.address_keys.normal`): one row per mailbox.
    normal_email = models.CharField(max_length=254, unique=True, editable=False)
    # Whose login has proven the mailbox, if one has.
    person = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("person"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=LANGUAGES,
        default="nl",
    )
    state = models.CharField(_("state"), max_length=6, choices=State, default=State.ASKED)
    # In the link of each issue: leaves, or changes the language, and nothing else.
    token = models.CharField(max_length=43, unique=True, default=new_token, editable=False)
    # In the link of the mail that asks to confirm: once, and until then.
    confirm_token = models.CharField(max_length=43, blank=True, db_index=True, editable=False)
    confirm_until = models.DateTimeField(null=True, editable=False)
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)
    # Failures of the last issues in a row that were not final.
    soft_bounces = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        permissions = [("manage_subscription", _("Can see and change subscriptions"))]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="active")
                | Q(confirmed_at__isnull=False, confirmed_at__gte=F("asked_at"), left_at=None),
                name="newsletter_active_is_opted_into",
            ),
            models.CheckConstraint(
                condition=Q(state="left") ^ Q(left_at=None), name="newsletter_left_at_some_time"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "id"], name="newsletter_audience"),
            models.Index(fields=["-asked_at", "id"], name="newsletter_newest_first"),
        ]

    def __str__(self) -> str:
        return self.state

    @property
    def waits_for_confirmation(self) -> bool:
        """Whether a mail is under way by which its reader can confirm."""
        return self.confirm_until is not None and self.confirm_until > timezone.now()


class SubscriptionStep(models.Model):
    """What happened to a subscription, when and by which form. Appended and frozen."""

    class Kind(models.TextChoices):
        ASKED = "asked", _("asked for it")
        CONFIRMED = "confirmed", _("confirmed it")
        LANGUAGE = "language", _("chose another language")
        LEFT = "left", _("left")
        RETURNED = "returned", _("came back at once")
        MOVED = "moved", _("went along to another address")

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    form = models.CharField(_("where"), max_length=12, choices=Form)
    # The sentence that was agreed to, word for word; empty where nothing was asked.
    text = models.TextField(_("what we asked"), blank=True)
    edition = models.ForeignKey(
        "statements.Edition", on_delete=models.PROTECT, related_name="+", null=True
    )
    # Why the back office did it, in its own words, and who.
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True
    )
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("step of a subscription")
        ordering = ["pk"]
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return self.kind
