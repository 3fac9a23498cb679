"""What one may look for in the offer: the filters of the site, under the same names."""

from http import HTTPStatus
from typing import Literal
from uuid import UUID

from django.core.validators import slug_re
from django.utils.translation import gettext as _t
from ninja import P, PathEx
from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from headless.answers.cursors import Paging
from headless.answers.problems import FieldProblem, Refusal
from headless.answers.queries import Parameters
from headless.offer.schemas import Locale
from portal.meetings.models import Region, Subject
from portal.meetings.queries.offer import A_MONTH, OfferFilters, is_month
from portal.meetings.queries.remembered import ONLINE
from portal.organisations.queries import partner_with_slug

MeetingCode = PathEx[
    str, P(description="The code of the meeting.", example="pe-cafe-utrecht-2026-12")
]
CourseCode = PathEx[str, P(description="The code of the course.", example="pe-cafe-utrecht")]
CertificateId = PathEx[UUID, P(description="The number of the certificate, as its code says it.")]


class Language(Parameters):
    """What each address of the offer takes."""

    locale: Locale = Field("nl", description="The language of names and sentences.")


class Listed(Paging, Language):
    """What each list takes."""


class MeetingQuery(Language):
    partner: str = Field(
        "", max_length=60, description="The partner through whose page one came, by short name."
    )

    def known_partner(self) -> str:
        """Raises `Refusal` (404) for one that there is not."""
        if self.partner and not exists("partner", self.partner):
            raise unknown("partner", self.partner)
        return self.partner


class OfferQuery(Listed):
    """What is left out is left open."""

    format: Literal["", "open", "cafe", "partner"] = Field(
        "", description="Open meetings, PE-cafés, or those of a partner."
    )
    region: str = Field("", max_length=40, description="A region's short name, or “online”.")
    subject: str = Field("", max_length=40, description="A subject's short name.")
    month: str = Field(
        "",
        description="The month of the first day, such as 2026-12.",
        json_schema_extra={"pattern": rf"^({A_MONTH.pattern})?$"},
    )
    language: Literal["", "nl", "en"] = Field("", description="What is spoken.")
    places: Literal["", "vrij"] = Field("", description="“vrij”: with places left.")
    partner: str = Field("", max_length=60, description="A partner's short name.")

    @field_validator("month")
    @classmethod
    def is_one(cls, value: str) -> str:
        if value and not is_month(value):
            raise PydanticCustomError("month", _t("There is no such month. Write 2026-12."))
        return value

    def as_filters(self) -> OfferFilters:
        """Raises `Refusal` (404) for a region, subject or partner that there is not."""
        asked = {name: getattr(self, name) for name in vars(OfferFilters())}
        for name, value in asked.items():
            if value and not exists(name, value):
                raise unknown(name, value)
        return OfferFilters(**asked)


class MeetingsQuery(OfferQuery):
    course: str = Field("", max_length=80, description="A course's code.")


def exists(name: str, value: str) -> bool:
    """Whether there is something of this name; formats and the like are judged by their type."""
    if name not in {"region", "subject", "partner"}:
        return True
    if not slug_re.match(value):
        return False
    if name == "partner":
        return partner_with_slug(slug=value) is not None
    if name == "subject":
        return Subject.objects.filter(slug=value).exists()
    return value == ONLINE or Region.objects.filter(slug=value).exists()


def unknown(name: str, value: str) -> Refusal:
    names = {
        "region": _t("There is no region “%(value)s”."),
        "subject": _t("There is no subject “%(value)s”."),
        "course": _t("There is no course “%(value)s”."),
        "partner": _t("There is no partner “%(value)s”."),
    }
    detail = names[name] % {"value": value[:40]}
    errors = [FieldProblem(where=f"query.{name}", detail=detail)]
    return Refusal(HTTPStatus.NOT_FOUND, detail, errors=errors)
