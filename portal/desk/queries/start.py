"""Queries of the portal's first page: only what is the viewer's own (P13)."""

from dataclasses import dataclass

from django.conf import settings

from pluc.content.addresses import page_path
from pluc.content.tree import trail_to
from portal.accounts.models import Person, User
from portal.accounts.permissions import needs_second_factor
from portal.accounts.queries import claimable_by, has_second_factor
from portal.enrolments.models import Enrolment
from portal.enrolments.queries.mine import offers_to

OFFER_PATH = "/bijeenkomsten/"  # CONTRACT, Public addresses; its translation has another slug


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What waits for an answer: places, found records, and what is not filled in yet."""

    offers: list[Enrolment]
    found: int
    lacks_second_factor: bool
    lacks_list_facts: bool

    def __bool__(self) -> bool:
        lacks = self.lacks_second_factor or self.lacks_list_facts
        return bool(self.offers or self.found) or lacks


def waiting_for(*, user: User) -> Waiting:
    return Waiting(
        offers=offers_to(person=user.person),
        found=claimable_by(user=user).count(),
        lacks_second_factor=needs_second_factor(user) and not has_second_factor(user=user),
        lacks_list_facts=lacks_list_facts(user.person),
    )


def lacks_list_facts(person: Person) -> bool:
    """Whether the participant list would show no more than a name (P05)."""
    return not person.organisation or not person.titles.exists()


def offer_path(language: str) -> str:
    """Where the offer is read in a language; empty before there is such a page."""
    trail = trail_to(OFFER_PATH, settings.LANGUAGE_CODE)
    page = trail.page if language == settings.LANGUAGE_CODE else trail.translations.get(language)
    return page_path(page) if page and page.live else ""
