"""Reads a photograph or scan in a child process with limits (`portal.attendance.paper.reader`)."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, cast

from django.conf import settings
from django.utils.translation import gettext as _t

from pluc.deeds import Refused
from portal.attendance.paper import reader

# What a scan of sixty pages takes is half of it.
SECONDS, MEBIBYTES = 30, 1536
PASSED_ON = ("PATH", "LANG", "TMPDIR")


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A page as it is kept: upright, a JPEG, with the codes of ours that are on it."""

    jpeg: bytes
    codes: tuple[str, ...]


class NotRead(Refused):
    """A file that cannot be used."""

    field = "photographs"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    @property
    def sentence(self) -> str:
        sentences = {
            "kind": _t("This is no JPEG, PNG, WebP or PDF, whatever its name says."),
            "pixels": _t("This picture is too large. Photograph the page with fewer pixels."),
            "pages": _t("Scan at most %(n)d pages into one file.") % {"n": reader.MOST_PAGES},
        }
        damaged = _t("This file is damaged or locked. Photograph or scan the page again.")
        return sentences.get(self.reason, damaged)


def pictures_in(content: bytes) -> Iterator[Picture]:
    """The pages of a file, one after the other. Raises `NotRead`, also halfway.

    Only one page at a time is in memory, however many there are.
    """
    command = [sys.executable, "-m", reader.__name__, str(SECONDS), str(MEBIBYTES)]
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    environment["PYTHONPATH"] = str(settings.ROOT)
    with subprocess.Popen(  # noqa: S603  our own module, nothing typed
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    ) as child:
        try:
            hand_over(cast(IO[bytes], child.stdin), content)
            yield from told(cast(IO[bytes], child.stdout))
        finally:
            child.kill()


def hand_over(to: IO[bytes], content: bytes) -> None:
    try:
        to.write(content)
        to.close()
    except BrokenPipeError as error:  # the system ended it
        raise NotRead("damaged") from error


def told(child: IO[bytes]) -> Iterator[Picture]:
    while True:
        line = child.readline()
        if not line:  # the system ended it: too long, or out of memory
            raise NotRead("damaged")
        try:
            head = json.loads(line)
        except ValueError as error:  # ended halfway through a line
            raise NotRead("damaged") from error
        if "end" in head:
            return
        if "reason" in head:
            raise NotRead(head["reason"])
        yield Picture(jpeg=child.read(head["size"]), codes=tuple(head["codes"]))
