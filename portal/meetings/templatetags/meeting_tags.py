"""The facts of a meeting in words (`portal.meetings.wording`)."""

from django import template

from portal.meetings import wording

register = template.Library()
register.filter("when", wording.when)
register.filter("place_of", wording.place_of)
register.filter("euros", wording.euros)
register.filter("crowd_of", wording.crowd_of)
