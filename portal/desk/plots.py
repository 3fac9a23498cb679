"""Columns in a drawing, with their numbers beside it for who does not see it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _t

from portal.desk.models import Figure
from portal.meetings.models import Meeting
from portal.meetings.wording import label_of

WIDTH, HEIGHT, FOOT, HEAD = 520, 180, 24, 20  # in the drawing's own units
GAP = 0.3  # of a column's width


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A bar in the drawing's own units, with its value."""

    x: float
    y: float
    width: float
    height: float
    value: str
    series: int

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, kw_only=True)
class Plot:
    """A drawing: what it tells, its bars, what stands below them, and the same as a table."""

    kind: str
    title: str
    about: str
    series: list[str]
    bars: list[Bar]
    labels: list[tuple[float, str]]
    table: list[tuple[str, list[str]]]
    width: int = WIDTH
    height: int = HEIGHT + HEAD + FOOT

    @property
    def base(self) -> int:
        return HEAD + HEIGHT

    @property
    def foot(self) -> int:
        return self.height - 6


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a figure is called, and how its labels and values are said."""

    title: str
    about: str
    series: list[str]
    column: Callable[[Any], str]
    value: Callable[[int], str]


def percentage(value: int) -> str:
    return f"{value}%"


def month_name(label: str) -> str:
    return formats.date_format(dt.date.fromisoformat(f"{label}-01"), "M")


def words_for(kind: str) -> Words:
    """In the active language."""
    if kind == Figure.Kind.FILLING:
        return Words(
            title=_t("How meetings fill up"),
            about=_t("Part of all places that is taken, by weeks before the date; last 12 months."),
            series=[_t("taken")],
            column=str,
            value=percentage,
        )
    if kind == Figure.Kind.ENROLMENTS:
        return Words(
            title=_t("Enrolments against last year"),
            about=_t("How many people asked for a place, by month."),
            series=[_t("a year before"), _t("last 12 months")],
            column=month_name,
            value=str,
        )
    return Words(
        title=_t("Who did not come"),
        about=_t("Part of those with a place who were absent, by format; last 12 months."),
        series=[_t("absent")],
        column=partial(label_of, Meeting.Format),
        value=percentage,
    )


def plot_of(figure: Figure) -> Plot:
    words, columns = words_for(figure.kind), figure.columns
    most = max((bar for column in columns for bar in column["bars"]), default=0) or 1
    step = WIDTH / max(len(columns), 1)
    labels = [(round((n + 0.5) * step, 1), words.column(c["label"])) for n, c in enumerate(columns)]
    return Plot(
        kind=figure.kind,
        title=words.title,
        about=words.about,
        series=words.series,
        bars=[
            bar
            for number, column in enumerate(columns)
            for bar in bars_of(column["bars"], number * step, step, most, words)
        ],
        labels=labels,
        table=[
            (words.column(column["label"]), [words.value(bar) for bar in column["bars"]])
            for column in columns
        ],
    )


def bars_of(values: list[int], left: float, step: float, most: int, words: Words) -> list[Bar]:
    width = step * (1 - GAP) / len(values)
    return [
        Bar(
            x=round(left + step * GAP / 2 + number * width, 1),
            y=round(HEAD + HEIGHT * (1 - value / most), 1),
            width=round(width, 1),
            height=round(HEIGHT * value / most, 1),
            value=words.value(value),
            series=number,
        )
        for number, value in enumerate(values)
    ]
