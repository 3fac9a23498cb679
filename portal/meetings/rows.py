"""A meeting as a line of a list, in words: for `templates/components/agenda.html`."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Row:
    """What a line says. All but the date is words, in the language of the page; an empty one is
    left out. `state` is how `places` looks: "few", "held", "full", "closed", or nothing.

    Equal rows look alike, so that a process makes the HTML of each once (docs/decisions/0023).
    """

    date: dt.date | None
    title: str
    url: str
    format: str = ""
    region: str = ""
    place: str = ""
    time: str = ""
    hours: str = ""
    places: str = ""
    state: str = ""
    price: str = ""
