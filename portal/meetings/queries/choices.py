"""What can be chosen in a meeting's form: seven lists, in one query."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, F, Model, Value

from portal.meetings.models import Course, Meeting, Policy, Region, Scheme, Speaker, Venue
from portal.organisations.models import Organisation

Choices = list[tuple[Any, str]]
CHOSEN = "chosen"
# By name: what is listed, and the texts that its words are made of, in the order of the list.
LISTS: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "course": (Course, ("title", "title_en")),
    "venue": (Venue, ("city", "name")),
    "region": (Region, ("name", "name_en")),
    "speakers": (Speaker, ("name",)),
    "policy": (Policy, ("name",)),
    "organisation": (Organisation, ("name",)),
    "scheme": (Scheme, ("code",)),
}
# Those that somebody put in an order.
PLACED = frozenset({"region", "scheme"})


@dataclass(frozen=True)
class MeetingChoices:
    """Lists by name, and the speakers that a meeting has."""

    lists: dict[str, Choices] = field(default_factory=lambda: {name: [] for name in LISTS})
    speakers: list[int] = field(default_factory=list)


def choices_for(meeting: Meeting) -> MeetingChoices:
    rows = Meeting.speakers.through.objects.filter(meeting=meeting.pk)
    chosen = lines(rows, CHOSEN, key="speaker_id")
    lists = [
        lines(model._default_manager.all(), name, *texts) for name, (model, texts) in LISTS.items()
    ]
    found = MeetingChoices()
    for name, key, one, two, _ in sorted(chosen.union(*lists, all=True), key=in_order):
        if name == CHOSEN:
            found.speakers.append(key)
        else:
            found.lists[name].append((key, words_of(name, one, two)))
    return found


def lines(rows: Any, name: str, one: str = "", two: str = "", *, key: str = "pk") -> Any:
    """Name, key, two texts and a place: alike for every list, as a union wants."""
    texts = {"one": text(one), "two": text(two)}
    place = F("position") if name in PLACED else Value(0)
    named = rows.order_by().annotate(list=text("", name), key=F(key), place=place, **texts)
    return named.values_list("list", "key", "one", "two", "place")


def text(column: str, otherwise: str = "") -> F | Value:
    return F(column) if column else Value(otherwise, CharField())


def in_order(row: tuple[str, int, str, str, int]) -> tuple[int, str, str]:
    _, _, one, two, place = row
    return place, one.lower(), two.lower()


def words_of(name: str, one: str, two: str) -> str:
    """As the row itself says it, in the active language."""
    model, texts = LISTS[name]
    values = (one, two)[: len(texts)]
    return str(model(**dict(zip(texts, values, strict=True))))
