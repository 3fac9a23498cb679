"""People who may be one person: the same name, mailbox or phone number."""

from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from pluc.name_order import order_of
from portal.accounts.models import Person, PersonWord
from portal.accounts.search import FROM_THE_BACK, digits_in

MOST = 20  # of them are shown: who has more doubles has a name that many have
ORDER = ("sort_key", "pk")


def people_like(*, first_name: str, last_name: str, email: str, phone: str) -> "QuerySet[Person]":
    """Those with the same name in any writing, at the same mailbox, or with the same number."""
    alike = Q(sort_key=order_of(first_name=first_name, last_name=last_name))
    if email:
        alike |= Q(pk__in=Person.objects.with_address(email).values("pk"))
    if digits := digits_in(phone):
        alike |= Q(pk__in=PersonWord.objects.filter(word=digits).values("person"))
    return Person.objects.filter(alike).select_related("user").order_by(*ORDER)


def doubles_of(person: Person) -> "QuerySet[Person]":
    """Others who may be the same person."""
    alike = people_like(
        first_name=person.first_name,
        last_name=person.last_name,
        email=person.email,
        phone=person.phone,
    )
    return alike.exclude(pk=person.pk)


def same_number_as(person: Any) -> "QuerySet[PersonWord]":
    """Words of the outer row that say that it has this person's phone number, in any writing.

    From the back, for a word of digits alone may also be part of an address.
    """
    own = PersonWord.objects.filter(person=person, word=OuterRef("word"))
    numbers = PersonWord.objects.filter(person=OuterRef("pk"), word__startswith=FROM_THE_BACK)
    return numbers.filter(Exists(own))


def likely_doubles() -> "QuerySet[Person]":
    """People of whom another has the name, and the mailbox, number, organisation or town too.

    In the order of names, so that doubles stand together, and by its index, so that a page reads
    no more than it shows. A name alone is no double: there are many called Jan de Vries.
    """
    small = Lower("email", output_field=CharField())
    others = Person.objects.filter(sort_key=OuterRef("sort_key")).exclude(pk=OuterRef("pk"))
    others = others.alias(small=small)
    shared = ~Q(email="") & Q(small=OuterRef("small"))
    for name in ("organisation", "city"):
        shared |= ~Q(**{name: ""}) & Q(**{name: OuterRef(name)})
    shared |= Q(Exists(same_number_as(OuterRef(OuterRef(OuterRef("pk"))))))
    return Person.objects.alias(small=small).filter(Exists(others.filter(shared))).order_by(*ORDER)
