"""The facts of a meeting in words (`portal.meetings.wording`), and its line in a public list."""

from django import template
from django.template.loader import render_to_string

from pluc.language import once_per_language
from portal.meetings import wording
from portal.meetings.rows import Row

register = template.Library()
register.filter("when", wording.when)
register.filter("place_of", wording.place_of)
register.filter("clock", wording.clock)
register.filter("session_times", wording.session_times)
register.filter("euros", wording.euros)
register.filter("crowd_of", wording.crowd_of)


@register.simple_tag
@once_per_language
def agenda_row(row: Row) -> str:
    """The HTML of a line on the public site: it depends on what the row says and the language."""
    return render_to_string("components/agenda_row.html", vars(row))
