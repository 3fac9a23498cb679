"""The retention table of the privacy statement, from the registry."""

from django.utils.translation import gettext as _t

from legal.rights.registry import REGISTRY, Group, Personal
from pluc.content.tables import Table


def retention_table() -> Table:
    """What is kept, what for, why the law allows it and how long, in the active language (P10).

    Who works on the site reads in "my data" what is kept of that work.
    """
    titles: dict[tuple[str, ...], list[str]] = {}
    for one in in_order():
        reasons = (str(one.purpose), str(one.basis.label), str(one.retention))
        titles.setdefault((str(one.group.label), *reasons), []).append(str(one.title))
    return Table(
        caption=_t("What we keep, why and how long"),
        head=[_t("What"), _t("What for"), _t("On what ground"), _t("How long")],
        rows=[
            [f"{group}: {'; '.join(names)}", *reasons]
            for (group, *reasons), names in titles.items()
        ],
    )


def in_order() -> list[Personal]:
    """What is declared about anybody but staff, in the order of the groups."""
    declared = [one for one in REGISTRY.personal if not one.group.is_for_staff]
    return sorted(declared, key=lambda one: list(Group).index(one.group))
