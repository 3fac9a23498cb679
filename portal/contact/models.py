"""What people write to the back office by the contact form (P04)."""

from typing import ClassVar, Self
from urllib.parse import quote

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pluc.mail_addresses import AddressField
from pluc.moments import moment_of
from pluc.typed_lines import LineField
from portal.accounts.plain_text import validate_plain_line


class ContactMessageQuerySet(models.QuerySet["ContactMessage"]):
    def without_answer(self) -> Self:
        """Those that wait for an answer: see `ContactMessage.state`."""
        return self.filter(answered_at=None, spam_at=None)

    def answered(self) -> Self:
        return self.filter(answered_at__isnull=False, spam_at=None)

    def spam(self) -> Self:
        return self.filter(spam_at__isnull=False)

    def new_first(self) -> Self:
        """Those without an answer, then the rest; the newest on top of each."""
        is_done = models.ExpressionWrapper(
            Q(answered_at__isnull=False) | Q(spam_at__isnull=False),
            output_field=models.BooleanField(),
        )
        return self.order_by(is_done, F("received_at").desc())


class ContactMessage(models.Model):
    """One message. Who writes gets no `Person` record."""

    class Topic(models.TextChoices):
        COURSES = "courses", _("A course or an enrolment")
        IN_COMPANY = "in company", _("A course at my company")
        DATA = "data", _("My data")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        OPEN = "open", _("new")
        ANSWERED = "answered", _("answered")
        SPAM = "spam", _("spam")

    name = LineField(_("name"), max_length=100, validators=[validate_plain_line])
    email = AddressField(_("e-mail address"))
    phone = LineField(
        _("phone number"), max_length=30, blank=True, validators=[validate_plain_line]
    )
    topic = models.CharField(_("subject"), max_length=12, choices=Topic, blank=True)
    text = models.TextField(_("message"), max_length=5000)
    language = models.CharField(max_length=2)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    # When its sender was told that we have it; empty where they were told of another just before.
    confirmed_at = models.DateTimeField(null=True)
    # No date: it waits for an answer.
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True
    )
    # Who is at it, so that no two colleagues answer.
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True
    )
    spam_at = models.DateTimeField(_("marked as spam"), null=True)
    # Of address, text and time: what is sent twice at the same moment is stored once.
    fingerprint = models.CharField(max_length=64, unique=True)

    objects = ContactMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [models.Index(fields=["received_at"], name="contact_by_time")]
        default_permissions: ClassVar[tuple[str, ...]] = ()
        permissions = [("read_message", _("Can read and answer messages"))]

    def __str__(self) -> str:
        return moment_of(self.received_at)

    @property
    def state(self) -> str:
        """Spam is spam, answered or not."""
        if self.spam_at is not None:
            return self.State.SPAM
        return self.State.OPEN if self.answered_at is None else self.State.ANSWERED

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state == self.State.OPEN

    @property
    def reply_link(self) -> str:
        """A `mailto:` for the colleague who answers (RFC 6068: only the `@` stays as it is)."""
        return f"mailto:{quote(self.email, safe='@')}"


class MessageStep(models.Model):
    """What a colleague did with a message, with the answer or the note that they wrote."""

    class Kind(models.TextChoices):
        ANSWER = "answer", _("answered by mail")
        MARKED = "marked", _("marked as answered")
        REOPENED = "reopened", _("opened again")
        TAKEN = "taken", _("took it on")
        LET_GO = "let go", _("let it go")
        NOTE = "note", _("noted")
        SPAM = "spam", _("marked as spam")
        NO_SPAM = "no spam", _("is no spam")

    message = models.ForeignKey(
        ContactMessage, on_delete=models.CASCADE, related_name="steps", verbose_name=_("message")
    )
    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    text = models.TextField(_("text"), max_length=5000, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True
    )

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["at", "id"]
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return str(self.get_kind_display())
