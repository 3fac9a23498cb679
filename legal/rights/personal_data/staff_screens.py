"""How staff work together and like their screens: Wagtail's tables, continued."""

from django.utils.translation import gettext_lazy as _

from legal.rights.personal_data.editing import staff_work
from legal.rights.registry import Anonymise, Delete, Retention, Source
from pluc import periods

staff_work(
    "wagtailcore.Comment",
    owner="user__person",
    title=_("Remarks that you made"),
    shown={"created_at": _("When"), "text": _("Text")},
    internal=[
        "id",
        "page",
        "user",
        "contentpath",
        "position",
        "updated_at",
        "revision_created",
        "resolved_by",
    ],
    erasure=Delete(),
)
staff_work(
    "wagtailcore.Comment",
    owner="resolved_by__person",
    title=_("Remarks that you dealt with"),
    shown={"resolved_at": _("When")},
    internal=[],
    erasure=Anonymise({"resolved_by": None}),
)
staff_work(
    "wagtailcore.CommentReply",
    owner="user__person",
    title=_("Answers that you gave to remarks"),
    shown={"created_at": _("When"), "text": _("Text")},
    internal=["id", "comment", "user", "updated_at"],
    erasure=Delete(),
)
staff_work(
    "wagtailcore.WorkflowState",
    owner="requested_by__person",
    title=_("Reviews that you asked for"),
    shown={"created_at": _("When"), "status": _("State")},
    internal=[
        "id",
        "content_type",
        "base_content_type",
        "object_id",
        "workflow",
        "requested_by",
        "current_task_state",
    ],
    erasure=Anonymise({"requested_by": None}),
)
staff_work(
    "wagtailcore.TaskState",
    owner="finished_by__person",
    title=_("Reviews that you did"),
    shown={"finished_at": _("When"), "status": _("State"), "comment": _("Remark")},
    internal=[
        "id",
        "workflow_state",
        "revision",
        "task",
        "started_at",
        "finished_by",
        "content_type",
    ],
    erasure=Anonymise({"finished_by": None}),
)
staff_work(
    "wagtailcore.PageSubscription",
    owner="user__person",
    title=_("Pages whose remarks you follow"),
    shown={"page__title": _("Page"), "comment_notifications": _("By e-mail")},
    internal=["id", "user"],
    erasure=Delete(),
)
staff_work(
    "wagtailcore.APIToken",
    owner="user__person",
    title=_("Keys for the content API"),
    shown={"name": _("Name"), "created": _("Created"), "last_used_at": _("Last used")},
    internal=["id", "user", "key_hash", "prefix", "revoked_at"],
    erasure=Delete(),
)
staff_work(
    "wagtailcore.UploadedFile",
    owner="uploaded_by_user__person",
    title=_("Uploads that were not finished"),
    shown={"file": _("File")},
    internal=["id", "for_content_type", "uploaded_by_user"],
    erasure=Delete(),
)
staff_work(
    "wagtailadmin.EditingSession",
    owner="user__person",
    title=_("Screens that you have open"),
    shown={"last_seen_at": _("Last seen"), "is_editing": _("Editing")},
    internal=["id", "user", "content_type", "object_id"],
    retention=Retention(
        period=periods.OPEN_SCREEN, fact=_("you were last seen there"), fields=("last_seen_at",)
    ),
    erasure=Delete(),
)
staff_work(
    "wagtailadmin.FormState",
    owner="user__person",
    title=_("Drafts that were kept for you"),
    shown={"last_updated_at": _("Kept")},
    internal=["id", "data", "user", "content_type", "object_id", "parent_object_id"],
    retention=Retention(
        period=periods.DRAFT_FORM, fact=_("the draft was kept"), fields=("last_updated_at",)
    ),
    erasure=Delete(),
)
staff_work(
    "wagtailusers.UserProfile",
    owner="user__person",
    title=_("Settings of the staff screens"),
    shown={
        "preferred_language": _("Language"),
        "theme": _("Colours"),
        "contrast": _("Contrast"),
        "density": _("Density"),
        "keyboard_shortcuts": _("Keyboard shortcuts"),
        "avatar": _("Picture"),
    },
    internal=[
        "id",
        "user",
        "submitted_notifications",
        "approved_notifications",
        "rejected_notifications",
        "updated_comments_notifications",
        "current_time_zone",
        "dismissibles",
    ],
    retention=Retention(),
    source=Source.YOU,
    erasure=Delete(),
)
