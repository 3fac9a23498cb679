"""A meeting seen from above. A person is drawn round the head, half a shoulder being 1."""

import random
from math import atan2, cos, degrees, radians, sin
from typing import NamedTuple

from .canvas import Canvas
from .geometry import Point, Shape, block, closed, moved, oval, place, points, spline, tapered
from .motifs import fruit, sheet
from .palette import (
    APRICOT,
    CHERRY,
    CREAM,
    HAZE,
    INK,
    MIST,
    NIGHT,
    ON_LEAF,
    PAPER,
    PLUM,
    SKINS,
    WHEAT,
)

_TABLE: Point = (800.0, 533.0)
_RX, _RY, _SHOULDER = 392.0, 258.0, 112.0


class Guest(NamedTuple):
    """Somebody at the table; the seat is an angle on a clock."""

    seat: float
    skin: str
    hair: str
    cloth: str
    style: str = "short"


class Place(NamedTuple):
    """Where somebody sits, and the direction they look in."""

    at: Point
    facing: float

    def put(self, shape: list[Point], size: float = _SHOULDER) -> Shape:
        return place(shape, self.at, size, self.facing)


_BODY = closed(
    points("-1,0.06 -0.8,-0.26 -0.3,-0.3 0.3,-0.3 0.8,-0.26 1,0.06 0.74,0.36 0,0.46 -0.74,0.36")
)
_CAP = closed(
    points("-0.43,-0.08 -0.3,-0.36 0.06,-0.3 0.34,-0.34 0.44,-0.04 0.34,0.36 0,0.46 -0.35,0.34")
)
_RING = closed(points("-0.44,-0.06 -0.3,0.1 0,0.2 0.3,0.1 0.44,-0.06 0.36,0.34 0,0.47 -0.36,0.34"))
_FALL = closed(
    points("-0.44,-0.1 -0.2,-0.36 0.24,-0.36 0.45,-0.1 0.5,0.5 0.2,0.72 -0.24,0.7 -0.5,0.48")
)
_HAIR = {
    "short": _CAP,
    "bun": _CAP,
    "bald": _RING,
    "long": _FALL,
    "round": oval((0, 0.02), 0.5, 0.49),
}
_GUESTS = (
    Guest(-90, SKINS[2], INK, APRICOT, "bun"),
    Guest(-38, SKINS[0], "#A9552B", NIGHT),
    Guest(0, SKINS[3], INK, MIST, "round"),
    Guest(38, SKINS[1], NIGHT, PLUM, "bun"),
    Guest(90, SKINS[0], WHEAT, NIGHT, "bald"),
    Guest(142, SKINS[3], INK, APRICOT),
    Guest(180, SKINS[1], "#7A3B22", HAZE, "long"),
    Guest(218, SKINS[2], INK, CHERRY, "round"),
)


def people_at_table(rng: random.Random) -> Canvas:
    """Eight people, their papers, and a bowl of fruit in the middle."""
    canvas = Canvas(ON_LEAF, rng)
    sheet(canvas, 150, 1460, amounts=False)
    for guest in _GUESTS:
        chair = closed(points("-0.72,0.2 -0.76,0.72 0,0.86 0.76,0.72 0.72,0.2"))
        canvas.fill(_seat(guest, 78).put(chair), INK)
    canvas.fill(oval(_TABLE, _RX + 9, _RY + 9), INK)
    canvas.fill(oval(_TABLE, _RX, _RY), CREAM)
    for guest in _GUESTS:
        _papers(canvas, _seat(guest, -92))
    _bowl(canvas)
    for guest in _GUESTS:
        _person(canvas, guest, _seat(guest, 78))
    return canvas


def _seat(guest: Guest, out: float) -> Place:
    """The place of a guest, `out` units beyond the table's edge, looking at the table."""
    a = radians(guest.seat)
    x, y = _TABLE[0] + (_RX + out) * sin(a), _TABLE[1] - (_RY + out) * cos(a)
    nx, ny = sin(a) / _RX, -cos(a) / _RY
    return Place((x, y), degrees(atan2(-nx, ny)))


def _papers(canvas: Canvas, spot: Place) -> None:
    """A ruled sheet in front of somebody, a little askew, and a cup."""
    rng = canvas.rng
    here = Place(spot.at, spot.facing + rng.uniform(-14, 14))
    w, h = 52, 66
    canvas.fill(here.put(block(-w, -h, w, h), 1), PAPER)
    canvas.outline(here.put(block(-w, -h, w, h), 1), WHEAT, 2)
    for i in range(7):
        y, end = -h + 18 + i * 16, rng.uniform(5, w - 12)
        canvas.line(here.put([(-w + 12, y), (end, y)], 1), MIST, 3)
    cup = place([(88, 8)], spot.at, 1, spot.facing)[0]
    for radius, colour in ((24, MIST), (16, PAPER), (12, INK)):
        canvas.dot(cup, radius, colour)


def _bowl(canvas: Canvas) -> None:
    canvas.dot(_TABLE, 98, NIGHT)
    canvas.dot(_TABLE, 88, PLUM)
    for dx, dy, angle in ((-38, -18, -60), (38, -14, 50), (2, 40, 170)):
        fruit(canvas, "apricot", (_TABLE[0] + dx, _TABLE[1] + dy), 37, angle, with_leaf=dx > 0)


def _person(canvas: Canvas, guest: Guest, here: Place) -> None:
    for side in (-1, 1):
        _arm(canvas, guest, here, side)
    canvas.fill(here.put(_BODY), guest.cloth)
    canvas.fill(here.put(oval((0, -0.3), 0.09, 0.13)), guest.skin)
    canvas.fill(here.put(oval((0, -0.06), 0.4, 0.43)), guest.skin)
    _hair(canvas, guest, here)


def _arm(canvas: Canvas, guest: Guest, here: Place, side: int) -> None:
    """An arm on the table; no two people reach equally far."""
    reach = canvas.rng.uniform(-0.08, 0.16)
    elbow, wrist = (side * 0.92, -0.55), (side * (0.42 + reach), -1.02 - reach / 2)
    sleeve = tapered(spline([(side * 0.78, 0.02), elbow, wrist]), 0.4, 0.26)
    canvas.fill(here.put(sleeve), guest.cloth)
    hand = closed(points("-0.14,0.02 0,-0.2 0.13,0 0,0.1"))
    canvas.fill(here.put(moved(hand, *wrist)), guest.skin)


def _hair(canvas: Canvas, guest: Guest, here: Place) -> None:
    """Hair from above: it leaves a little of the forehead free."""
    canvas.fill(here.put(_HAIR[guest.style]), guest.hair)
    if guest.style == "bun":
        canvas.fill(here.put(oval((0.02, 0.5), 0.23)), guest.hair)
    if guest.style in ("short", "long", "bun"):
        part = spline([(0.1, -0.28), (0.06, 0.0), (0.12, 0.26)])
        canvas.line(here.put(part), guest.skin, 2)
