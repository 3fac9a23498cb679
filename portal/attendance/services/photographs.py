"""Photographs of signed pages: filed with their meeting, named by their letters, or deleted."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from pluc.deeds import Refused
from portal.accounts.models import User
from portal.attendance.models import Photograph, PrintedPage
from portal.attendance.paper.codes import cleaned
from portal.attendance.paper.reading import Picture, pictures_in


class NoSuchPage(Refused):
    field = "code"

    @property
    def sentence(self) -> str:
        return _t(
            "No page has these letters. Compare them with the picture once more: they stand below"
            " the square code, in two corners."
        )


class IsConfirmed(Refused):
    @property
    def sentence(self) -> str:
        return _t("This page was gone through already, so its picture stays.")


@dataclass(frozen=True, kw_only=True)
class Filed:
    """A photograph, and what there is to say about where it was filed."""

    photograph: Photograph
    # Another meeting's than the one it was uploaded for.
    is_elsewhere: bool = False
    # There is a photograph of this page already.
    is_again: bool = False

    @property
    def is_unread(self) -> bool:
        return self.photograph.page is None


def file_photographs(*, meeting_id: int, content: bytes, by: User) -> list[Filed]:
    """Files the pages of an upload: each with the meeting that its code names, however it was
    uploaded; without a readable code with this meeting, until the letters are typed.

    All pages of a file or none: raises `NotRead`.
    """
    pictures = list(pictures_in(content))  # before the transaction: it lasts
    names: list[str] = []
    try:
        with transaction.atomic():
            return [store(picture, meeting_id, by, names) for picture in pictures]
    except BaseException:
        storage = Photograph._meta.get_field("file").storage
        for name in names:
            storage.delete(name)
        raise


def store(picture: Picture, meeting_id: int, by: User, names: list[str]) -> Filed:
    page = page_on(picture)
    photograph = Photograph(meeting_id=meeting_id, uploaded_by=by)
    is_again = page is not None and file_with(photograph, page)
    photograph.file.save(f"{uuid.uuid4()}.jpg", ContentFile(picture.jpeg), save=False)
    names.append(str(photograph.file.name))
    photograph.save()
    return Filed(
        photograph=photograph,
        is_elsewhere=photograph.meeting_id != meeting_id,
        is_again=is_again,
    )


def page_on(picture: Picture) -> PrintedPage | None:
    """The page of ours that a picture shows; none where it shows two of them."""
    found = list(pages().filter(code__in=picture.codes))
    return found[0] if len(found) == 1 else None


def pages() -> Any:
    return PrintedPage.objects.select_related("print__session", "print__meeting__course")


def file_with(photograph: Photograph, page: PrintedPage) -> bool:
    """Puts it with a page and its meeting. Returns whether that page had a photograph already."""
    others = Photograph.objects.filter(page=page).exclude(pk=photograph.pk)
    photograph.page, photograph.meeting = page, page.print.meeting
    return others.exists()


@transaction.atomic
def name_page(*, photograph_id: UUID, code: str, meeting_id: int) -> Filed:
    """Files a photograph by the letters that a colleague reads on it. Raises `NoSuchPage`."""
    photograph = locked(photograph_id)
    if photograph.confirmed_at:
        raise IsConfirmed
    page = pages().filter(code=cleaned(code) or None).first()
    if page is None:
        raise NoSuchPage
    is_again = file_with(photograph, page)
    photograph.save(update_fields=["page", "meeting"])
    return Filed(
        photograph=photograph,
        is_elsewhere=photograph.meeting_id != meeting_id,
        is_again=is_again,
    )


@transaction.atomic
def delete_photograph(*, photograph_id: UUID) -> None:
    """Takes away a photograph that is of no use. Raises `IsConfirmed` where marks rest on it."""
    photograph = locked(photograph_id)
    if photograph.confirmed_at:
        raise IsConfirmed
    photograph.delete()


def locked(photograph_id: UUID) -> Photograph:
    return Photograph.objects.select_for_update().get(pk=photograph_id)


def delete_file(*, instance: Photograph, **_: Any) -> None:
    """The file goes with its row, however that goes, once it is certain. A receiver of signals."""
    if instance.file:
        storage, name = instance.file.storage, instance.file.name
        transaction.on_commit(partial(storage.delete, str(name)), robust=True)


def counted_read(filed: Sequence[Filed]) -> str:
    """How many pages of a file are filed with the list that their code names; of none nothing."""
    read = sum(not one.is_unread for one in filed)
    if not read:
        return ""
    sentence = ngettext(
        "%(n)d page is filed with its list.", "%(n)d pages are filed with their lists.", read
    )
    return sentence % {"n": read}


def remarks_on(filed: Sequence[Filed]) -> list[str]:
    """What needs a second look."""
    return list(chain.from_iterable(remarks(one) for one in filed))


def remarks(one: Filed) -> list[str]:
    """What somebody did not expect of a photograph."""
    page, meeting = one.photograph.page, one.photograph.meeting
    if page is None:
        return [_t("Of one picture no code could be read. Open it and type the eight letters.")]
    facts = {"page": page.number, "list": str(page.print.get_kind_display()), "meeting": meeting}
    told = []
    if one.is_elsewhere:
        told.append(
            _t("Page %(page)d is of the %(list)s of another meeting: it is filed with %(meeting)s.")
            % facts
        )
    if one.is_again:
        told.append(_t("Of page %(page)d of the %(list)s there was a picture already.") % facts)
    return told
