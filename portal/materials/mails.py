"""What the back office is told of material: that it waits, or could not be checked. No names."""

from django.conf import settings
from django.urls import reverse

from pluc.links import portal_origin
from pluc.outbox.letters import post_letter
from portal.materials.models import Material, Version


def tell_of_added(material: Material) -> None:
    """A speaker added something, which waits to be released. Once an hour for a meeting: who adds
    files adds several."""
    event = f"material:{material.meeting_id}:{material.added_at:%Y-%m-%dT%H}"
    tell("materials/added", material, event=event)


def tell_of_held(version: Version, *, why: Version.Held) -> None:
    """A file could not be checked, and why; nobody gets it. Each time that it was tried in vain."""
    tell(
        "materials/held",
        version.material,
        event=f"material-held:{version.pk}:{version.try_at.timestamp():.0f}",
        why=Version.Held(why).label,
    )


def tell_of_infected(version: Version) -> None:
    """A file turned out to be infected, and is gone."""
    tell("materials/infected", version.material, event=f"material-infected:{version.pk}")


def tell(template: str, material: Material, *, event: str, **context: object) -> None:
    path = reverse("material", urlconf=settings.PORTAL_URLCONF, args=[material.pk])
    post_letter(
        template=template,
        to=settings.BACK_OFFICE_ADDRESS,
        language=settings.LANGUAGE_CODE,
        context={"address": portal_origin() + path, **context},
        event=event,
    )
