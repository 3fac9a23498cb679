"""What endpoints are told, and what not: each change once (docs/decisions/0051)."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from headless.webhooks.models import Delivery, Endpoint, Known
from headless.webhooks.services import noticing
from home.models import StandardPage
from pluc.content.tasks import publish_due
from tests.factories import StandardPageFactory
from tests.legal.versions import EditionFactory
from tests.planning import in_days
from tests.receivers import endpoint_at, forget, shown_meeting, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]
ADDRESS = "https://hook.peren.example/pluc"


def published(**fields: Any) -> StandardPage:
    """A page that an editor wrote and published."""
    page: StandardPage = StandardPageFactory(live=False, **fields)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def tree() -> list[StandardPage]:
    """A page with one below it, and one below that."""
    top = StandardPageFactory()
    middle = StandardPageFactory(parent=top)
    pages = [fresh(page) for page in (top, middle, StandardPageFactory(parent=middle))]
    noticing.look_everywhere()
    return pages


def fresh(page: StandardPage) -> StandardPage:
    """As it is stored: a page that was given others below it does not know of them."""
    return StandardPage.objects.get(pk=page.pk)


@pytest.mark.either_database
@pytest.mark.usefixtures("endpoint")
def test_going_live_tells_once_and_saving_a_draft_nothing():
    page = StandardPageFactory(live=False)
    page.save_revision()
    assert told() == []
    page.save_revision().publish()
    assert told() == [("page.published", page.pk)]
    page.title = "Anders"
    page.save_revision()
    assert len(told()) == 1
    page.save_revision().publish()
    assert told() == [("page.published", page.pk)] * 2


@pytest.mark.usefixtures("endpoint")
def test_scheduling_tells_nothing_and_its_moment_once():
    page = StandardPageFactory(live=False)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.expire_at = timezone.now() + timedelta(hours=3)
    page.save_revision().publish()
    assert told() == []
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        publish_due()
        publish_due()
        assert told() == [("page.published", page.pk)]
    with time_machine.travel(timezone.now() + timedelta(hours=4)):
        publish_due()
    assert told() == [("page.published", page.pk), ("page.unpublished", page.pk)]


@pytest.mark.either_database
@pytest.mark.usefixtures("endpoint")
def test_another_slug_tells_each_page_below_once():
    pages = tree()
    hidden = StandardPageFactory(parent=pages[0], live=False)
    forget()
    pages[0].slug = "verhuisd"
    pages[0].save_revision().publish()
    moved = [("page.moved", page.pk) for page in pages]
    assert sorted(told()) == sorted([*moved, ("page.published", pages[0].pk)])
    assert hidden.pk not in dict(told()).values()


def test_moving_tells_each_page_once_and_another_order_nothing(endpoint: Endpoint):
    other, sibling = StandardPageFactory(), StandardPageFactory()
    pages = tree()
    forget()
    sibling.move(pages[0], pos="left")
    assert told() == []
    fresh(pages[0]).move(fresh(other), pos="last-child")
    assert sorted(told()) == sorted(("page.moved", page.pk) for page in pages)
    assert set(Delivery.objects.values_list("endpoint", flat=True)) == {endpoint.pk}


@pytest.mark.either_database
@pytest.mark.usefixtures("endpoint")
def test_unpublishing_with_what_is_below_and_deleting_tell_each_once():
    pages, others = tree(), tree()
    forget()
    pages[0].unpublish()
    assert told() == [("page.unpublished", pages[0].pk)]
    forget()
    Page.objects.get(pk=others[0].pk).delete()
    assert sorted(told()) == sorted(("page.deleted", page.pk) for page in others)
    forget()
    Page.objects.get(pk=pages[0].pk).delete()
    deleted = [("page.deleted", page.pk) for page in pages[1:]]
    assert sorted(told()) == sorted(deleted), "the first one was told of when it went offline"


@pytest.mark.usefixtures("endpoint")
def test_a_page_for_some_people_only_tells_nothing():
    page = StandardPageFactory(live=False)
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    page.save_revision().publish()
    page.refresh_from_db()
    page.slug = "elders"
    page.save_revision().publish()
    page.unpublish()
    page.delete()
    assert told() == []


@pytest.mark.usefixtures("endpoint")
def test_a_page_that_is_marked_not_for_the_api_is_gone_once_and_then_tells_nothing():
    marked = StandardPageFactory(live=False, not_for_api=True)
    marked.save_revision().publish()
    below = published(parent=fresh(marked))
    assert told() == []
    page = published()
    forget()
    page.not_for_api = True
    page.save_revision().publish()
    assert told() == [("page.unpublished", page.pk)]
    page.slug = "elders"
    page.save_revision().publish()
    fresh(marked).move(fresh(page), pos="last-child")
    fresh(below).unpublish()
    fresh(page).delete()
    assert len(told()) == 1


@pytest.mark.usefixtures("endpoint")
def test_a_mark_tells_of_translations_and_of_what_is_below_them_at_once():
    page = published()
    english = published(language="en", translation_key=page.translation_key)
    below = published(parent=fresh(english))
    numbers = sorted(one.pk for one in (page, english, below))
    for marked, event in ((True, "page.unpublished"), (False, "page.published")):
        forget()
        page.not_for_api = marked
        page.save_revision().publish()
        assert sorted(told()) == [(event, number) for number in numbers]


@pytest.mark.usefixtures("endpoint")
def test_what_no_signal_tells_is_found_by_the_worker():
    page, gone = published(), published()
    forget()
    Page.objects.filter(pk=page.pk).update(live=False)
    Page.objects.filter(pk=gone.pk).update(last_published_at=timezone.now())
    noticing.look_everywhere()
    assert sorted(told()) == sorted([("page.unpublished", page.pk), ("page.published", gone.pk)])


@pytest.mark.either_database
def test_a_change_that_is_taken_back_tells_nothing():
    endpoint_at(ADDRESS)
    page = StandardPageFactory(live=False)
    with transaction.atomic():
        page.save_revision().publish()
        assert told() == [("page.published", page.pk)]
        transaction.set_rollback(True)
    assert told() == []


def test_without_an_endpoint_nothing_is_kept_and_the_first_hears_of_nothing_old():
    page = published()
    assert not Known.objects.exists()
    endpoint_at(ADDRESS)
    noticing.look_everywhere()
    assert told() == []
    page.save_revision().publish()
    assert told() == [("page.published", page.pk)]


@pytest.mark.either_database
def test_each_endpoint_is_told_of_what_it_chose():
    one, _ = endpoint_at(ADDRESS, events=["page.published"])
    other, _ = endpoint_at(ADDRESS, events=["page.unpublished", "page.published"])
    off, _ = endpoint_at(ADDRESS)
    Endpoint.objects.filter(pk=off.pk).update(state=Endpoint.State.DISABLED)
    published().unpublish()
    rows = list(Delivery.objects.order_by("pk").values_list("endpoint", "event"))
    assert sorted(rows, key=str) == sorted(
        [
            (one.pk, "page.published"),
            (other.pk, "page.published"),
            (other.pk, "page.unpublished"),
        ],
        key=str,
    )


# --- What a message holds ------------------------------------------------------------------------


@pytest.mark.usefixtures("endpoint")
def test_a_message_holds_an_id_and_an_address_and_nothing_else():
    page = published(title="Zwaluwstaart", slug="zwaluwstaart")
    body = Delivery.objects.get().body
    message = json.loads(body)
    assert set(message) == {"type", "timestamp", "data"}
    assert message["data"] == {
        "id": page.pk,
        "address": f"http://localhost:8000/api/v2/pages/{page.pk}/",
    }
    assert "waluw" not in body


@pytest.mark.usefixtures("endpoint")
def test_a_message_leads_to_what_the_api_answers_now(visitor: Client):
    meeting, page = shown_meeting(), published()
    EditionFactory(version=in_days(0), effective_from=in_days(0))
    noticing.look_everywhere()
    bodies = Delivery.objects.values_list("body", flat=True)
    paths = {urlsplit(json.loads(body)["data"]["address"]).path for body in bodies}
    assert {visitor.get(path).status_code for path in paths} == {200}
    assert len(paths) == 3
    page.unpublish()
    assert visitor.get(f"/api/v2/pages/{page.pk}/").status_code == 404
    assert meeting.code in "".join(paths)


@pytest.mark.usefixtures("endpoint")
def test_a_tree_that_moves_costs_the_same_with_one_page_and_with_five(
    django_assert_num_queries: Any,
):
    top = StandardPageFactory()
    for number in (1, 5):
        for _ in range(number - 1):
            StandardPageFactory(parent=fresh(top))
        noticing.look_everywhere()
        forget()
        Page.objects.filter(path__startswith=top.path).update(
            url_path=Concat("url_path", Value("x/"))
        )
        with django_assert_num_queries(15):
            noticing.look_below(top.pk)
        assert len(told()) == number


def test_without_an_endpoint_publishing_costs_one_query(django_assert_num_queries: Any):
    page = published()
    with django_assert_num_queries(1):
        noticing.look_at_page(page)
    with django_assert_num_queries(1):
        noticing.look_everywhere()
