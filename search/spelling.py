"""What somebody may have meant who mistyped a word: the nearest ones that the site itself uses."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial
from html import unescape
from typing import Any

from django.http import HttpRequest
from django.utils.html import strip_tags
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler
from wagtail.models import get_page_models

from pluc.content.models import BasePage
from pluc.generation import remembered
from portal.accounts.search import words_in

SHORTEST = 4  # letters of a word that can be mistyped: among shorter ones too much is near
LONG = 7  # from so many letters two mistakes are likely to be one word still
MOST_WORDS = 8  # of one question
MOST_MEANT = 3


def known_words(request: HttpRequest, locale_id: int) -> Mapping[str, int]:
    """Every word on live pages in a language and how often it is there, once per generation."""
    return remembered(request, ("words of pages", locale_id), partial(count_words, locale_id))


def count_words(locale_id: int) -> Counter[str]:
    """In a query for each type of page."""
    counted: Counter[str] = Counter()
    for model in get_page_models():
        if issubclass(model, BasePage):
            pages = model.objects.live().filter(locale_id=locale_id)
            for title, intro, body in pages.values_list("title", "intro", "body"):
                texts = (title, intro, *texts_in(body.raw_data))
                words = (word for text in texts for word in words_in(text))
                counted.update(word for word in words if word.isalnum())  # not with its comma
    return counted


def texts_in(value: Any) -> Iterable[str]:
    """The texts within a block's stored value, without their tags."""
    if isinstance(value, str):
        yield unescape(strip_tags(value))
    elif isinstance(value, Mapping):
        for name, part in value.items():
            if name not in {"id", "type"}:
                yield from texts_in(part)
    elif isinstance(value, Iterable):
        for part in value:
            yield from texts_in(part)


def meant(query: str, known: Mapping[str, int]) -> list[str]:
    """Questions that may have been meant instead, the likeliest first; none where all is known."""
    words = query.split()[:MOST_WORDS]
    instead = [nearest(word, known) for word in words]
    if not any(instead):
        return []
    found: list[str] = []
    for place in range(max(map(len, instead))):
        picked = [
            near[min(place, len(near) - 1)] if near else word
            for word, near in zip(words, instead, strict=True)
        ]
        found.append(" ".join(picked))
    return found[:MOST_MEANT]


def nearest(word: str, known: Mapping[str, int]) -> list[str]:
    """The words that differ least from an unknown one, of those the most alike first."""
    plain = "".join(sorted(words_in(word), key=len)[-1:])
    if len(plain) < SHORTEST or plain in known:
        return []
    most = 2 if len(plain) >= LONG else 1
    near = process.extract(plain, known.keys(), scorer=OSA.distance, score_cutoff=most, limit=20)
    likely = [
        (distance, -JaroWinkler.similarity(plain, one), -known[one], one)
        for one, distance, _ in near
        if len(one) >= SHORTEST
    ]
    return [one for *_, one in sorted(likely)][:MOST_MEANT]
