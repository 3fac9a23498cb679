"""What search engines read about our pages (JSON-LD, schema.org)."""

from typing import TYPE_CHECKING, Any

from django.conf import settings

from pluc.content.addresses import absolute

if TYPE_CHECKING:
    from home.models import BlogPostPage, ContactPage
    from pluc.content.models import BasePage

CONTEXT = "https://schema.org"


def organisation(page: "BasePage | ContactPage") -> dict[str, Any]:
    """PLUC! itself; with its address where the page knows it."""
    data: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "EducationalOrganization",
        "@id": f"{settings.SITE_URL}/#pluc",
        "name": settings.PRODUCT,
        "url": absolute("/"),
        "description": page.description,
    }
    if hasattr(page, "street"):
        data["email"] = page.email
        data["telephone"] = page.phone
        data["address"] = {
            "@type": "PostalAddress",
            "streetAddress": page.street,
            "postalCode": page.postal_code,
            "addressLocality": page.city,
            "addressCountry": "NL",
        }
    return data


def article(post: "BlogPostPage") -> dict[str, Any]:
    """A post, with its author and dates."""
    data: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "BlogPosting",
        "headline": post.title,
        "description": post.description,
        "datePublished": post.date.isoformat(),
        "inLanguage": post.locale.language_code,
        "mainEntityOfPage": post.full_url,
        "publisher": {"@type": "Organization", "name": settings.PRODUCT, "url": absolute("/")},
    }
    if post.last_published_at:
        data["dateModified"] = post.last_published_at.isoformat()
    if post.author:
        data["author"] = {"@type": "Person", "name": post.author.name}
    return data
