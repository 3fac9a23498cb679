"""Fixtures: the cast (addresses end in `.example`), the two doors, the databases."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.signals import setting_changed
from django.db import connections
from django.dispatch import Signal
from django.template import Context, Template
from django.test import Client
from django.test import client as test_client
from django.test.signals import root_urlconf_changed
from django.urls import set_urlconf
from django.utils import translation
from pytest_django import DjangoDbBlocker, Settings
from wagtail.images.models import Filter

from home.models import HomePage
from home.roles import EDITORS, WRITERS
from pluc import generation
from pluc.documents.child import RENDERER
from pluc.limits import LIMITS, Limit
from portal.accounts.models import User
from portal.accounts.roles import BACK_OFFICE, CONTACTS, SPEAKERS
from tests import databases
from tests.documents import made_once
from tests.factories import PersonFactory, UserFactory, home_page
from tests.houses import TWO_HOSTS, House, browser_at, changed_settings
from tests.renditions import scaled_once
from tests.spreading import Spreading

# Chance is the same in every run, and nothing is timed: the machine may be busy.
hypothesis.settings.register_profile(
    "pluc",
    deadline=None,
    derandomize=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("pluc")

TESTS = Path(__file__).parent

# --- What runs -----------------------------------------------------------------------------------


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also the load, fault and time sets")
    parser.addoption(
        "--quick", action="store_true", help="no browser, nothing thorough, one set of values"
    )


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Spreading:
    return Spreading(config, log)


@pytest.hookimpl(trylast=True)  # once those with a browser are marked
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselects long tests, and on PostgreSQL those that need no particular database.

    Sorts tests with a browser first: they take longest, and mostly wait.
    """
    items.sort(key=lambda item: (not is_marked(item, "browser"), item.path.parent != TESTS))
    if not config.getoption("--long"):
        leave_out(config, items, lambda item: is_marked(item, "long"))
    if config.getoption("--quick"):
        leave_out(config, items, lambda item: is_marked(item, "browser"))
        leave_out(config, items, lambda item: is_marked(item, "thorough"))
        leave_out(config, items, is_more_of_one())
    # Databases differ in locks and in what two do at once, in constraints and triggers, in types
    # and lengths, in order, search and sums. What is marked `either_database` asks none of that,
    # but what a page, a mail or a form says of rows that both hold alike. It was chosen by a record
    # of the SQL that each test runs on PostgreSQL: each statement of ours is still run there by a
    # test. In a file that is marked, these are marked `each_database`; so is one whose SQL is new.
    if databases.POSTGRES:
        leave_out(config, items, lambda item: not asks_the_database(item))
        leave_out(config, items, needs_no_particular_database)
        leave_out(config, items, is_about_two_hosts)


def pytest_collection_finish() -> None:
    """Lets Python never again look through what stays anyway (how often: `tests.settings`)."""
    gc.collect()
    gc.freeze()


def is_marked(item: pytest.Item, name: str) -> bool:
    return item.get_closest_marker(name) is not None


def asks_the_database(item: pytest.Item) -> bool:
    names = getattr(item, "fixturenames", [])
    reaches_it = is_marked(item, "django_db") or bool({"db", "committed"} & set(names))
    return reaches_it and not is_marked(item, "browser")


def needs_no_particular_database(item: pytest.Item) -> bool:
    return is_marked(item, "either_database") and not is_marked(item, "each_database")


def is_about_two_hosts(item: pytest.Item) -> bool:
    """Whether a test runs on one host and on two: once is enough on PostgreSQL."""
    callspec = getattr(item, "callspec", None)
    return callspec is not None and callspec.params.get("house") == "two hosts"


def is_more_of_one() -> Callable[[pytest.Item], bool]:
    """A function that says whether the same test came before, with other values."""
    seen: set[str] = set()

    def is_more(item: pytest.Item) -> bool:
        test = item.nodeid.partition("[")[0]
        is_known = test in seen
        seen.add(test)
        return is_known

    return is_more


def leave_out(
    config: pytest.Config, items: list[pytest.Item], unwanted: Callable[[pytest.Item], bool]
) -> None:
    left_out = {item for item in items if unwanted(item)}
    if left_out:
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]


# --- Databases -----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None) -> Iterator[None]:
    """A migrated database of this process's own, copied instead of migrated."""
    databases.make_own()
    yield
    connections.close_all()


@contextmanager
def made_anew_afterwards(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Lets transactions be committed; what they leave behind is gone in the end."""
    with blocker.unblock():
        yield
        connections.close_all()
        databases.make_own()


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database in which transactions are committed; made anew after the test."""
    with made_anew_afterwards(django_db_blocker):
        yield


@pytest.fixture(scope="module")
def kept_rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database that keeps what a module's fixtures make for all its tests, of which each works in
    a transaction of its own; made anew after the last one."""
    with made_anew_afterwards(django_db_blocker):
        yield


@pytest.fixture(autouse=True)
def forgetful() -> None:
    """Empties the memory of `pluc.generation` before each test."""
    generation.forget()


@pytest.fixture(autouse=True)
def documents_made_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes no PDF twice, but for tests about the making (`tests.documents`)."""
    if not is_marked(request.node, "renders"):
        monkeypatch.setattr(RENDERER, "pdf", made_once(RENDERER.pdf))


@pytest.fixture(autouse=True)
def pictures_scaled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Filter, "run", scaled_once(Filter.run))


LimitTo = Callable[[str, str], None]


@pytest.fixture
def limit_to(monkeypatch: pytest.MonkeyPatch) -> LimitTo:
    """A function that sets the rates of a limit by its name."""
    return lambda name, rates: monkeypatch.setitem(
        LIMITS, name, Limit(production=rates, loopback=rates)
    )


@pytest.fixture
def production_limits(fresh_cache: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Applies the limits of production."""
    for name, limit in LIMITS.items():
        only = Limit(production=limit.production, loopback=limit.production)
        monkeypatch.setitem(LIMITS, name, only)


@pytest.fixture
def without_cache(settings: Settings) -> None:
    """A cache that keeps nothing, so that every query is counted."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


@pytest.fixture(autouse=True)
def default_language() -> Iterator[None]:
    """Starts each test in Dutch: a request leaves its language active in the thread."""
    translation.activate("nl")
    yield
    translation.activate("nl")


# --- Templates -----------------------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def contexts_of_whole_pages() -> None:
    """`answer.context` is that of the page, without those of the pieces that it includes.

    The test client copies the context of each template, of which a page has a hundred: a tenth of
    the time of these tests.
    """
    store = test_client.store_rendered_templates

    def store_whole_pages(
        seen: dict[str, Any],
        signal: Signal,
        sender: Template,
        template: Template,
        context: Context,
        **more: Any,
    ) -> None:
        if context.template is template:
            store(seen, signal, sender, template, context, **more)

    test_client.store_rendered_templates = store_whole_pages


# --- The doors -----------------------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def kept_addresses() -> None:
    """Keeps compiled URL confs when a test changes which one is used: compiling takes long.

    Django drops all of them then; ours depend on no setting.
    """
    setting_changed.disconnect(root_urlconf_changed)
    setting_changed.connect(use_the_other_addresses)


def use_the_other_addresses(*, setting: str, **_: object) -> None:
    if setting == "ROOT_URLCONF":
        set_urlconf(None)


@pytest.fixture
def two_hosts(settings: Settings) -> House:
    """The portal and the staff screens on a host of their own."""
    for name, value in changed_settings(**TWO_HOSTS).items():
        setattr(settings, name, value)
    return House("two hosts")


@pytest.fixture(params=["one host", "two hosts"])
def house(request: pytest.FixtureRequest) -> House:
    """Runs a test on one host, and with the portal on a host of its own."""
    if request.param == "two hosts":
        request.getfixturevalue("two_hosts")
    return House(request.param)


@pytest.fixture
def visitor() -> Client:
    """An anonymous browser at the public site."""
    return House("one host").visitor()


# --- The cast ------------------------------------------------------------------------------------


@pytest.fixture
def superuser(db: None) -> User:
    """Bente, who may do everything."""
    person = PersonFactory(first_name="Bente", last_name="Beheer", email="bente@pluc.example")
    return UserFactory(person=person, is_staff=True, is_superuser=True)


@pytest.fixture
def editor(db: None) -> User:
    """Roos, who writes and publishes."""
    person = PersonFactory(first_name="Roos", last_name="Redactie", email="roos@pluc.example")
    user = UserFactory(person=person, is_staff=True)
    user.groups.add(Group.objects.get(name=EDITORS))
    return user


@pytest.fixture
def writer(db: None) -> User:
    """Sem, who writes what Roos publishes."""
    person = PersonFactory(first_name="Sem", last_name="Schrijver", email="sem@pluc.example")
    user = UserFactory(person=person, is_staff=True)
    user.groups.add(Group.objects.get(name=WRITERS))
    return user


@pytest.fixture
def back_office(db: None) -> User:
    """Bas, who answers for people, meetings and mail."""
    person = PersonFactory(first_name="Bas", last_name="Backoffice", email="bas@pluc.example")
    user = UserFactory(person=person, is_staff=True)
    user.groups.add(Group.objects.get(name=BACK_OFFICE))
    return user


@pytest.fixture
def participant(db: None) -> User:
    """Dirk, who takes part."""
    person = PersonFactory(first_name="Dirk", last_name="Deelnemer", email="dirk@kantoor.example")
    return UserFactory(person=person)


@pytest.fixture
def colleague(db: None) -> User:
    """Coby, who takes part too, and whose data is none of Dirk's business."""
    person = PersonFactory(first_name="Coby", last_name="Collega", email="coby@elders.example")
    return UserFactory(person=person)


@pytest.fixture
def speaker(db: None) -> User:
    """Sanne, who speaks at meetings."""
    person = PersonFactory(first_name="Sanne", last_name="Spreker", email="sanne@podium.example")
    user = UserFactory(person=person)
    user.groups.add(Group.objects.get(name=SPEAKERS))
    return user


@pytest.fixture
def contact(db: None) -> User:
    """Chris, who is the contact of a client."""
    person = PersonFactory(first_name="Chris", last_name="Contact", email="chris@klant.example")
    user = UserFactory(person=person)
    user.groups.add(Group.objects.get(name=CONTACTS))
    return user


@pytest.fixture
def outsider(db: None) -> User:
    """Otto, who has a login and no rights."""
    person = PersonFactory(first_name="Otto", last_name="Buiten", email="otto@elders.example")
    return UserFactory(person=person)


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    """A browser at the portal in which somebody has signed in."""

    def browser_of(user: User) -> Client:
        from django.conf import settings

        client = browser_at(settings.PORTAL_URL)
        client.force_login(user)
        return client

    return browser_of


# --- The pages that are always there -------------------------------------------------------------


@pytest.fixture
def home(db: None) -> HomePage:
    """The Dutch home page."""
    return home_page("nl")


@pytest.fixture
def english_home(db: None) -> HomePage:
    """The English home page."""
    return home_page("en")


@pytest.fixture
def fresh_cache(db: None) -> None:
    """A cache in which nothing is stored."""
    cache.clear()
