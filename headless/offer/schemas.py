"""What answers about the offer hold: exactly this. The site shows each of these facts too.

Pydantic's own models, and not ninja's: those look each field up as on a row of the database, which
takes five times as long.
"""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, PlainSerializer, WithJsonSchema

# Exact amounts are text: a JSON number may be read as a binary fraction.
Amount = Annotated[
    Decimal,
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$", "examples": ["195.00"]}),
]
Locale = Literal["nl", "en"]


class Named(BaseModel):
    """Something that one can look by: its name in an address, and what it is called."""

    slug: str
    name: str


class CourseInShort(BaseModel):
    code: str
    title: str
    subject: Named
    level: Literal["basic", "advanced", "expert"]
    url: str = Field(description="Its page on our site.")


class Course(CourseInShort):
    """A course, as editors tell it."""

    level_name: str
    intro: str
    goals: list[str]
    audience: str
    meetings: int = Field(description="How many meetings are to come.")
    meetings_url: str = Field(description="Those meetings, in this API.")
    translations: dict[str, str] = Field(description="Its pages on our site, by language.")


class Venue(BaseModel):
    name: str
    street: str
    postal_code: str
    city: str


class Place(BaseModel):
    """Where it is held. The link to join is for participants."""

    text: str = Field(description="In a word: a city, a region, online.")
    is_online: bool
    region: Named | None
    venue: Venue | None


class Price(BaseModel):
    """What a place costs one person."""

    amount: Amount
    currency: Literal["EUR"] = "EUR"
    vat: Literal["exempt", "included", "on top"]
    vat_rate: int | None = Field(description="Per cent; null where exempt.")
    to_pay: Amount = Field(description="With VAT that comes on top.")
    text: str = Field(description="As our site says it.")


class Places(BaseModel):
    """How many places are left, as our site says it."""

    left: int
    state: Literal["open", "few", "held", "full", "closed"] = Field(
        description="few: not many. held: the last ones are held for who enrols at this moment."
        " full: there is a waiting list. closed: one cannot enrol any more, or it is cancelled."
    )
    text: str
    closes_at: dt.datetime | None = Field(description="Until when one may enrol.")


class Hours(BaseModel):
    """PE hours that a register recognises, or is asked to."""

    scheme: str
    hours: Amount
    is_granted: bool
    text: str


class Speaker(BaseModel):
    """Somebody who teaches, as our site shows them."""

    name: str
    role: str


class Session(BaseModel):
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    break_minutes: int
    counts: bool = Field(description="Whether it counts for PE hours.")


class Meeting(BaseModel):
    """A meeting: one run of a course."""

    code: str
    url: str = Field(description="Its page on our site.")
    course: CourseInShort
    format: Literal["open", "cafe", "partner"]
    format_name: str
    state: Literal["planned", "definite", "held", "completed", "cancelled"]
    language: Literal["nl", "en"] = Field(description="What is spoken.")
    starts_at: dt.datetime
    ends_at: dt.datetime
    days: list[dt.date]
    when: str = Field(description="In words.")
    place: Place
    price: Price
    places: Places
    pe_hours: list[Hours]
    speakers: list[Speaker]
    sessions: list[Session]
    partner: Named | None
    terms: list[str] = Field(description="Until when one may cancel, move or send somebody else.")
    enrol_url: str | None = Field(description="Where one enrols; null where one cannot.")
    enrol_text: str = Field(description="What our button says, or why there is none.")
    calendar_url: str | None = Field(description="The same for a calendar (iCalendar).")


class Logo(BaseModel):
    """A partner's logo in a width of ours."""

    url: str
    width: int
    height: int
    alt: str


class Partner(BaseModel):
    slug: str
    name: str
    url: str = Field(description="Its page on our site.")
    website: str | None
    intro: str
    colour: Literal["apricot", "leaf", "ledger", "aubergine"]
    logo: Logo | None
    meetings_url: str = Field(description="The meetings with this partner, in this API.")


class EarnedHours(BaseModel):
    scheme: str
    hours: Amount
    category: str
    number: str
    text: str


class Certificate(BaseModel):
    """What becomes of a certificate, and what stands on it."""

    id: UUID
    status: Literal["in force", "revoked", "replaced"]
    replaced_by: str | None = Field(description="Address of the new one in this API.")
    language: Locale = Field(
        description="The certificate's own language: all that it says is in that one."
    )
    name: str
    titles: str
    professional_number: str
    course: str
    days: list[dt.date]
    when: str
    place: str
    pe_hours: list[EarnedHours]
    speakers: list[str]
    provider: str
    signatory: str
    issued_on: dt.date
    url: str = Field(description="The page on which a person checks it.")
    credential_url: str = Field(description="The same as an Open Badges 3.0 credential.")
