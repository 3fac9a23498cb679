"""Tables of libraries that hold nothing about people, and why."""

from legal.rights.registry import not_personal, not_personal_tables

PUBLIC = "Public content, which holds no participants' data (DESIGN, idea 8)."

not_personal(
    "auth.Group",
    reason="Roles; who has them stands with the users.",
    despite=["name"],
)
not_personal("auth.Permission", reason="What roles may do.", despite=["name", "codename"])
not_personal("auth.Group_permissions", reason="What roles may do.")
not_personal("contenttypes.ContentType", reason="The kinds of tables.")
not_personal("cookie_consent.CookieGroup", reason="Kinds of cookies.", despite=["name", "varname"])
not_personal("cookie_consent.Cookie", reason="Which cookies there are.", despite=["name"])
not_personal("cookie_consent.LogItem", reason="Switched off: our own proof of consent replaces it.")
not_personal("taggit.Tag", reason="Words that editors tag pictures with.", despite=["name"])
not_personal("taggit.TaggedItem", reason="Which picture has which tag.")

# --- Wagtail -----------------------------------------------------------------------------------

not_personal("wagtailadmin.Admin", reason="Carries a permission, and has no rows.")
not_personal("wagtailcore.Collection", reason="Folders for pictures.", despite=["name"])
not_personal(
    "wagtailcore.CollectionViewRestriction",
    "wagtailcore.CollectionViewRestriction_groups",
    "wagtailcore.PageViewRestriction",
    "wagtailcore.PageViewRestriction_groups",
    reason="Which folders and pages are for some roles only; by role, never by person.",
)
not_personal(
    "wagtailcore.GroupCollectionPermission",
    "wagtailcore.GroupPagePermission",
    "wagtailcore.GroupSitePermission",
    reason="What roles may do.",
)
not_personal("wagtailcore.Locale", reason="The languages of the site.")
not_personal("wagtailcore.ReferenceIndex", reason="Which content points at which.")
not_personal("wagtailcore.Site", reason="Our own host names.", despite=["hostname", "site_name"])
not_personal(
    "wagtailcore.Task",
    "wagtailcore.Workflow",
    reason="The steps that a page takes before it is published.",
    despite=["name"],
)
not_personal(
    "wagtailcore.GroupApprovalTask",
    "wagtailcore.GroupApprovalTask_groups",
    "wagtailcore.WorkflowContentType",
    "wagtailcore.WorkflowPage",
    "wagtailcore.WorkflowTask",
    reason="Which steps a page takes, and which role does them.",
)
not_personal(
    "wagtaildocs.Document",
    "wagtailimages.Image",
    reason="Stays empty: ours are content.Download and content.Picture.",
    despite=["uploaded_by_user"],
)
not_personal("wagtailimages.Rendition", reason="Stays empty: ours is content.PictureRendition.")
not_personal(
    "wagtailembeds.Embed",
    reason="Stays empty: no embed finders are set.",
    despite=["author_name", "provider_name"],
)
not_personal("wagtailredirects.Redirect", reason="Old addresses of pages.")
not_personal("wagtailsearch.IndexEntry", reason=PUBLIC)
# SQLite keeps its search index in a virtual table, which has tables of its own.
not_personal("wagtailsearch.SQLiteFTSIndexEntry", reason=PUBLIC, may_be_absent=True)
not_personal_tables(
    *(
        f"wagtailsearch_indexentry_fts_{part}"
        for part in ("config", "content", "data", "docsize", "idx")
    ),
    reason=PUBLIC,
    may_be_absent=True,
)
not_personal(
    *(
        f"wagtail_localize.{model}"
        for model in (
            "LocaleSynchronization",
            "OverridableSegment",
            "RelatedObjectSegment",
            "String",
            "StringSegment",
            "Template",
            "TemplateSegment",
            "TranslatableObject",
            "Translation",
            "TranslationContext",
            "TranslationLog",
            "TranslationSource",
        )
    ),
    reason="Texts of public pages, cut in pieces for translation.",
)
