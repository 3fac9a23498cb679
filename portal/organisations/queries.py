"""Who may see what of organisations."""

from portal.organisations.models import Organisation


def partner_with_slug(*, slug: str) -> Organisation | None:
    """The partner through whose page somebody came; `None` for a name that is none."""
    # PostgreSQL knows no NUL, and an address may hold one.
    wanted = slug.replace("\0", "")
    return Organisation.objects.partners().filter(slug=wanted).first() if wanted else None
