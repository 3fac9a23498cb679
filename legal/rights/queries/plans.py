"""Plans an erasure: which rows are deleted, anonymised or kept (STANDARDS 3.8)."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeAlias
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import CASCADE, Model, Q
from django.utils import timezone
from django.utils.translation import gettext as _t
from wagtail.models import ModelLogEntry

from legal.rights.queries.holdings import own_rows, place_of, subject_of, with_rows
from legal.rights.registry import REGISTRY, Anonymise, Fate, Keep, Personal, Text
from legal.rights.registry.keys import holders_of, in_order_of_deletion, keys_to

Keys: TypeAlias = dict[type[Model], set[Any]]
# What a line of Wagtail's log says of a row that went: that there was one.
WITHOUT_TRACE = {"label": "", "data": {}}


@dataclass(frozen=True, kw_only=True)
class Step:
    """What happens to rows of one table, for one reason."""

    model: type[Model]
    title: Text
    fate: Fate
    keys: frozenset[Any]
    # On what ground rows are kept, and until which day.
    ground: Text = ""
    until: date | None = None
    # Columns of rows that are anonymised, and the constants that they get.
    values: Mapping[str, Any] = field(default_factory=dict)
    # What is done instead to rows that others cannot do without.
    where_held: Anonymise | None = None

    def __str__(self) -> str:
        keys = ",".join(sorted(map(str, self.keys)))
        return f"{self.model._meta.label} {self.fate.value} {self.until} {keys}"


@dataclass(frozen=True, kw_only=True)
class Plan:
    person_id: UUID
    steps: list[Step]

    @property
    def digest(self) -> str:
        """The same for the same rows with the same fate."""
        return hashlib.sha256("\n".join(map(str, self.steps)).encode()).hexdigest()

    def with_fate(self, fate: Fate) -> list[Step]:
        return [step for step in self.steps if step.fate is fate]

    def keys(self, fate: Fate) -> Keys:
        return keys_of(self.steps, fate)


def plan(*, person_id: UUID) -> Plan:
    """Every row that the registry finds of a person, and what goes along with it.

    A row with several fates is kept if one of them keeps it; else it goes if one deletes it.
    """
    steps = [step for one, rows in own(person_id) for step in steps_of(one, rows)]
    steps = without(steps, Fate.DELETED, keys_of(steps, Fate.KEPT))
    steps = list(with_held(steps))
    steps = without(steps, Fate.ANONYMISED, keys_of(steps, Fate.DELETED))
    steps += going_along(steps)
    steps += traces(steps)
    return Plan(person_id=person_id, steps=[step for step in steps if step.keys])


def keys_of(steps: list[Step], fate: Fate) -> Keys:
    keys: Keys = defaultdict(set)
    for step in steps:
        if step.fate is fate:
            keys[step.model] |= step.keys
    return keys


def without(steps: list[Step], fate: Fate, spared: Keys) -> list[Step]:
    """The steps, those with a fate without the rows that are spared it."""
    return [
        replace(step, keys=step.keys - spared[step.model]) if step.fate is fate else step
        for step in steps
    ]


def own(person_id: UUID) -> Iterator[tuple[Personal, list[dict[str, Any]]]]:
    """The declarations that have rows of this person, with the columns that decide their fate."""
    subject = subject_of(person_id=person_id)
    declared = [one for one in REGISTRY.personal if one.is_linked]
    places = {place_of(one): own_rows(subject, one) for one in declared}
    filled = set(with_rows(places))
    for one in declared:
        if place_of(one) in filled and not only_tells_a_period(one):
            clock = one.erasure.until.columns if isinstance(one.erasure, Keep) else ()
            yield one, list(places[place_of(one)].order_by("pk").values("pk", *clock))


def only_tells_a_period(one: Personal) -> bool:
    """Whether it names no column, and another declaration decides about the same rows."""
    others = (other for other in REGISTRY.personal if other is not one)
    return not one.columns and any(place_of(one) == place_of(other) for other in others)


def steps_of(one: Personal, rows: list[dict[str, Any]]) -> Iterator[Step]:
    """What a declaration asks for its rows."""
    if isinstance(one.erasure, Keep):
        yield from steps_of_kept(one, one.erasure, rows)
        return
    step = Step(
        model=one.model,
        title=one.title,
        fate=Fate.DELETED,
        keys=frozenset(row["pk"] for row in rows),
    )
    if isinstance(one.erasure, Anonymise):
        yield replace(step, fate=Fate.ANONYMISED, values=one.erasure.fields)
    else:
        yield replace(step, where_held=one.erasure.where_held)


def steps_of_kept(one: Personal, rule: Keep, rows: list[dict[str, Any]]) -> Iterator[Step]:
    """Kept until its day, each day apart; what is past its day goes."""
    ends: dict[date | None, set[Any]] = defaultdict(set)
    for row in rows:
        ends[rule.until.end_of(row)].add(row["pk"])
    for until, keys in ends.items():
        is_over = until is not None and until < timezone.localdate()
        yield Step(
            model=one.model,
            title=one.title,
            fate=Fate.DELETED if is_over else Fate.KEPT,
            keys=frozenset(keys),
            ground="" if is_over else rule.ground,
            until=None if is_over else until,
        )


def with_held(steps: list[Step]) -> Iterator[Step]:
    """Turns deletions into `where_held` for rows that remaining rows still reference."""
    gone, held = keys_of(steps, Fate.DELETED), Keys()
    for model in in_order_of_deletion(gone):
        held[model] = held_by_others(model, gone)
        gone[model] -= held[model]
    for step in steps:
        stays = step.keys & held.get(step.model, set()) if step.where_held else frozenset()
        yield replace(step, keys=step.keys - stays) if stays else step
        if step.where_held and stays:
            values = step.where_held.fields
            yield replace(step, keys=stays, fate=Fate.ANONYMISED, values=values)


def held_by_others(model: type[Model], gone: Keys) -> set[Any]:
    """Rows to delete that remaining rows reference."""
    held: set[Any] = set()
    for key in holders_of(model):
        pointing = key.related_model._base_manager.filter(**{f"{key.field.name}__in": gone[model]})
        staying = pointing.exclude(pk__in=gone.get(key.related_model, ()))
        held |= set(staying.values_list(key.field.attname, flat=True))
    return held


def going_along(steps: list[Step]) -> list[Step]:
    """Rows that CASCADE deletes along, such as the answers to a remark."""
    gone, found = keys_of(steps, Fate.DELETED), list[Step]()
    waiting = list(gone.items())
    while waiting:
        model, keys = waiting.pop()
        for key in keys_to(model):
            if key.on_delete is not CASCADE:
                continue
            pointing = key.related_model._base_manager.filter(**{f"{key.field.name}__in": keys})
            more = set(pointing.values_list("pk", flat=True)) - gone[key.related_model]
            if more:
                gone[key.related_model] |= more
                waiting.append((key.related_model, more))
                found.append(along(key.related_model, more))
    return found


def along(model: type[Model], keys: set[Any]) -> Step:
    title = _t("%(things)s of others that hang on it") % {
        "things": str(model._meta.verbose_name_plural).capitalize()
    }
    return Step(model=model, title=title, fate=Fate.DELETED, keys=frozenset(keys))


def traces(steps: list[Step]) -> list[Step]:
    """Lines of Wagtail's log about rows that go: their labels are names (STANDARDS 3.12)."""
    condition = Q(pk__in=[])
    for model, keys in keys_of(steps, Fate.DELETED).items():
        kind = ContentType.objects.get_for_model(model)
        condition |= Q(content_type=kind, object_id__in=[str(key) for key in keys])
    condition &= ~Q(**WITHOUT_TRACE)
    planned = keys_of(steps, Fate.ANONYMISED)[ModelLogEntry]
    found = set(ModelLogEntry.objects.filter(condition).values_list("pk", flat=True)) - planned
    title = _t("What the log says of it")
    step = Step(model=ModelLogEntry, title=title, fate=Fate.ANONYMISED, keys=frozenset(found))
    return [replace(step, values=WITHOUT_TRACE)]
