"""Register of what rooms above show on the page of one's own place, and on that of its day.

A room adds a `Part` in `apps.py`. A page takes `parts_of` and includes each template with what it
shows as `part`:
`{% for template, part in parts %}{% include template with part=part only %}{% endfor %}`
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portal.enrolments.models import Enrolment


@dataclass(frozen=True, kw_only=True)
class Part:
    """A row of the page: its template, and what it shows of a place; nothing where it has none."""

    order: int
    template: str
    show: Callable[[Enrolment, dt.datetime], Any]


PARTS: list[Part] = []


def parts_of(enrolment: Enrolment, now: dt.datetime) -> list[tuple[str, Any]]:
    """Templates with what they show, for the person whose place it is and nobody else."""
    shown = [(part.template, part.show(enrolment, now)) for part in sorted_parts()]
    return [(template, part) for template, part in shown if part]


def sorted_parts() -> list[Part]:
    return sorted(PARTS, key=lambda part: part.order)
