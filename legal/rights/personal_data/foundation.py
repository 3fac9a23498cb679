"""Mail, pages, pictures, tasks: what the rooms below this one keep."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from legal.rights.personal_data.editing import staff_work
from legal.rights.registry import (
    Address,
    Anonymise,
    Basis,
    Delete,
    Group,
    Recipient,
    Retention,
    Source,
    Unlinked,
    not_personal,
    not_personal_tables,
    personal,
)
from pluc import periods
from pluc.outbox.models import Mail

# What still waits, or is being sent, is not done with.
AFTER_WRITING = Retention(
    period=periods.MAIL,
    fact=_("the mail was written"),
    fields=("created_at",),
    only=~Q(
        state__in=[Mail.State.WAITING, Mail.State.PAUSED, Mail.State.TAKEN, Mail.State.SENDING]
    ),
)

personal(
    "outbox.Mail",
    # Who shares your mailbox has mails of their own: those carry the key of that person.
    owner=("person", Address(field="recipient", unless="person")),
    title=_("E-mails"),
    group=Group.MAIL,
    purpose=_("To reach you, and to be able to see that a mail arrived."),
    basis=Basis.CONTRACT,
    source=Source.US,
    recipients=[Recipient.HOST, Recipient.MAILBOX],
    retention=AFTER_WRITING,
    shown={
        "created_at": _("Written"),
        "subject": _("Subject"),
        "recipient": _("To"),
        "state": _("State"),
    },
    internal=[
        "id",
        "event",
        "template",
        "person",
        "mailbox",
        "sender",
        "message",  # may hold a link that opens an account
        "kind",
        "attempts",
        "reason",
        "due_at",
        "claimed_at",
        "sent_at",
    ],
    erasure=Delete(),
    empty=_("We have not sent you anything lately."),
)
personal(
    "outbox.Return",
    owner=("mail__person", Address(field="mail__recipient", unless="mail__person")),
    title=_("Mail of ours that came back"),
    group=Group.MAIL,
    purpose=_("To send nothing more to a mailbox that takes none, or does not want it."),
    basis=Basis.INTEREST,
    source=Source.MAIL_SERVER,
    recipients=[Recipient.HOST],
    retention=Retention(period=periods.RETURN, fact=_("it came back"), fields=("at",)),
    shown={"at": _("When"), "kind": _("What came back")},
    internal=["id", "key", "mail", "status", "why"],
    erasure=Delete(),
)
staff_work(
    "content.Picture",
    owner="uploaded_by_user__person",
    title=_("Pictures that you added"),
    shown={"title": _("Title"), "created_at": _("Added")},
    internal=[
        "id",
        "collection",
        "file",
        "description",
        "width",
        "height",
        "uploaded_by_user",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
        "file_size",
        "file_hash",
        "credit",
    ],
    erasure=Anonymise({"uploaded_by_user": None}),
)
staff_work(
    "content.Download",
    owner="uploaded_by_user__person",
    title=_("Documents that you added"),
    shown={"title": _("Title"), "created_at": _("Added")},
    internal=["id", "collection", "file", "uploaded_by_user", "file_size", "file_hash"],
    erasure=Anonymise({"uploaded_by_user": None}),
)
personal(
    "pluc_cache",
    owner=Unlinked(
        _("It is counted under a code that leads back to nobody, and gone when the counting ends.")
    ),
    title=_("Counters against guessing and spam, per network and mailbox"),
    group=Group.TECHNICAL,
    purpose=_("To stop whoever tries passwords or sends spam."),
    basis=Basis.INTEREST,
    source=Source.BROWSER,
    retention=Retention(
        period=periods.COUNTER, ends="expires", instead=_("%(period)s at most after the last try")
    ),
    shown={},
    internal=[],
    erasure=Delete(),
)
not_personal(
    "content.Navigation",
    "content.Notice",
    "content.PictureRendition",
    reason="What stands around and on public pages: no participants' data (DESIGN, idea 8).",
)
# Task arguments are ids alone (STANDARDS 7.8). The library keeps failures for ever.
not_personal("django_q.OrmQ", reason="Queued tasks: their arguments are ids.")
not_personal(
    "django_q.Task",
    reason="Tasks done: their arguments are ids.",
    despite=["name"],
    retention=Retention(
        period=periods.FAILED_TASK,
        fact=_("the task failed"),
        fields=("stopped",),
        only=Q(success=False),
    ),
)
not_personal(
    "django_q.Schedule", reason="Tasks planned: their arguments are ids.", despite=["name"]
)
not_personal_tables("django_migrations", reason="Which migrations have run.")
