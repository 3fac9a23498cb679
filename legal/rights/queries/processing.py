"""What the registry says to everybody: the statement's table, the record of processing."""

from dataclasses import dataclass

from django.utils.translation import gettext as _t

from legal.rights.registry import REGISTRY, Basis, Group, Personal
from pluc.content.tables import Table


def retention_table() -> Table:
    """What is kept, what for, why the law allows it and how long, in the active language (P10)."""
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
    """What is declared, in the order of the groups."""
    return sorted(REGISTRY.personal, key=lambda one: list(Group).index(one.group))


@dataclass(frozen=True, kw_only=True)
class Activity:
    """One row of the record of processing activities (AVG 30(1)), in the active language."""

    group: Group
    purpose: str
    basis: Basis
    people: str
    # What is held, by name, and the names of the values in it.
    data: list[str]
    values: list[str]
    source: str
    recipients: list[str]
    retention: str


def record_of_processing() -> list[Activity]:
    """Everything that is done with personal data, by group, purpose and period."""
    activities: dict[tuple[object, ...], Activity] = {}
    for one in in_order():
        same = (one.group, str(one.purpose), one.basis, str(one.retention), one.source)
        activity = activities.setdefault((*same, one.recipients), activity_of(one))
        activity.data.append(str(one.title))
        activity.values.extend(str(label) for label in one.shown.values())
    return list(activities.values())


def activity_of(one: Personal) -> Activity:
    """An activity without its data yet."""
    return Activity(
        group=one.group,
        purpose=str(one.purpose),
        basis=one.basis,
        people=_t("who works on the site") if one.group.is_for_staff else _t("participants"),
        data=[],
        values=[],
        source=str(one.source.label),
        recipients=[str(recipient.label) for recipient in one.recipients],
        retention=str(one.retention),
    )
