"""The material of a meeting on the page of one's own place, and on that of its day (P03)."""

import datetime as dt

from portal.enrolments.models import Enrolment
from portal.materials.queries.lines import MaterialLine, lines_of_place


def material_of_place(enrolment: Enrolment, now: dt.datetime) -> list[MaterialLine]:
    """What whose place it is can have, and what comes when."""
    return lines_of_place(enrolment, now) if enrolment.has_place else []
