"""The personal data of the public site: authors of the blog."""

from django.utils.translation import gettext_lazy as _

from legal.rights.registry import (
    Basis,
    Delete,
    Group,
    Recipient,
    Retention,
    Source,
    Unlinked,
    not_personal,
    personal,
)

PAGES = "Public pages, which hold no participants' data (DESIGN, idea 8)."

personal(
    "home.Author",
    owner=Unlinked(_("Authors are not tied to an account. Ask us, and we change or remove yours.")),
    title=_("Authors of the blog"),
    group=Group.STAFF,
    purpose=_("To show who wrote a post, by the author's own wish."),
    basis=Basis.CONSENT,
    source=Source.YOU,
    recipients=[Recipient.HOST, Recipient.PUBLIC],
    retention=Retention(instead=_("as long as the author wishes")),
    shown={},
    internal=[
        *("id", "translation_key", "locale", "name", "role", "bio", "picture"),
        *("awaits_translation", "sort_key"),
    ],
    erasure=Delete(),
)
not_personal("home.BlogPostPage", reason=PAGES, despite=["author"])
not_personal(
    "home.ContactPage",
    reason="Where PLUC! itself is.",
    despite=["street", "postal_code", "city", "phone", "email"],
)
not_personal(
    "home.BlogIndexPage",
    "home.BlogPostPage_topics",
    "home.CoursePage",
    "home.HomePage",
    "home.OfferPage",
    "home.PartnersPage",
    "home.StandardPage",
    "home.TermsPage",
    reason=PAGES,
)
not_personal("home.PartnerPage", reason=PAGES, despite=["organisation"])
not_personal("home.Topic", reason="What posts are about.", despite=["name"])
