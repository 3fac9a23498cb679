"""No address answers with a failure, whatever is sent to it (docs/decisions/0017).

Every address of the URL conf is asked, with real objects in it where there are any: plainly, with
each parameter that its view reads, with each field of the forms that it shows, with bodies that
are none, and with values in the address itself. The values: `tests.hostile`.
"""

import copy
import json
import logging
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import import_module
from typing import Any, TypeVar

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from pluc.content.models import Download
from portal.accounts.models import User
from tests import databases
from tests.factories import (
    AuthorFactory,
    ContactPageFactory,
    PictureFactory,
    PostFactory,
    StandardPageFactory,
    TopicFactory,
    blog_index,
    home_page,
    offer_page,
    partners_page,
)
from tests.hostile import BODIES, KINDS, PATH_VALUES, Forms, mixed, names_read
from tests.matrix import PORTAL, PUBLIC, STAFF_SCREENS, Outcome
from tests.named import named_objects, names_of_a_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache"), pytest.mark.thorough]
T = TypeVar("T")
OURS = {"Sec-Fetch-Site": "same-origin"}
CONF = "pluc.urls.one_host"
ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")
READY = "readyz"  # answers 503 where the machine is not well
PLAIN = {"int": "1", "str": "1", "slug": "x", "path": "x.png"}
# Snippets of one kind are shown by one set of views: two of them stand for all.
ALIKE = re.compile(
    "snippets/(choose/)?(home/topic|statements|consent/bartexts|content/nav)"
    "|beheer/(sprekers|onderwerpen|regios|erkenningen|voorwaarden|locales|sites)/"
)


@pytest.fixture
def objects(participant: User, speaker: User, contact: User) -> dict[str, object]:
    """Objects by the names of arguments in addresses: ours, and those of Wagtail's screens."""
    ContactPageFactory(parent=home_page())
    page = StandardPageFactory(parent=home_page())
    PostFactory(parent=blog_index())
    offer_page()
    partners_page()
    AuthorFactory()
    TopicFactory()
    document = Download.objects.create(title="x", file=ContentFile(b"%PDF-1.4", name="x.pdf"))
    source, _ = TranslationSource.update_or_create_from_instance(page)
    english = Locale.objects.get(language_code="en")
    translation = Translation.objects.create(source=source, target_locale=english)
    picture, redirect = PictureFactory(), Redirect.objects.create(old_path="/oud")
    names = named_objects(participant) | names_of_a_day(participant, speaker, contact)
    numbers = dict.fromkeys(("page_id", "parent_page_id", "page_to_move_id", "page_pk"), page.pk)
    numbers |= {"document_id": document.pk, "doc_id": document.pk, "image_id": picture.pk}
    numbers |= {"translation_id": translation.pk, "translation_source_id": source.pk}
    numbers |= {"string_segment_id": source.stringsegment_set.values_list("pk", flat=True)[0]}
    numbers |= {"revision_id": page.save_revision().pk, "redirect_id": redirect.pk}
    words = {"content_type_app_name": "home", "content_type_model_name": "standardpage"}
    words |= {"app_label": "home", "model_name": "author", "action": "delete"}
    return names | numbers | words | {"destination_id": home_page().pk}


def filled(address: str, view: Any, objects: dict[str, object]) -> str:
    """An address of Wagtail's with an object in each of its places."""
    model = getattr(view, "view_initkwargs", {}).get("model")
    first = model._default_manager.first() if hasattr(model, "_default_manager") else None

    def value(place: re.Match[str]) -> str:
        kind, name = place.groups()
        if name == "pk" and first is not None:
            return str(first.pk)
        return str(objects.get(name, PLAIN.get(kind or "str", "")))

    return ARGUMENT.sub(value, address)


PAGES = ("blog/", "contact/", "bijeenkomsten/", "partners/")
WALKS = {"anonymous": ("site", "portal"), "participant": ("portal",), "back_office": ("staff",)}


DOORS = {"site": ("", PUBLIC), "portal": ("mijn/", PORTAL), "staff": ("", STAFF_SCREENS)}


def our_addresses(objects: dict[str, object], *doors: str) -> dict[str, str]:
    """The rows of `tests.matrix` at these doors, and pages; by how the URL conf has them."""
    found = {page: f"/{page}" for page in PAGES}
    for prefix, table in (DOORS[door] for door in doors):
        found |= {prefix + r.pattern: f"/{prefix}{r.address.format(**objects)}" for r in table}
    return found


def walked_by_others() -> set[str]:
    """Patterns of ours that somebody of `WALKS` comes in at, as far as they may."""
    return {
        prefix + row.pattern
        for role, doors in WALKS.items()
        for prefix, table in (DOORS[door] for door in doors)
        for row in table
        if row.expected[role] not in {Outcome.NOTHING, Outcome.SIGN_IN, Outcome.HOME}
    }


def addresses(objects: dict[str, object], *, all_of_wagtails: bool) -> dict[str, str]:
    """Our addresses, and every other address of the URL conf that takes no unknown argument.

    Of the others half, unless all are asked for: the other half is asked of the other database.
    """
    ours = our_addresses(objects, *DOORS)
    others = {
        address: "/" + filled(address.replace("^", ""), view, objects)
        for address, view in all_views(import_module(CONF).urlpatterns)
        if address not in ours and not set("(*") & set(address) and not ALIKE.search(address)
    }
    if not all_of_wagtails:
        others = dict(list(others.items())[databases.POSTGRES :: 2])
    return {pattern: path for pattern, path in (others | ours).items() if pattern != READY}


def all_views(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every address of a URL conf as it is written there, with its view."""
    for one in patterns:
        address = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from all_views(one.url_patterns, address)
        else:
            yield address, one.callback


class Attacker:
    """A browser that collects failures. The database is rolled back after each request.

    Each address meets `turns` kinds of values, another few at each next address.
    """

    def __init__(self, browser: Client, *, turns: int) -> None:
        self.browser, self.turns, self.turn = browser, turns, 0
        browser.raise_request_exception = False
        self.failures: dict[str, str] = {}

    def ask(self, method: str, path: str, data: Any = None, **more: Any) -> Any:
        """`method` of the test client, or "raw": a POST of bytes, whatever its content type."""
        cookies = copy.deepcopy(self.browser.cookies)
        send = getattr(self.browser, method, None) or partial(self.browser.generic, "POST")
        with transaction.atomic():
            answer: Any = send(path, data, headers=OURS, **more)
            transaction.set_rollback(True)
        self.browser.cookies = cookies
        if answer.status_code >= 500:
            cause = getattr(answer, "exc_info", None) or ("", "")
            told = f"{method} {path[:150]} {data}"
            self.failures.setdefault(f"{cause[0]} {cause[1]}"[:150], told)
        return answer

    def some(self, kinds: Sequence[T]) -> list[T]:
        """As many of these as there are turns, another few at each call."""
        self.turn += self.turns
        return [kinds[(self.turn + step) % len(kinds)] for step in range(self.turns)]

    def walk(self, path: str) -> None:
        """Attacks one address: its parameters, its forms and its body."""
        with names_read() as read:
            answer = self.ask("get", path)
        fields = dict.fromkeys(sorted(read), "")
        for turn in self.some(range(len(KINDS))) if fields else ():
            self.ask("get", path, mixed(fields, turn))
        for action, fields in Forms(html_of(answer)).found:
            target = action if action.startswith("/") else path
            for turn in self.some(range(len(KINDS))) if "uitloggen" not in target else ():
                self.ask("post", target, mixed(fields, turn))
        if not databases.POSTGRES:  # what is refused before any database is asked
            self.send_no_form(path)

    def send_no_form(self, path: str) -> None:
        """Sends one address bodies that are none, and methods that it does not have."""
        for content_type, body in self.some([*BODIES.values()]):
            self.ask("raw", path, body, content_type=content_type)
        for method in self.some(["put", "patch", "delete", "options"]):
            self.ask(method, path, "")


SHOWN = ("text/html", "application/json")


def html_of(answer: HttpResponse) -> str:
    """The HTML of an answer; Wagtail's dialogs send it within JSON."""
    kind = answer.headers.get("Content-Type", "")
    if answer.status_code != 200 or answer.streaming or not kind.startswith(SHOWN):
        return ""
    text = answer.content.decode(errors="replace")
    if "json" not in kind:
        return text
    shown = json.loads(text)
    return str(shown.get("html", "")) if isinstance(shown, dict) else ""


def hostile_addresses(pattern: str) -> Iterator[str]:
    """An address with hostile values in place of its arguments."""
    for kind, _ in ARGUMENT.findall(pattern):
        for value in PATH_VALUES[kind or "str"]:
            changed = ARGUMENT.sub(lambda _, value=value: value, pattern)
            yield "/" + changed.replace("^", "")


@pytest.fixture
def quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def failures(browser: Client, found: dict[str, str], *, turns: int) -> str:
    """What failed at these addresses (`addresses`), with the first request that it failed on."""
    attacker = Attacker(browser, turns=turns)
    for pattern, path in found.items():
        attacker.walk(path)
        for hostile in hostile_addresses(pattern):
            attacker.ask("get", hostile)
        cache.clear()  # the rates at which one may try
    return "\n".join(f"{cause}: {asked}" for cause, asked in attacker.failures.items())


@pytest.mark.parametrize("turns", [1, pytest.param(len(KINDS), marks=pytest.mark.long)])
def test_whatever_is_sent_no_address_fails(
    turns: int,
    superuser: User,
    objects: dict[str, object],
    sign_in: Callable[[User], Client],
    quiet: None,
):
    found = addresses(objects, all_of_wagtails=turns > 1)
    if turns == 1 and not databases.POSTGRES:
        found = {one: path for one, path in found.items() if one not in walked_by_others()}
    failed = failures(sign_in(superuser), found, turns=turns)
    assert failed == ""


# On PostgreSQL the superuser walks to all of them.
@pytest.mark.either_database
@pytest.mark.parametrize("role", WALKS)
def test_nor_do_ours_for_others(
    role: str,
    objects: dict[str, object],
    sign_in: Callable[[User], Client],
    request: pytest.FixtureRequest,
    quiet: None,
):
    browser = Client() if role == "anonymous" else sign_in(request.getfixturevalue(role))
    assert failures(browser, our_addresses(objects, *WALKS[role]), turns=1) == ""
