"""The offer: the timetable with its filters, and the courses below it with their meetings."""

from dataclasses import replace
from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock
from wagtail.fields import StreamField
from wagtail.search import index

from home.filters import (
    address_of,
    filters_in,
    partner_in,
    require_month,
    unknown_values,
    ways_to_find,
)
from home.forms import CoursePageForm
from home.models.named import NamedPage
from home.offer import by_month, row_of, sheet_of, through
from home.panels import PlanningPanel
from home.queries import courses_shown, meetings_around
from home.structured_data import course_data, meeting_data
from pluc.conditional import unless_known
from pluc.content.addresses import absolute
from pluc.content.models import BasePage
from pluc.content.pictures import in_all_widths
from pluc.content.tree import Crumb, LanguageLink
from pluc.paging import numbered_page
from portal.meetings.addresses import general_terms_url, meeting_path
from portal.meetings.calendars import calendar_answer, calendar_of, feed
from portal.meetings.models import Course, Meeting
from portal.meetings.queries.offer import (
    facets,
    fitting,
    meetings_for_feed,
    meetings_of_course,
    public_meeting,
)
from portal.meetings.queries.remembered import add_details, offer_of

CALENDAR = "agenda.ics"


class OfferPage(BasePage):
    """All meetings that one can still join, found by filters that stand in the address."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.CoursePage"]
    max_count_per_parent = 1
    slug_is_locked = is_fixed = True
    answers_below = True
    MEETINGS_A_PAGE = 25

    class Meta:
        verbose_name = _("courses page")

    def serve_below(self, request: HttpRequest, name: str) -> HttpResponse:
        """`agenda.ics`: the whole offer, to subscribe to."""
        if name != CALENDAR:
            raise Http404
        shown = courses_shown(request, self.locale_id)
        meetings = meetings_for_feed(now=timezone.now()).filter(course__in=shown)
        content = feed(meetings, language=get_language() or "nl")
        return unless_known(request, calendar_answer(content, CALENDAR))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        require_month(request)
        now, partner = timezone.now(), partner_in(request.GET)
        filters = filters_in(request.GET, partner=partner.slug if partner else "")
        offer = offer_of(request, now=now, courses=courses_shown(request, self.locale_id))
        page = numbered_page(request, fitting(offer, filters), size=self.MEETINGS_A_PAGE)
        ways = ways_to_find(facets(offer, filters), filters, self.get_url())
        return context | {
            "filters": filters,
            "ways": ways,
            "unknown": unknown_values(request, filters, ways),
            "partner": partner,
            "remembered": address_of("", filters),
            "without_partner": address_of(self.get_url(), replace(filters, partner="")),
            "meetings": page,
            "months": by_month(row_of(line.meeting, now, partner=filters.partner) for line in page),
            "calendar_path": f"{self.get_url()}{CALENDAR}",
        }


class CoursePage(NamedPage):
    """A course as editors tell it. The same text stands around each of its meetings (0010)."""

    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, related_name="+", verbose_name=_("course")
    )
    goals = StreamField(
        [("goal", CharBlock(max_length=200, label=_("Goal")))],
        blank=True,
        verbose_name=_("what you can do afterwards"),
    )
    audience = models.TextField(_("for whom"), max_length=600, blank=True)

    content_panels = [
        *BasePage.content_panels[:1],
        FieldPanel("course"),
        *BasePage.content_panels[1:3],
        FieldPanel("goals"),
        FieldPanel("audience"),
        *BasePage.content_panels[3:],
        PlanningPanel(heading=_("In the planning")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("goals"),
        index.SearchField("audience"),
    ]
    base_form_class = CoursePageForm
    named_after = "course"
    parent_page_types = ["home.OfferPage"]
    subpage_types: list[str] = []
    display_relations = (*BasePage.display_relations, "course__subject")
    answers_below = True
    # The meeting whose address was asked, if one was.
    meeting: Meeting | None = None

    class Meta:
        verbose_name = _("course page")

    def serve_below(self, request: HttpRequest, name: str) -> HttpResponse:
        """`<code>`: a meeting of this course. `<code>.ics`: the same, for a calendar."""
        if name.endswith(".ics"):
            return self.serve_calendar(request, name)
        dates = meetings_around(course=self.course, code=name, now=timezone.now())
        self.meeting = next((meeting for meeting in dates if meeting.code == name), None)
        if self.meeting is None:
            raise Http404
        self.coming = [meeting for meeting in dates if meeting != self.meeting]
        add_details(request, self.meeting)
        return self.serve(request)

    def serve_calendar(self, request: HttpRequest, name: str) -> HttpResponse:
        meeting = public_meeting(course_slug=self.course.slug, code=name.removesuffix(".ics"))
        if meeting is None:
            raise Http404
        content = calendar_of(meeting, language=self.language)
        return unless_known(request, calendar_answer(content, name))

    @property
    def language(self) -> str:
        return str(self.locale.language_code)

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return "home/meeting.html" if self.meeting else "home/course_page.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        now, likely = timezone.now(), self.meeting.partner if self.meeting else None
        partner = partner_in(request.GET, likely=likely)
        slug = partner.slug if partner else ""
        context["partner"] = partner
        context["remembered"] = through(slug)
        context["rows"] = [row_of(one, now, partner=slug, by="day") for one in self.coming]
        if self.meeting is not None:
            context["sheet"] = sheet_of(self.meeting, now, partner=slug)
            context["general_terms"] = general_terms_url(request)
            crumb = Crumb(self.title, self.get_url() + through(slug))
            context["breadcrumbs"] = [*context["breadcrumbs"], crumb]
            context["languages"] = [self.in_language(link) for link in context["languages"]]
        return context

    @cached_property
    def coming(self) -> list[Meeting]:
        """What is to come; on the page of a meeting, without that one."""
        dates = meetings_of_course(course_slug=self.course.slug, now=timezone.now())
        return list(dates.with_line().prefetch_related("sessions"))

    def in_language(self, link: LanguageLink) -> LanguageLink:
        """The same meeting in a language that this course is told in."""
        if self.meeting is None or not (link.is_translation or link.current):
            return link
        path = meeting_path(self.meeting, link.code)
        return LanguageLink(link.code, path, link.current, link.is_translation)

    @property
    def full_url(self) -> str:
        if self.meeting is not None:
            return absolute(meeting_path(self.meeting, self.language))
        return super().full_url

    def pictures(self, context: dict[str, Any]) -> list[Any]:
        speakers = context["sheet"].speakers if "sheet" in context else []
        return [*super().pictures(context), *(speaker.picture for speaker in speakers)]

    @property
    def picture_address(self) -> str | None:
        """The lead picture for machines, as wide as we have it."""
        renditions = in_all_widths(self.picture) if self.picture else []
        return absolute(renditions[-1].url) if renditions else None

    def structured_data(self) -> list[dict[str, Any]]:
        if self.meeting is not None:
            return [meeting_data(self, self.meeting, timezone.now())]
        return [course_data(self, self.coming)]
