"""Adding files and links, and new versions of a file."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _t
from django_q.tasks import async_task

from pluc.private_files import PrivateStorage
from portal.accounts.models import User
from portal.materials import mails
from portal.materials.errors import MaterialError, NotTaken
from portal.materials.files import Judged, title_from
from portal.materials.models import Material, Version
from portal.meetings.models import Course, Meeting


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is filled in about material. `title` may be empty for a file: then its name says it."""

    title: str = ""
    title_en: str = ""
    moment: str = Material.Moment.END
    released_from: datetime | None = None
    ends_at: datetime | None = None
    for_absent: str = Material.Absent.YES


Place = Meeting | Course
MOST_WAITING = 50  # of one meeting, added by its speakers


def store() -> PrivateStorage:
    """Where files of material lie."""
    return cast(PrivateStorage, Version._meta.get_field("file").storage)


@contextmanager
def stored(judged: Judged) -> Iterator[Version]:
    """A version with its file in the store, which goes again where the row does not come.

    Before the transaction: a bucket may take its time, and others wait for the database.
    """
    version = Version(id=uuid.uuid4())
    name = store().save(f"material/{version.pk}", File(judged.file))
    version.file.name, version.name, version.content_type = name, judged.name, judged.content_type
    version.size, version.sha256 = judged.size, judged.sha256
    try:
        yield version
    except BaseException:
        store().delete(name)
        raise


def add_file(*, judged: Judged, to: Place, facts: Facts, by: User, is_released: bool) -> Material:
    """A file as new material. Raises `NotTaken` where this very file is there already.

    `is_released`: by the back office; a speaker's waits for them, and they are told.
    """
    with stored(judged) as version, transaction.atomic():
        lock(to)
        refuse_twice(judged, to)
        if not is_released:
            refuse_heap(to)
        material = new_material(to, facts, by, is_released, title=title_from(judged.name))
        add_to(material, version, by)
        if not is_released:
            mails.tell_of_added(material)
    return material


@transaction.atomic
def add_link(*, url: str, to: Place, facts: Facts, by: User, is_released: bool) -> Material:
    """A link as new material. Raises `NotTaken` where it is there already."""
    lock(to)
    if of_place(to).filter(url=url).exists():
        raise MaterialError(_t("This link is here already."))
    material = new_material(to, facts, by, is_released, url=url, kind=Material.Kind.LINK)
    if not is_released:
        mails.tell_of_added(material)
    return material


def add_version(*, material_id: uuid.UUID, judged: Judged, by: User) -> Version:
    """A new file in the place of the one before, which stays to know who has it.

    Raises `NotTaken` for a file that is one of its versions already.
    """
    with stored(judged) as version, transaction.atomic():
        material = locked(material_id)
        if material.kind != Material.Kind.FILE:
            raise MaterialError(_t("A link has no files."))
        same = material.versions.filter(sha256=judged.sha256).order_by("-number").first()
        if same is not None:
            number = {"number": same.number}
            raise NotTaken(_t("This is the very file of version %(number)d.") % number)
        add_to(material, version, by)
    return version


# --- What they share -----------------------------------------------------------------------------


def locked(material_id: uuid.UUID) -> Material:
    """The material, locked. Raises `MaterialError` where it is gone."""
    found = Material.objects.select_for_update().filter(pk=material_id).first()
    if found is None:
        raise MaterialError(_t("This material is not there any more."))
    return found


def lock(place: Place) -> None:
    type(place)._base_manager.select_for_update().get(pk=place.pk)


def of_place(place: Place) -> Any:
    """The material of a meeting, or of a course, that was not taken away."""
    key = {"meeting": place} if isinstance(place, Meeting) else {"course": place}
    return Material.objects.filter(withdrawn_at=None, **key)


def refuse_twice(judged: Judged, place: Place) -> None:
    """Raises `NotTaken` for a file that is here already, as when a button is pressed twice."""
    there = of_place(place).filter(versions__sha256=judged.sha256).first()
    if there is not None:
        raise NotTaken(_t("This file is here already: “%(title)s”.") % {"title": there.title})


def refuse_heap(place: Place) -> None:
    """Raises `NotTaken` where more waits for the back office than anybody looks through."""
    if of_place(place).filter(approved_at=None).count() >= MOST_WAITING:
        raise NotTaken(_t("So much waits for release already. Ask the back office to look at it."))


def new_material(place: Place, facts: Facts, by: User, is_released: bool, **more: Any) -> Material:
    now = timezone.now()
    last = of_place(place).aggregate(last=Max("position"))["last"]
    key = {"meeting": place} if isinstance(place, Meeting) else {"course": place}
    told = {name: value for name, value in asdict(facts).items() if value or name not in more}
    return Material.objects.create(
        **(more | told),
        **key,
        position=0 if last is None else last + 1,
        added_at=now,
        added_by=by,
        approved_at=now if is_released else None,
        approved_by=by if is_released else None,
    )


def add_to(material: Material, version: Version, by: User) -> None:
    """Stores the row; the worker then asks the scanner, at once."""
    last = material.versions.aggregate(last=Max("number"))["last"] or 0
    version.material, version.number, version.uploaded_by = material, last + 1, by
    version.scan = first_scan()
    version.save(force_insert=True)
    if version.scan == Version.Scan.WAITING:
        transaction.on_commit(lambda: async_task("portal.materials.tasks.scan_due"))


def first_scan() -> str:
    """What a new file is: it waits for the scanner, but on one's own machine without one."""
    unscanned = settings.SCANNER is None and not settings.HTTPS
    return Version.Scan.UNSCANNED if unscanned else Version.Scan.WAITING
