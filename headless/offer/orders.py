"""What a partner sends to enrol people, and the form of the site that it is checked with."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _t
from ninja import Field, Schema
from pydantic import BeforeValidator, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from headless.answers.problems import FieldProblem
from portal.accounts.postal_codes import NETHERLANDS
from portal.enrolments.forms.enrolling import MOST, EnrollingForm, name_of
from portal.meetings.models import Meeting

# Texts that the form takes for certain, told in the schema; it takes some more, such as names in
# yet other scripts. Written as JavaScript, Python and Rust all read it: without `\p{L}`.
LETTERS = (
    r"A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"  # Latin
    r"\u0388-\u038a\u038e-\u03a1\u03a3-\u03f5\u0400-\u0481\u048a-\u052f"  # Greek, Cyrillic
    r"\u0531-\u0556\u0561-\u0587\u05d0-\u05ea\u0620-\u064a\u0904-\u0939\u0e01-\u0e30"
)
MARKS = r"\u0300-\u036f\u064b-\u0652\u093a-\u094d"
WORD = rf"['’]?[{LETTERS}][{LETTERS}{MARKS}'’-]*[.,]?"
NAME = rf"^{WORD}( {WORD})*$"
UNSEEN = r"\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff"
LINE = rf"^[^\s{UNSEEN}]([^{UNSEEN}]*[^\s{UNSEEN}])?$"
MAYBE_LINE = rf"^({LINE[1:-1]})?$"
DUTCH_CODE = r"^[1-9][0-9]{3} ?([A-RT-Z][A-Z]|S[BCE-RT-Z])$"
HERE = sorted({way for one in NETHERLANDS for way in (one, one.upper(), one.title())})
NAMES = ("first_name", "last_name", "email")


class Body(Schema):
    """JSON that is sent: a name that we do not know is refused, so that nothing is lost unseen.
    Each value has its own type: no text stands for a number, and no number for true.
    """

    model_config = ConfigDict(extra="forbid", strict=True)


def text(
    length: int, *, default: Any = ..., pattern: str = "", examples: Sequence[Any] = (), **told: Any
) -> Any:
    """A text of the form. The form judges it, in its own sentences; `pattern` only tells in the
    schema which texts it takes for certain."""
    extra = {"pattern": pattern} if pattern else {}
    return Field(
        default,
        min_length=1 if default is ... else 0,
        max_length=length,
        json_schema_extra=extra | told.pop("extra", {}),
        examples=list(examples) or None,
        **told,
    )


def is_true(value: Any) -> Any:
    """In Python 1 is true; in JSON it is another value."""
    if value is not True:
        raise PydanticCustomError("true", _t("Send true, once they have agreed to the terms."))
    return value


class Name(Body):
    first_name: str = text(100, pattern=NAME, examples=["Saar"])
    last_name: str = text(100, pattern=NAME, examples=["de Vries"])
    email: str = text(
        254,
        extra={"format": "email"},
        description="Where our mails to this person go.",
        examples=["saar@kantoor.example"],
    )


class Participant(Name):
    """Somebody who comes. Name, organisation and titles stand on list and certificate."""

    organisation: str = text(150, default="", pattern=MAYBE_LINE, examples=["Perenhof B.V."])
    titles: list[str] = Field(
        [], max_length=20, description="Codes of our list of titles, such as RA.", examples=[["RA"]]
    )


class Invoice(Body):
    """Whom the invoice is for. A Dutch postal code is checked, any other is a line of text."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {
                    "properties": {
                        "country": {"enum": [*HERE]},
                        "postal_code": {"pattern": DUTCH_CODE},
                    }
                },
                {"properties": {"country": {"not": {"enum": [*HERE]}}}, "required": ["country"]},
            ]
        }
    )

    name: str = text(150, pattern=LINE, examples=["Perenhof B.V."])
    street: str = text(150, pattern=LINE, examples=["Perenlaan 1"])
    postal_code: str = text(12, pattern=LINE, examples=["3511 AB"])
    city: str = text(100, pattern=LINE, examples=["Utrecht"])
    country: str = text(
        60, default="", pattern=MAYBE_LINE, description="Only where it is not the Netherlands."
    )
    reference: str = text(
        60, default="", pattern=MAYBE_LINE, description="A purchase order or a cost centre."
    )


class EnrolmentIn(Body):
    """Places for some people in one meeting: what the form on our own site asks, and no more.

    Wishes about food or access are not taken here: who comes says them on the page of their place.
    """

    people: list[Participant] = Field(
        min_length=1,
        max_length=MOST,
        description="Who comes, each once. Without booker, the first one pays.",
    )
    booker: Name | None = Field(
        None, description="Who enrols others and does not come; an overview goes to them."
    )
    invoice: Invoice | None = Field(
        None, description="Needed where the meeting has a price; left alone where it is free."
    )
    price: str = Field(
        pattern=r"^[0-9]{1,6}(\.[0-9]{1,2})?$",
        description="Of one place, in euros, as the meeting's own answer tells it in price.amount"
        " and as they saw it. Where it is another by now, nobody is enrolled (409).",
        examples=["195.00"],
    )
    agrees_to_terms: Annotated[Literal[True], BeforeValidator(is_true)] = Field(
        description="That they saw our terms for this meeting, and agree to them."
    )
    if_full: Literal["refuse", "waiting_list"] = Field(
        "refuse",
        description="Where there are fewer places than people: nobody is enrolled (409), or those"
        " for whom there is none join the waiting list.",
    )

    @model_validator(mode="after")
    def fits_the_form(self) -> "EnrolmentIn":
        if self.booker and len(self.people) >= MOST:
            raise PydanticCustomError("too_many", _t("With a booker, enrol nine people at most."))
        return self

    # --- The form -------------------------------------------------------------------------------

    @property
    def on_form(self) -> list[tuple[str, Name]]:
        """Who stands on the form, in its order: where in the body, and who. The first one pays."""
        people = [(f"people.{number}", one) for number, one in enumerate(self.people)]
        return [("booker", self.booker), *people] if self.booker else [*people]

    def form(self, meeting: Meeting) -> EnrollingForm:
        """The site's own form, filled in with this."""
        return EnrollingForm(dict(self.filled_in()), meeting=meeting)

    def filled_in(self) -> Iterator[tuple[str, Any]]:
        for number, (_, one) in enumerate(self.on_form, start=1):
            yield from ((name_of(name, number), value) for name, value in one)
        for name, value in self.invoice or ():
            yield name if name == "reference" else f"invoice_{name}", value
        yield "people", str(len(self.on_form))
        yield "not_coming", "on" if self.booker else ""
        yield "price", self.price
        yield "expects", "list" if self.if_full == "waiting_list" else "place"

    def problems_of(self, form: EnrollingForm) -> list[FieldProblem]:
        """The errors of the form, each where it stands in the body."""
        places = self.places_of_fields()
        return [
            FieldProblem(where=places.get(field, "body"), detail=str(sentence))
            for field, sentences in form.errors.items()
            for sentence in sentences
        ]

    def is_out_of_date(self, form: EnrollingForm) -> bool:
        """Whether all that the form refuses is what else there is: a title that our list has no
        more, the same person once more."""
        codes = {error.code for errors in form.errors.as_data().values() for error in errors}
        return codes <= {"invalid_choice", "twice"}

    def places_of_fields(self) -> dict[str, str]:
        names = (*NAMES, "organisation", "titles")
        found = {
            name_of(name, number): f"body.{place}.{name}"
            for number, (place, _) in enumerate(self.on_form, start=1)
            for name in names
        }
        found |= {
            name if name == "reference" else f"invoice_{name}": f"body.invoice.{name}"
            for name in Invoice.model_fields
        }
        return found


class GivenPlace(Schema):
    """What one of the people has, in the order in which they were sent."""

    state: Literal["enrolled", "waiting"]
    place_in_line: int | None = Field(
        description="On the waiting list: how many stand before them, and themselves."
    )


class EnrolmentOut(Schema):
    """What was made of it. Of who stood in the meeting already it says what it would of anybody."""

    meeting: str = Field(description="The code of the meeting.")
    places: int = Field(description="How many have a place.")
    waiting: int = Field(description="How many stand on the waiting list.")
    people: list[GivenPlace]
    url: str = Field(
        description="The page of the meeting. What one can do with a place stands in our mail to"
        " whose it is: no link here changes anything."
    )
