"""Asks the scanner about files that wait for it. Nothing is served before it said "clean"."""

import datetime as dt
import logging
import time
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from pluc.private_files import StoreAway
from pluc.scanning import ScannerAway, Verdict, scan
from portal.materials import mails
from portal.materials.models import Version
from portal.materials.services.adding import store

log = logging.getLogger("pluc.materials")
Scan, Held = Version.Scan, Version.Held

# Minutes until the next time, while the scanner is away; after the last one it is held.
PAUSES = (1, 5, 15, 60)
BUDGET = 10  # seconds after which a task begins no other file: it may last a minute in all
HELD_BY = {Verdict.TOO_LARGE: Held.TOO_LARGE, Verdict.NOT_READ: Held.LOCKED}


def scan_due() -> None:
    """Asks about each file whose turn it is, the oldest first."""
    started = time.monotonic()
    due = Version.objects.filter(scan=Scan.WAITING, try_at__lte=timezone.now())
    for key in list(due.order_by("try_at").values_list("pk", flat=True)[:100]):
        if time.monotonic() - started > BUDGET:
            return
        scan_one(version_id=key, now=timezone.now())


def scan_one(*, version_id: UUID, now: dt.datetime) -> None:
    """Asks about one file, unless another worker does so already. Never in a transaction."""
    version = take(version_id, now)
    if version is None:
        return
    if settings.SCANNER is None:
        hold(version, Held.NO_SCANNER)
        return
    try:
        verdict = scan(settings.SCANNER, store().part(str(version.file.name), 0, version.size))
    except (ScannerAway, StoreAway) as error:
        log.warning("Version %s could not be scanned: %s", version.pk, error)
        if version.tries > len(PAUSES):
            hold(version, Held.AWAY)
    except FileNotFoundError:
        log.exception("Version %s is not in the store", version.pk)
        hold(version, Held.LOST)
    else:
        conclude(version, verdict)


def take(version_id: UUID, now: dt.datetime) -> Version | None:
    """The version, counted as tried; the next time comes by itself where this one breaks off."""
    mine = Version.objects.filter(pk=version_id, scan=Scan.WAITING, try_at__lte=now)
    tries = mine.values_list("tries", flat=True).first()
    if tries is None:
        return None
    pause = dt.timedelta(minutes=PAUSES[min(tries, len(PAUSES) - 1)])
    if not mine.filter(tries=tries).update(tries=F("tries") + 1, try_at=now + pause):
        return None
    return Version.objects.select_related("material").get(pk=version_id)


def conclude(version: Version, verdict: Verdict) -> None:
    if verdict is Verdict.CLEAN:
        settle(version, scan=Scan.CLEAN)
    elif verdict is Verdict.INFECTED:
        throw_away(version)
    else:
        hold(version, HELD_BY[verdict])


@transaction.atomic
def hold(version: Version, why: Version.Held) -> None:
    """Nobody gets it; the back office is told why."""
    if settle(version, scan=Scan.HELD, why_held=why):
        mails.tell_of_held(version, why=why)


@transaction.atomic
def throw_away(version: Version) -> None:
    """The file goes; the row stays, to know what came in and by whom. The back office is told."""
    if settle(version, scan=Scan.INFECTED, file=""):
        transaction.on_commit(partial(store().delete, str(version.file.name)), robust=True)
        mails.tell_of_infected(version)


def settle(version: Version, **values: str) -> bool:
    """Writes the outcome down, once: whether it was not written before."""
    waiting = Version.objects.filter(pk=version.pk, scan=Scan.WAITING)
    return bool(waiting.update(scanned_at=timezone.now(), **values))
