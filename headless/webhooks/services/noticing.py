"""Noticing what is public now and was not, or the other way, or stands elsewhere.

Wagtail publishes, moves and deletes in many ways, some of which signal twice, some after their
transaction, and some not at all. So a signal only says where to look. What is told follows from the
difference between what is public now and what endpoints know (`Known`), written in one
transaction: each difference is told once, whoever looks, and however often. The worker looks at
everything each minute, for what no signal told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from wagtail.models import Page

from headless.webhooks.api_addresses import STATEMENT, page_address
from headless.webhooks.models import Event, Known
from headless.webhooks.queries import is_anybody_told
from headless.webhooks.services.telling import Happening, tell
from legal.statements.queries import edition_in_force
from pluc.content.addresses import page_path
from pluc.content.for_api import pages_for_api

PAGE, THE_STATEMENT = "page:", "statement"


@dataclass(frozen=True)
class Seen:
    """How a page stands there: nothing of it where it is not public."""

    address: str = ""
    published_at: datetime | None = None


NOT_THERE = Seen()


def look_at_page(page: Page) -> None:
    """Looks at a page and at its translations, which a mark "not for the API" takes along; and at
    those below each that has another address, or is there no more or once more."""
    if not is_anybody_told():
        return
    translations = Page.objects.filter(translation_key=page.translation_key)
    numbers = {page.pk, *translations.values_list("pk", flat=True)}
    before = known_of(numbers)
    look_at(numbers)
    after = known_of(numbers)
    for number in sorted(numbers):
        was, is_now = before.get(number, NOT_THERE), after.get(number, NOT_THERE)
        if was.address != is_now.address:
            look_below(number)


def look_below(number: int) -> None:
    """Looks at a page, by number, and at all below it."""
    if is_anybody_told():
        path = Page.objects.filter(pk=number).values_list("path", flat=True).first()
        below = Page.objects.filter(path__startswith=path) if path else Page.objects.none()
        look_at(below.values_list("pk", flat=True))


def look_everywhere() -> None:
    """Looks at every page, and at the statement: one transaction for what is different."""
    if not is_anybody_told():
        return
    now, known = seen_now(Q()), known_of(None)
    look_at(number for number in now | known if now.get(number) != known.get(number))
    look_at_statement()


@transaction.atomic
def know_everything() -> None:
    """Counts all that is public now as known, and tells nobody: before the first endpoint nobody
    kept count."""
    Known.objects.all().delete()
    edition = edition_in_force(settings.LANGUAGE_CODE)
    pages = {f"{PAGE}{number}": seen for number, seen in seen_now(Q()).items()}
    keep(pages | {THE_STATEMENT: Seen(edition.version if edition else "")})


@transaction.atomic
def look_at(numbers: Iterable[int]) -> None:
    """Tells what is different of these pages, by number, and knows it from then on."""
    wanted = sorted(numbers)
    if not wanted:
        return
    hold(f"{PAGE}{number}" for number in wanted)
    now, known = seen_now(Q(pk__in=wanted)), known_of(wanted)
    changed = [number for number in wanted if now.get(number) != known.get(number)]
    there = set(Page.objects.filter(pk__in=changed).values_list("pk", flat=True))
    happened: list[Happening] = []
    for number in changed:
        before, after = known.get(number, NOT_THERE), now.get(number, NOT_THERE)
        events = events_between(before, after, is_there=number in there)
        happened += (about_page(event, number) for event in events)
    tell(*happened)
    keep({f"{PAGE}{number}": now.get(number, NOT_THERE) for number in changed})


def events_between(before: Seen, after: Seen, *, is_there: bool) -> list[Event]:
    """What happened to a page between two looks at it; `is_there` says whether it was deleted."""
    if not after.address:
        return [Event.PAGE_UNPUBLISHED if is_there else Event.PAGE_DELETED]
    events = []
    if before.address and before.address != after.address:
        events.append(Event.PAGE_MOVED)
    if not before.address or before.published_at != after.published_at:
        events.append(Event.PAGE_PUBLISHED)
    return events


def about_page(event: Event, number: int) -> Happening:
    subject = f"{PAGE}{number}"
    return Happening(event=event, subject=subject, object_id=number, path=page_address(number))


@transaction.atomic
def look_at_statement() -> None:
    """Tells of another version in force, on the day from which the API answers with it."""
    if not is_anybody_told():
        return
    hold([THE_STATEMENT])
    edition = edition_in_force(settings.LANGUAGE_CODE)
    known = Known.objects.get(pk=THE_STATEMENT)
    if edition is None or edition.version == known.value:
        return
    tell(
        Happening(
            event=Event.STATEMENT_IN_FORCE,
            subject=THE_STATEMENT,
            object_id=edition.version,
            path=STATEMENT,
        )
    )
    keep({THE_STATEMENT: Seen(edition.version)})


# --- What is, and what is known ------------------------------------------------------------------


def seen_now(which: Q) -> dict[int, Seen]:
    """Those of these pages that the API shows, by number."""
    rows = pages_for_api().filter(which).only("pk", "url_path", "last_published_at")
    return {page.pk: Seen(page_path(page), page.last_published_at) for page in rows}


def known_of(numbers: Iterable[int] | None) -> dict[int, Seen]:
    """What endpoints know of these pages, or of all; without those that are not public."""
    rows = Known.objects.filter(subject__startswith=PAGE).exclude(value="")
    if numbers is not None:
        rows = rows.filter(subject__in=[f"{PAGE}{number}" for number in numbers])
    found = rows.values_list("subject", "value", "published_at")
    return {int(subject.removeprefix(PAGE)): Seen(value, at) for subject, value, at in found}


def hold(subjects: Iterable[str]) -> None:
    """Locks what is known of these until the transaction ends: one tells of them at a time."""
    names = list(subjects)
    Known.objects.bulk_create([Known(subject=name) for name in names], ignore_conflicts=True)
    locked = Known.objects.select_for_update().filter(subject__in=names).order_by("subject")
    list(locked.values_list("subject", flat=True))


def keep(seen: Mapping[str, Seen]) -> None:
    """Knows this from now on."""
    Known.objects.bulk_create(
        [
            Known(subject=subject, value=one.address, published_at=one.published_at)
            for subject, one in seen.items()
        ],
        update_conflicts=True,
        unique_fields=["subject"],
        update_fields=["value", "published_at"],
    )
