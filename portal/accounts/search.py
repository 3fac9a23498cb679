"""Finding people by the beginnings of words, as fast among a million as among a thousand.

Every word of a name, an organisation, a town or an address is a row with an index; so are the
digits of a phone number, from the front and from the back. What one types is cut into words the
same way, and each has to begin a word of the person, in any order: "ber ja" finds Jan van den Berg,
"678" whose number ends so.
"""

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q

from pluc.folding import plain
from portal.accounts.models import Person, PersonWord

LONGEST = PersonWord._meta.get_field("word").max_length or 0
MOST_WORDS = 6  # in one search: more makes it slow, and finds nobody else
SEARCHED = (
    *("first_name", "last_name", "organisation", "professional_number", "email", "phone", "city"),
)
NO_WORD = re.compile(r"[\W_]+")
JOINTS = re.compile(r"['-]")
FROM_THE_BACK = "~"  # before the digits of a number, the last one first: no word begins so
FEWEST_DIGITS = 3  # of the end of a number: fewer would find a tenth of everybody


def words_in(text: str) -> set[str]:
    """The words of a text; an address also as a whole, and "O'Brien" also as one word."""
    pieces = plain(text).split()
    whole = {piece if "@" in piece else JOINTS.sub("", piece) for piece in pieces}
    words = NO_WORD.split(plain(text))
    return {word[:LONGEST] for word in {*words, *whole} if word and not NO_WORD.fullmatch(word)}


def digits_in(text: str) -> str:
    """A phone number without what people put between, the country's 31 as a 0."""
    return re.sub(r"^(00|\+)31", "0", re.sub(r"[^\d+]", "", text))


def words_of(person: Person) -> set[str]:
    """All that a person is found by."""
    texts = (getattr(person, name) for name in SEARCHED if name != "phone")
    words = {word for text in texts for word in words_in(text)}
    return words | numbers_in(person.phone)


def numbers_in(phone: str) -> set[str]:
    """The digits of a phone number as they are found by: from the front and from the back."""
    digits = digits_in(phone)[: LONGEST - 1]
    return {digits, backwards(digits)} if digits else set()


def backwards(digits: str) -> str:
    return FROM_THE_BACK + digits[::-1]


def remember(people: Iterable[Person]) -> None:
    """Brings the index up to date for these people, in two or three queries."""
    wanted = {(person.pk, word) for person in people for word in words_of(person)}
    kept = PersonWord.objects.filter(person__in=[person.pk for person in people])
    found = {(row.person_id, row.word): row.pk for row in kept}
    PersonWord.objects.filter(pk__in=[found[key] for key in found.keys() - wanted]).delete()
    new = [PersonWord(person_id=pk, word=word) for pk, word in sorted(wanted - found.keys())]
    PersonWord.objects.bulk_create(new, ignore_conflicts=True)


def learn(person: Person) -> None:
    """The words of somebody new."""
    learn_all([person])


def learn_all(people: Iterable[Person]) -> None:
    """The same of many who are made at once, of whom no signal tells."""
    words = ((person, word) for person in people for word in sorted(words_of(person)))
    PersonWord.objects.bulk_create(PersonWord(person=person, word=word) for person, word in words)


def person_saved(instance: Person, created: bool, update_fields: Any = None, **kwargs: Any) -> None:
    """Receiver of `post_save`: the index follows whoever saves a person."""
    if created:
        learn(instance)
    elif update_fields is None or set(update_fields) & set(SEARCHED):
        remember([instance])


def asked_words(text: str) -> list[str]:
    """What somebody looks for, cut into words; a number as the phone that it may be."""
    if re.fullmatch(r"\+?[\d\s().-]{6,}", text.strip()):
        return [digits_in(text)[:LONGEST]]
    pieces = plain(text).split()
    words = [
        word
        for piece in pieces
        for word in ([piece] if "@" in piece else NO_WORD.split(piece))
        if word
    ]
    return [word[:LONGEST] for word in words[:MOST_WORDS]]


def matching(text: str) -> Q:
    """The condition on people that a search asks for. Nobody has a name of signs alone."""
    words = asked_words(text)
    condition = Q() if words else Q(pk__in=[])
    for word in words:
        condition &= Q(pk__in=PersonWord.objects.filter(found_by(word)).values("person"))
    return condition


def found_by(word: str) -> Q:
    """Words that begin so; and of digits, numbers that end so."""
    begins = Q(word__begins=word)
    if word.isdecimal() and len(word) >= FEWEST_DIGITS:
        return begins | Q(word__begins=backwards(word))
    return begins


def people_found(text: str, *, limit: int) -> list[UUID]:
    """The keys of people who match, for a list of something else: at the most so many."""
    return list(Person.objects.filter(matching(text)).values_list("pk", flat=True)[:limit])
