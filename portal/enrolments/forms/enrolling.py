"""What somebody fills in to enrol: themselves, whoever comes along, and whom the invoice is for.

The form checks shape only; the services decide. Without script: "somebody else as well" is a button
that posts what was typed and gets it back with room for one more.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from pluc.folding import clean_address
from portal.accounts.models import User
from portal.accounts.postal_codes import check_postal_codes
from portal.enrolments.forms.fields import (
    INVOICE,
    attendee_fields,
    invoice_address,
    invoice_fields,
    other_attendee_fields,
)
from portal.enrolments.forms.titles import BETWEEN, LONGEST
from portal.enrolments.forms.wishes import check_wishes, typed_wishes, wish_fields
from portal.enrolments.identity import identity_of
from portal.enrolments.orders import SNAPSHOT, Attendee, Order
from portal.meetings.models import Meeting

MOST = 10  # people in one go; a bigger group is the back office's


def name_of(field: str, number: int) -> str:
    """The first person's fields have plain names; those of the others end in their number."""
    return field if number == 1 else f"{field}_{number}"


def people_in(data: Mapping[str, Any]) -> int:
    """For how many people a form has room; who does not come makes room for who does."""
    text = str(data.get("people") or 1)
    number = min(max(int(text), 1), MOST) if text.isdecimal() and len(text) < 4 else 1
    return max(number, 2) if data.get("not_coming") else number


def as_typed(data: QueryDict) -> dict[str, str]:
    """What was posted, each field as one text: the titles of somebody as one line."""
    return {
        name: BETWEEN.join(data.getlist(name)) if name.startswith("titles") else str(data[name])
        for name in data
    }


def without_person(data: QueryDict, number: int) -> dict[str, Any]:
    """What was typed, with one of the others taken out and those after them moved up."""
    people = people_in(data)
    typed: dict[str, Any] = {**as_typed(data)}
    for target in range(number, people):
        for field in SNAPSHOT:
            typed[name_of(field, target)] = typed.get(name_of(field, target + 1), "")
    typed["people"] = people - 1
    if people == 2:
        typed.pop("not_coming", None)
    return typed


def known_of(user: User) -> dict[str, str]:
    """What need not be asked of who is signed in (their own profile)."""
    person = user.person
    known = {name: getattr(person, name) for name in (*INVOICE, "invoice_country")}
    known |= {name: getattr(person, name) for name in ("first_name", "last_name", "organisation")}
    codes = BETWEEN.join(title.code for title in person.titles.all())
    return known | {"titles": codes[:LONGEST]}


def own_name(user: User, typed: Mapping[str, str]) -> dict[str, str]:
    """First and last name of who signed in, where another address was typed before.

    The place of who is signed in goes by their own address, so not by another name.
    """
    if clean_address(typed.get("email", user.email)).casefold() == user.email.casefold():
        return {}
    return {"first_name": user.person.first_name, "last_name": user.person.last_name}


def are_in_use(fields: Iterable[forms.BoundField]) -> bool:
    """Whether one of these has a value or an error, so that it must be in sight."""
    return any(field.value() or field.errors for field in fields)


@dataclass(frozen=True, kw_only=True)
class PersonFields:
    """The fields of one person, as the page shows them."""

    number: int
    fields: list[forms.BoundField]


class EnrollingForm(forms.Form):
    """Three required fields where nothing is invoiced: first name, last name, e-mail address."""

    form_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    # What the form showed; where that is not so any more, nobody is taken by surprise.
    price = forms.DecimalField(required=False, widget=forms.HiddenInput)
    # "place" or "list": what the page said there is. It depends on the room, so the page writes it.
    expects = forms.CharField(required=False)
    partner = forms.SlugField(required=False, widget=forms.HiddenInput)
    people = forms.IntegerField(required=False, widget=forms.HiddenInput)
    not_coming = forms.BooleanField(
        label=_("I’m not coming myself: I’m enrolling somebody else"), required=False
    )
    # A field that people do not see meets spam (CONTRACT, Forms).
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        meeting: Meeting,
        user: User | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial.items()) if initial else {})
        self.meeting, self.user = meeting, user
        self.count = people_in(self.initial if data is None else data)
        self.initial.update(people=self.count, price=meeting.price, form_id=uuid.uuid4())
        self.fields |= attendee_fields()
        if user:
            del self.fields["email"]  # it is the proven one
        for number in range(2, self.count + 1):
            self.fields |= other_attendee_fields(number)
        self.fields |= wish_fields(meeting)
        if self.meeting.is_invoiced:
            self.fields |= invoice_fields()

    def begin_at(self, name: str) -> None:
        """Where the page begins: the first field of somebody who was added."""
        self.fields[name].widget.attrs["autofocus"] = True

    @property
    def coming(self) -> int:
        """For how many people a place is asked."""
        return self.count - bool(self["not_coming"].value())

    # --- What the page shows ---

    @property
    def own(self) -> list[forms.BoundField]:
        return [self[name] for name in SNAPSHOT if name in self.fields]

    @property
    def own_required(self) -> list[forms.BoundField]:
        return [field for field in self.own if field.field.required]

    @property
    def own_more(self) -> list[forms.BoundField]:
        return [field for field in self.own if not field.field.required]

    @property
    def has_own_more(self) -> bool:
        """Whether something of what a phone folds is filled in, or refused."""
        return are_in_use(self.own_more)

    @property
    def invoice_required(self) -> list[forms.BoundField]:
        return [field for field in self.invoice if field.field.required]

    @property
    def invoice_more(self) -> list[forms.BoundField]:
        return [field for field in self.invoice if not field.field.required]

    @property
    def has_invoice_more(self) -> bool:
        return are_in_use(self.invoice_more)

    @property
    def wishes(self) -> list[forms.BoundField]:
        """Asked of who comes themselves, for a meeting or a place that asks for them."""
        return [self[name] for name in wish_fields(self.meeting)]

    @property
    def line_on_list(self) -> str:
        """How who is signed in will stand on list and certificate."""
        value = {name: self[name].value() or "" for name in SNAPSHOT if name in self.fields}
        name = f"{value['first_name']} {value['last_name']}".strip()
        parts = [name, BETWEEN.join(value["titles"]), value["organisation"]]
        return BETWEEN.join(part for part in parts if part)

    @property
    def others(self) -> list[PersonFields]:
        return [
            PersonFields(number=number, fields=[self[name_of(name, number)] for name in SNAPSHOT])
            for number in range(2, self.count + 1)
        ]

    @property
    def invoice(self) -> list[forms.BoundField]:
        return [self[name] for name in invoice_fields()] if self.meeting.is_invoiced else []

    @property
    def lacks_something(self) -> bool:
        """Whether what we know of who is signed in is not enough for one press."""
        asked = [*self.own, *self.invoice]
        return any(f.field.required and not f.value() for f in asked) or any(
            field.errors for field in asked
        )

    @property
    def next_number(self) -> int | None:
        return self.count + 1 if self.count < MOST else None

    # --- What was sent ---

    def clean(self) -> dict[str, Any]:
        """Refuses the same name and address twice on one form."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        seen: set[str] = set()
        for number in self.numbers():
            typed = [self.typed(name, number) for name in ("first_name", "last_name", "email")]
            key = identity_of(first_name=typed[0], last_name=typed[1], email=typed[2])
            if all(typed[1:]) and key in seen:
                self.add_error(
                    name_of("last_name", number),
                    ValidationError(
                        _t("You have already entered this person above."), code="twice"
                    ),
                )
            seen.add(key)
        check_postal_codes(self)
        check_wishes(self)
        return cleaned

    def numbers(self) -> Iterator[int]:
        """Those who come: the first only if they say nothing else."""
        first = 2 if self.cleaned_data.get("not_coming") else 1
        yield from range(first, self.count + 1)

    def typed(self, field: str, number: int = 1) -> str:
        if field == "email" and number == 1 and self.user:
            return self.user.email
        return str(self.cleaned_data.get(name_of(field, number)) or "").strip()

    @property
    def fell_in_trap(self) -> bool:
        return bool(self.cleaned_data["website"])

    @property
    def payer_email(self) -> str:
        return self.typed("email")

    @property
    def expects_places(self) -> bool:
        """Whether the page said that there is room for all, or nothing at all."""
        return self.cleaned_data["expects"] != "list"

    def order(
        self, *, language: str, hold_id: UUID | None = None, came_from_id: int | None = None
    ) -> Order:
        """What is asked of the service."""
        data = self.cleaned_data
        return Order(
            meeting_id=self.meeting.pk,
            attendees=tuple(self.attendee(number) for number in self.numbers()),
            payer_name=f"{self.typed('first_name')} {self.typed('last_name')}",
            payer_email=self.payer_email,
            invoice=invoice_address(data) if self.meeting.is_invoiced else None,
            reference=self.typed("reference"),
            language=language,
            form_id=data["form_id"] or uuid.uuid4(),
            hold_id=hold_id,
            came_from_id=came_from_id,
            price=self.shown_price(data["price"]),
            expects_places=self.expects_places,
            user=self.user,
        )

    def shown_price(self, price: Decimal | None) -> Decimal:
        return self.meeting.price if price is None else price

    def attendee(self, number: int) -> Attendee:
        facts: dict[str, Any] = {name: self.typed(name, number) for name in SNAPSHOT}
        wishes = typed_wishes(self.cleaned_data) if number == 1 else None
        return Attendee(**facts, is_payer=number == 1, wishes=wishes)
