"""What the back office does with material, and what a speaker takes back."""

import datetime as dt
from dataclasses import asdict
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _t

from portal.accounts.models import User
from portal.materials.errors import MaterialError
from portal.materials.models import Material, Version
from portal.materials.services.adding import Facts, locked


@transaction.atomic
def change(*, material_id: UUID, facts: Facts, url: str = "", by: User) -> None:
    """Title, moments, and who gets it; of a link its address too. Those who have it keep it."""
    material = locked(material_id)
    for name, value in asdict(facts).items():
        if name != "title" or value:
            setattr(material, name, value)
    if material.kind == Material.Kind.LINK and url:
        material.url = url
    material.save()


@transaction.atomic
def release(*, material_id: UUID, by: User) -> None:
    """Lets participants have what a speaker added, from its moment on. Twice is once."""
    material = locked(material_id)
    if material.withdrawn_at is not None:
        raise MaterialError(_t("It was taken away meanwhile. Put it back first."))
    if material.approved_at is None:
        material.approved_at, material.approved_by = timezone.now(), by
        material.save(update_fields=["approved_at", "approved_by"])


@transaction.atomic
def withdraw(*, material_id: UUID, by: User) -> None:
    """Nobody can have it from this moment on, by no link. Twice is once."""
    material = locked(material_id)
    if material.withdrawn_at is None:
        material.withdrawn_at = timezone.now()
        material.save(update_fields=["withdrawn_at"])


@transaction.atomic
def put_back(*, material_id: UUID, by: User) -> None:
    """Undoes `withdraw`: it is to be had as before."""
    material = locked(material_id)
    material.withdrawn_at = None
    material.save(update_fields=["withdrawn_at"])


@transaction.atomic
def take_back(*, material_id: UUID, by: User) -> None:
    """What a speaker added and nobody released yet. Raises `MaterialError` for anything else."""
    material = locked(material_id)
    if material.added_by_id != by.pk or material.approved_at is not None:
        raise MaterialError(_t("It was released meanwhile. Ask the back office to take it away."))
    withdraw(material_id=material_id, by=by)


@transaction.atomic
def move_up(*, material_id: UUID, by: User) -> None:
    """Before the one that stands before it."""
    material = locked(material_id)
    same = Material.objects.filter(
        meeting=material.meeting_id, course=material.course_id, withdrawn_at=None
    )
    rows = list(same.select_for_update().order_by("position", "added_at", "id"))
    place = next((n for n, one in enumerate(rows) if one.pk == material.pk), 0)
    if place:
        rows[place - 1], rows[place] = rows[place], rows[place - 1]
    for position, one in enumerate(rows):
        if one.position != position:
            Material.objects.filter(pk=one.pk).update(position=position)


@transaction.atomic
def try_again(*, version_id: UUID, by: User, now: dt.datetime | None = None) -> None:
    """Asks the scanner anew about a file that could not be checked."""
    version = Version.objects.select_for_update().filter(pk=version_id).first()
    if version is None or not version.can_be_checked_again:
        raise MaterialError(_t("It is checked already."))
    version.scan, version.why_held, version.tries = Version.Scan.WAITING, "", 0
    version.try_at = now or timezone.now()
    version.save(update_fields=["scan", "why_held", "tries", "try_at"])
