"""What visitors may see of the blog."""

from datetime import date

import pytest

from home.models import Topic
from home.queries import RELATED_POSTS, posts_in, related_to, topics_in
from tests.factories import PostFactory, TopicFactory, home_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def dutch(db: None) -> int:
    return home_page("nl").locale_id


def test_posts_are_in_one_language_live_and_newest_first(dutch: int):
    old = PostFactory(date=date(2026, 1, 1))
    new = PostFactory(date=date(2026, 6, 1))
    PostFactory(live=False)
    PostFactory(language="en")
    assert list(posts_in(dutch)) == [new, old]


def test_posts_of_one_day_stand_in_the_order_of_their_making(dutch: int):
    first, second = PostFactory.create_batch(2, date=date(2026, 1, 1))
    assert list(posts_in(dutch)) == [second, first]


def test_posts_are_filtered_by_topic(dutch: int):
    tax, data = TopicFactory(), TopicFactory()
    about_tax = PostFactory(topics=[tax])
    about_both = PostFactory(topics=[tax, data])
    PostFactory()
    assert set(posts_in(dutch, topic=tax)) == {about_tax, about_both}
    assert list(posts_in(dutch, topic=data)) == [about_both]


def test_a_topic_is_offered_once_and_only_while_it_has_a_live_post(dutch: int):
    tax: Topic = TopicFactory(name="Belasting")
    PostFactory.create_batch(2, topics=[tax])
    PostFactory(topics=[TopicFactory()], live=False)
    TopicFactory()
    PostFactory(language="en", topics=[TopicFactory(language="en")])
    assert topics_in(dutch) == [tax]


def test_related_posts_share_a_topic_and_never_are_the_post_itself():
    tax, data = TopicFactory(), TopicFactory()
    post = PostFactory(topics=[tax, data])
    both = PostFactory(topics=[tax, data])
    PostFactory(topics=[TopicFactory()])
    PostFactory(topics=[tax], live=False)
    assert related_to(post, [tax, data]) == [both]
    assert related_to(post, []) == []


def test_related_posts_are_few_and_the_newest():
    tax = TopicFactory()
    posts = [PostFactory(topics=[tax], date=date(2026, 1, day)) for day in range(1, 7)]
    related = related_to(posts[0], [tax])
    assert related == posts[:-4:-1]
    assert len(related) == RELATED_POSTS


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_of_cards_costs_one_query(dutch: int, number: int, django_assert_num_queries):
    from tests.factories import FullPostFactory

    FullPostFactory.create_batch(number)
    with django_assert_num_queries(1):
        for post in posts_in(dutch):
            assert post.author.name
            assert post.picture.title
