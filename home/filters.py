"""Finding a meeting on the public site: every choice is an address, so that it needs no script."""

from dataclasses import dataclass, replace

from django.core.validators import slug_re
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _t

from pluc.errors import NotHere
from pluc.paging import address_without
from portal.meetings.queries.offer import Choice, Facet, OfferFilters, is_month, name_of
from portal.organisations.models import Organisation
from portal.organisations.queries import partner_with_slug


@dataclass(frozen=True, kw_only=True)
class Option:
    """A value one can choose: where it leads (nowhere: nothing would be found), and how many."""

    label: str
    count: int
    url: str
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class Way:
    """One way to look, with its values."""

    name: str
    label: str
    options: list[Option]


@dataclass(frozen=True, kw_only=True)
class Unknown:
    """A value in the address that is none of those one can choose, and the address without it."""

    label: str
    value: str
    url: str


MOST_SHOWN = 40  # characters of an unknown value


def require_month(request: HttpRequest) -> None:
    """Raises `NotHere` where the address asks for a month that is none, such as "2026-13"."""
    month = request.GET.get("month", "")
    if month and not is_month(month):
        raise NotHere(
            request,
            _t("There is no month “%(month)s”.") % {"month": month[:MOST_SHOWN]},
            url=address_without(request, "month"),
            label=_t("Look in all months"),
        )


def unknown_values(request: HttpRequest, filters: OfferFilters, ways: list[Way]) -> list[Unknown]:
    """What was asked for and is neither chosen in `filters` nor one of the options of `ways`."""
    options = {way.name: [option.is_chosen for option in way.options] for way in ways}
    found = []
    for name in vars(filters):
        asked = request.GET.get(name, "")
        is_known = bool(getattr(filters, name)) and (
            name == "partner" or any(options.get(name, []))
        )
        if asked and not is_known:
            found.append(
                Unknown(
                    label=name_of(name),
                    value=asked[:MOST_SHOWN],
                    url=address_without(request, name),
                )
            )
    return found


def filters_in(query: QueryDict, *, partner: str = "") -> OfferFilters:
    """What somebody looks for; `partner` is the one that exists. What cannot be is dropped."""
    clean = QueryDict(mutable=True)
    asked = {name: query.get(name, "") for name in query}
    clean.update({name: value for name, value in asked.items() if slug_re.match(value)})
    return replace(OfferFilters.from_query(clean), partner=partner)


def partner_in(query: QueryDict, *, likely: Organisation | None = None) -> Organisation | None:
    """The partner through whose page somebody came, by the address; `None` for an unknown one.

    Most come for a meeting of the partner's own: `likely` spares the question.
    """
    slug = query.get("partner", "")
    if likely and likely.is_partner and likely.slug == slug:
        return likely
    return partner_with_slug(slug=slug) if slug_re.match(slug) else None


def address_of(address: str, filters: OfferFilters) -> str:
    """An address with what is chosen in it, and no more."""
    query = filters.as_query()
    return f"{address}?{query}" if query else address


def ways_to_find(facets: list[Facet], filters: OfferFilters, address: str) -> list[Way]:
    """The facets as links: one click chooses a value, the next one leaves it out."""
    return [
        Way(
            name=facet.name,
            label=facet.label,
            options=[option_of(choice, facet.name, filters, address) for choice in facet.choices],
        )
        for facet in facets
        if facet.choices
    ]


def option_of(choice: Choice, name: str, filters: OfferFilters, address: str) -> Option:
    value = "" if choice.is_chosen else choice.value
    leads_somewhere = choice.is_chosen or choice.count > 0
    return Option(
        label=choice.label,
        count=choice.count,
        url=address_of(address, replace(filters, **{name: value})) if leads_somewhere else "",
        is_chosen=choice.is_chosen,
    )
