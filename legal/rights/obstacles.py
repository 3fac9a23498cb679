"""Why somebody cannot be erased yet, told by the rooms that know."""

from collections.abc import Callable
from uuid import UUID

from django.utils.translation import gettext as _t

from legal.rights.queries.restrictions import is_restricted


def restriction(person_id: UUID) -> list[str]:
    """Who has their data restricted may need it as proof (AVG 18(1)(b) and (c))."""
    if is_restricted(person_id):
        return [_t("The data is restricted, so it has to stay. Lift the restriction first.")]
    return []


# Sentences in the active language; none where nothing is in the way.
OBSTACLES: list[Callable[[UUID], list[str]]] = [restriction]


def obstacles_to_erasing(*, person_id: UUID) -> list[str]:
    return [sentence for tell in OBSTACLES for sentence in tell(person_id)]
