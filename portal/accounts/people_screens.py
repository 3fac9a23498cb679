"""Screens beside Wagtail's own for people: notes, doubles, and merging two of them."""

from itertools import groupby
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from pluc.deeds import Done, posted
from pluc.errors import or_not_found
from pluc.paging import page_by_key
from pluc.signed_in import SignedInRequest, for_staff
from pluc.staff_screens.screens import Crumb, Screens
from portal.accounts.doubles import ORDER, likely_doubles
from portal.accounts.merging import in_order, preview
from portal.accounts.models import Person, PersonNote
from portal.accounts.permissions import may_change_people, may_see_people
from portal.accounts.plain_text import validate_plain_line
from portal.accounts.queries import note_with_id, person_with_id
from portal.accounts.services.merging import merge
from portal.accounts.services.notes import add_note, delete_note

A_PAGE = 50
PEOPLE = Screens(
    folder="accounts", title=_("People"), icon="group", start="people:index", may=may_see_people
)


def file_address(person: Person) -> str:
    return reverse("people:inspect", args=[person.pk])


def crumb_of(person: Person) -> Crumb:
    return file_address(person), person.full_name


# --- Notes ---------------------------------------------------------------------------------------


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("New note"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("This person can read it among their own data."),
        error_messages={"required": _("Write the note.")},
    )

    def clean_text(self) -> str:
        """One paragraph: line ends become spaces."""
        text = " ".join(str(self.cleaned_data["text"]).split())
        validate_plain_line(text)
        return text


@for_staff(may_change_people)
def write_note(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person = or_not_found(person_with_id(person_id=person_id))
    form = NoteForm(posted(request))

    def do() -> Done:
        add_note(person=person, text=form.cleaned_data["text"], by=request.user)
        return Done(_t("Noted."), file_address(person))

    return PEOPLE.deed(
        request,
        do,
        form=form,
        title=_t("Write a note"),
        below=[crumb_of(person)],
        back=file_address(person),
    )


@for_staff(may_change_people)
def remove_note(request: SignedInRequest, note_id: int) -> HttpResponse:
    note: PersonNote = or_not_found(note_with_id(note_id=note_id))

    def do() -> Done:
        delete_note(note=note)
        return Done(_t("The note is gone."), file_address(note.person))

    return PEOPLE.deed(
        request,
        do,
        title=_t("Delete the note"),
        question=note.text,
        below=[crumb_of(note.person)],
        back=file_address(note.person),
        is_serious=True,
    )


# --- Doubles -------------------------------------------------------------------------------------


@for_staff(may_see_people)
def doubles(request: SignedInRequest) -> HttpResponse:
    """People who may have been typed twice, those of one name together."""
    shown = page_by_key(likely_doubles(), order=ORDER, request=request, size=A_PAGE)
    keys = {person.sort_key for person in shown.rows}
    alike = likely_doubles().filter(sort_key__in=keys).select_related("user")
    groups = [list(group) for _key, group in groupby(alike, key=lambda one: one.sort_key)]
    return PEOPLE.show(
        request,
        "doubles",
        _t("Entered twice?"),
        groups=[told(group) for group in groups],
        shown=shown,
        may_merge=may_change_people(request.user),
    )


def told(group: list[Person]) -> list[tuple[Person, Person | None]]:
    """Each of a group, and into whom they can be merged: nobody, for the one that would stay."""
    stays = group[0]
    for one in group[1:]:
        stays, _goes = in_order(stays, one)
    return [(stays, None), *((one, stays) for one in group if one.pk != stays.pk)]


@for_staff(may_change_people)
def merge_people(request: SignedInRequest, stays_id: UUID, goes_id: UUID) -> HttpResponse:
    """What merging does, on one screen; then it is done. It cannot be undone."""
    stays = or_not_found(person_with_id(person_id=stays_id))
    goes = or_not_found(person_with_id(person_id=goes_id))
    plan = preview(stays=stays, goes=goes)

    def do() -> Done:
        merge(stays_id=stays.pk, goes_id=goes.pk, by=request.user)
        return Done(_t("Merged: everything is in this file now."), file_address(stays))

    return PEOPLE.deed(
        request,
        do,
        template="merge",
        title=_t("Merge"),
        below=[crumb_of(stays)],
        back=file_address(stays),
        is_serious=True,
        button=_t("Merge them"),
        why_not=plan.obstacles,
        plan=plan,
    )
