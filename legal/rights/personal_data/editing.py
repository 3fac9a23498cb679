"""Who made or changed what on the site: Wagtail's tables.

Participants' data never sits in pages, snippets or form submissions (DESIGN, idea 8), so these are
about the people who work on the site.
"""

from functools import partial
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import registry as log_actions

from legal.rights.registry import (
    Anonymise,
    Basis,
    Group,
    Lookup,
    Retention,
    Source,
    Subject,
    personal,
)


def action_in_words(action: str) -> Any:
    """What Wagtail's log calls a deed, as its own screens say it."""
    return dict(log_actions.get_choices()).get(action)


staff_work = partial(
    personal,
    group=Group.STAFF,
    purpose=_("To see who made or changed what, and to work on it together."),
    basis=Basis.INTEREST,
    source=Source.US,
    retention=Retention(instead=_("as long as what it is about stands")),
)
PAGE = [
    "id",
    "path",
    "depth",
    "numchild",
    "translation_key",
    "locale",
    "latest_revision",
    "live",
    "has_unpublished_changes",
    "last_published_at",
    "live_revision",
    "go_live_at",
    "expire_at",
    "expired",
    "locked",
    "locked_by",
    "draft_title",
    "slug",
    "content_type",
    "url_path",
    "owner",
    "latest_revision_created_at",
    "alias_of",
    "show_in_menus",
    "seo_title",
    "search_description",
]
LOG_ENTRY = [
    "id",
    "content_type",
    "label",
    "data",
    "uuid",
    "user",
    "revision",
    "content_changed",
    "deleted",
]


def about_the_account(subject: Subject) -> Q:
    """What staff changed about this person or their login. The label may hold an old address."""
    keys = [str(subject.person_id), *([str(subject.user_id)] if subject.user_id else [])]
    kinds = {"content_type__app_label": "accounts", "content_type__model__in": ["person", "user"]}
    return Q(object_id__in=keys, **kinds)


staff_work(
    "wagtailcore.Page",
    owner="owner__person",
    title=_("Pages that you made"),
    shown={"title": _("Title"), "first_published_at": _("First published")},
    internal=PAGE,
    erasure=Anonymise({"owner": None}),
)
staff_work(
    "wagtailcore.Page",
    owner="locked_by__person",
    title=_("Pages that you locked"),
    shown={"title": _("Title"), "locked_at": _("Locked")},
    internal=[],
    erasure=Anonymise({"locked_by": None}),
)
staff_work(
    "wagtailcore.Revision",
    owner="user__person",
    title=_("Versions that you saved"),
    shown={"created_at": _("Saved"), "object_str": _("Of")},
    internal=[
        "id",
        "content_type",
        "base_content_type",
        "object_id",
        "user",
        "content",
        "approved_go_live_at",
    ],
    erasure=Anonymise({"user": None}),
)
staff_work(
    "wagtailcore.PageLogEntry",
    owner="user__person",
    title=_("What you did with pages"),
    shown={"timestamp": _("When"), "action": _("What")},
    render={"action": action_in_words},
    internal=[*LOG_ENTRY, "page"],
    erasure=Anonymise({"user": None}),
)
staff_work(
    "wagtailcore.ModelLogEntry",
    owner="user__person",
    title=_("What you did with other things"),
    shown={"timestamp": _("When"), "action": _("What")},
    render={"action": action_in_words},
    internal=[*LOG_ENTRY, "object_id"],
    erasure=Anonymise({"user": None}),
)
personal(
    "wagtailcore.ModelLogEntry",
    owner=Lookup(about_the_account),
    is_for_all=False,
    title=_("What our staff changed about your account"),
    group=Group.LOGIN,
    purpose=_("To let you in, and nobody else."),
    basis=Basis.CONTRACT,
    source=Source.US,
    retention=Retention(),
    shown={"timestamp": _("When"), "action": _("What")},
    render={"action": action_in_words},
    internal=[],
    erasure=Anonymise({"label": "", "data": {}}),
    empty=_("nothing"),
)
staff_work(
    "wagtail_localize.StringTranslation",
    owner="last_translated_by__person",
    title=_("Sentences that you translated"),
    shown={"updated_at": _("When"), "data": _("Text")},
    internal=[
        "id",
        "translation_of",
        "locale",
        "context",
        "translation_type",
        "tool_name",
        "last_translated_by",
        "created_at",
        "has_error",
        "field_error",
    ],
    erasure=Anonymise({"last_translated_by": None}),
)
staff_work(
    "wagtail_localize.SegmentOverride",
    owner="last_translated_by__person",
    title=_("Pictures and links that you chose for a translation"),
    shown={"updated_at": _("When")},
    internal=[
        "id",
        "locale",
        "context",
        "last_translated_by",
        "created_at",
        "data_json",
        "has_error",
        "field_error",
    ],
    erasure=Anonymise({"last_translated_by": None}),
)
