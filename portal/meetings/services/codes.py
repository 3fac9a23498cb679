"""Codes of meetings, made where nobody typed one."""

import datetime as dt
import re
from itertools import chain, count

from portal.meetings.models import Meeting

# What a code ends with that was made for a day.
DAY_IN_CODE = re.compile(r"-\d{4}-\d{2}-\d{2}(?:-\d+)?$")
LONGEST_CODE = 40


def code_for(like: str, day: dt.date | None) -> str:
    """A free code that begins like another one, or like a course, and ends with the day."""
    for number in chain([""], (f"-{n}" for n in count(2))):
        end = (f"-{day:%Y-%m-%d}" if day else "") + number
        code = DAY_IN_CODE.sub("", like)[: LONGEST_CODE - len(end)].rstrip("-") + end
        if not Meeting.objects.filter(code=code).exists():
            return code
    raise AssertionError("numbers do not end")
