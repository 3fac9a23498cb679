"""Facets: a count beside a choice is what one then sees, and what is hidden is counted nowhere."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from django.db import transaction
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pluc import generation
from portal.meetings.models import Course, Meeting
from portal.meetings.queries.offer import (
    LABELS,
    Facet,
    OfferFilters,
    facets,
    fitting,
)
from portal.meetings.queries.remembered import offer_of
from tests.planning import (
    CourseFactory,
    MeetingFactory,
    OrganisationFactory,
    PolicyFactory,
    RegionFactory,
    SubjectFactory,
    VenueFactory,
    at,
    in_days,
)

pytestmark = pytest.mark.django_db
Format, State = Meeting.Format, Meeting.State


def shown_facets(**filters: str) -> dict[str, Facet]:
    request = RequestFactory().get("/")
    offer = offer_of(request, now=timezone.now(), courses=Course.objects.all())
    return {facet.name: facet for facet in facets(offer, OfferFilters(**filters))}


MEETINGS = st.lists(
    st.fixed_dictionaries(
        {
            "format": st.sampled_from(Format.values),
            "state": st.sampled_from([State.PLANNED, State.DEFINITE, State.CANCELLED]),
            "is_listed": st.sampled_from([True, True, True, False]),
            "language": st.sampled_from(["nl", "en"]),
            "is_online": st.booleans(),
            "taken": st.integers(0, 2),
            "days": st.integers(-5, 70),
            "hour": st.integers(0, 23),
            "course": st.integers(0, 2),
            "venue": st.sampled_from([None, 0, 1]),
            "region": st.sampled_from([None, 0, 1]),
            "partner": st.sampled_from([0, 1]),
        }
    ),
    max_size=12,
)
CHOSEN = st.fixed_dictionaries(
    {
        "format": st.sampled_from(["", *Format.values]),
        "region": st.sampled_from(["", "noord", "zuid", "online", "nergens"]),
        "subject": st.sampled_from(["", "fiscaal", "controle", "niets"]),
        "month": st.sampled_from(["", *{f"{in_days(n):%Y-%m}" for n in range(0, 90, 20)}]),
        "language": st.sampled_from(["", "nl", "en"]),
        "places": st.sampled_from(["", "vrij"]),
        "partner": st.sampled_from(["", "peer", "pruim", "niemand"]),
    }
)


def planner() -> Callable[[dict[str, Any]], Meeting]:
    """Makes meetings of what there is to choose from."""
    regions = [RegionFactory(slug=slug, name=slug) for slug in ("noord", "zuid")]
    venues = [VenueFactory(region=region) for region in regions]
    subjects = [SubjectFactory(slug=slug, name=slug) for slug in ("fiscaal", "controle")]
    courses = [CourseFactory(subject=subjects[number % 2]) for number in range(3)]
    partners = [OrganisationFactory(slug=slug) for slug in ("peer", "pruim")]
    policy, numbers = PolicyFactory(), count()

    def plan(spec: dict[str, Any]) -> Meeting:
        start = at(in_days(spec["days"]), spec["hour"])
        columns = ("format", "state", "is_listed", "language", "is_online", "taken")
        return Meeting(
            **{name: spec[name] for name in columns},
            course=courses[spec["course"]],
            venue=None if spec["venue"] is None else venues[spec["venue"]],
            region=None if spec["region"] is None else regions[spec["region"]],
            partner=partners[spec["partner"]],
            client=partners[0],
            policy=policy,
            capacity=2,
            code=f"willekeurig-{next(numbers)}",
            starts_at=start,
            ends_at=start + dt.timedelta(minutes=30),
        )

    return plan


@hypothesis_settings(max_examples=40)
@given(specs=MEETINGS, chosen=CHOSEN, hides=st.booleans())
def test_a_count_is_what_one_then_sees_and_what_is_hidden_is_never_seen(specs, chosen, hides: bool):
    with transaction.atomic():
        plan = planner()
        Meeting.objects.bulk_create([plan(spec) for spec in specs])
        shown_courses = Course.objects.order_by("pk")[: 2 if hides else 3]
        courses = Course.objects.filter(pk__in=[course.pk for course in shown_courses])
        now, filters = timezone.now(), OfferFilters(**chosen)
        generation.forget()
        offer = offer_of(RequestFactory().get("/"), now=now, courses=courses)
        for facet in facets(offer, filters):
            for choice in facet.choices:
                then = replace(filters, **{facet.name: choice.value})
                seen = [line.meeting for line in fitting(offer, then)]
                assert choice.count == len(seen), (facet.name, choice)
                assert choice.is_chosen == (chosen[facet.name] == choice.value)
                for meeting in seen:
                    assert meeting.is_listed
                    assert meeting.format != Format.IN_COMPANY
                    assert meeting.state != State.CANCELLED
                    assert meeting.starts_at is not None
                    assert meeting.starts_at > now
        transaction.set_rollback(True)


def test_a_facet_is_shown_where_there_is_something_to_choose():
    assert list(shown_facets()) == ["places"]
    MeetingFactory()
    assert list(shown_facets()) == ["places"]
    MeetingFactory(format=Format.CAFE, language="en", is_online=True, day=in_days(70))
    assert list(shown_facets()) == ["format", "region", "month", "language", "places"]
    assert set(shown_facets(subject="niets")) == set(LABELS)


@pytest.mark.parametrize("number", [1, 3])
def test_facets_and_lines_cost_the_same_for_one_and_for_three(
    number: int, django_assert_num_queries
):
    for _ in range(number):
        MeetingFactory(region=RegionFactory(), partner=OrganisationFactory())
    with django_assert_num_queries(3):  # the generation, the offer, the facts of its meetings
        shown_facets()
    with django_assert_num_queries(2):
        shown_facets()
