"""Notes about a person, by colleagues."""

from django.db import transaction

from portal.accounts.models import Person, PersonNote, User


@transaction.atomic
def add_note(*, person: Person, text: str, by: User) -> PersonNote:
    return PersonNote.objects.create(person=person, text=text, by=by)


@transaction.atomic
def delete_note(*, note: PersonNote) -> None:
    note.delete()
