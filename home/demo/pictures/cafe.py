"""The café in the evening. A guest is drawn from the table top upwards, in units of 112."""

import random
from typing import NamedTuple

from .canvas import Canvas
from .geometry import (
    Point,
    Shape,
    block,
    closed,
    oval,
    place,
    points,
    spline,
    tapered,
    wedge,
)
from .motifs import rules
from .palette import (
    APRICOT,
    BLUSH,
    CHERRY,
    CREAM,
    DEEP_LEAF,
    INK,
    MAUVE,
    NIGHT,
    ON_NIGHT,
    PAPER,
    PLUM,
    RIPE,
    SKINS,
    SLATE,
)
from .trees import Crown, tree


class Guest(NamedTuple):
    """Somebody at a café table, seen from the side."""

    x: float
    looks_left: bool
    skin: str
    hair: str
    cloth: str
    style: str = "short"
    lifts: bool = False


_HAIR = {
    "short": points(
        "-0.28,-1.5 -0.4,-1.82 -0.26,-2.14 0.1,-2.24 0.4,-2.1 0.4,-1.94 0.12,-1.92 "
        "0.0,-1.72 -0.06,-1.54"
    ),
    "bun": points(
        "-0.2,-1.42 -0.38,-1.74 -0.28,-2.08 0.08,-2.22 0.36,-2.06 0.3,-1.92 0.06,-1.8 -0.02,-1.6"
    ),
    "long": points(
        "-0.2,-0.9 -0.5,-1.0 -0.46,-1.7 -0.28,-2.12 0.08,-2.24 0.38,-2.06 0.3,-1.92 "
        "0.08,-1.78 0.04,-1.3"
    ),
    "beard": points(
        "-0.24,-1.46 -0.36,-1.82 -0.22,-2.1 0.1,-2.2 0.34,-2.08 0.34,-1.98 0.1,-1.94 "
        "0.02,-1.66 -0.06,-1.5"
    ),
}
_TORSO = closed(
    points("-0.6,1.6 -0.72,0.5 -0.66,-0.5 -0.36,-0.98 0.04,-1.04 0.28,-0.74 0.36,0.0 0.6,1.6")
)
_FACE = closed(
    points(
        "0.1,-2.1 0.36,-1.92 0.4,-1.72 0.5,-1.58 0.4,-1.5 0.36,-1.28 0.12,-1.2 "
        "-0.16,-1.4 -0.28,-1.74 -0.18,-2.02"
    )
)
_BEARD = closed(
    points("0.0,-1.62 0.14,-1.44 0.36,-1.46 0.42,-1.34 0.3,-1.12 0.04,-1.16 -0.12,-1.4")
)
_GUESTS = (
    Guest(284, False, SKINS[1], INK, NIGHT),
    Guest(536, True, SKINS[3], INK, PLUM, "bun"),
    Guest(675, False, SKINS[0], "#7A3B22", DEEP_LEAF, "long", True),
    Guest(927, True, SKINS[2], INK, NIGHT, "beard"),
    Guest(1063, False, SKINS[3], INK, CHERRY, "short", True),
    Guest(1315, True, SKINS[0], SLATE, NIGHT, "bun"),
)
_TABLES = (410, 801, 1189)
_TABLE_TOP, _SILL = 690.0, 838.0


def cafe_evening(rng: random.Random) -> Canvas:
    """The café seen from the dark street: one warm window with people in it."""
    canvas = Canvas(ON_NIGHT, rng)
    rules(canvas)
    window = block(170, 205, 1430, _SILL)
    canvas.fill(block(150, 185, 1450, _SILL + 14), INK)
    canvas.fill(window, APRICOT)
    with canvas.clip(window):
        _back_wall(canvas)
        for x in _TABLES:
            _lamp(canvas, (x, 410))
        for guest in _GUESTS:
            _chair(canvas, guest)
        for guest in _GUESTS:
            _sitter(canvas, guest)
        for x in _TABLES:
            _table(canvas, x)
        for guest in _GUESTS:
            _arm(canvas, guest)
    _front(canvas)
    return canvas


def _back_wall(canvas: Canvas) -> None:
    """Papered above, panelled below."""
    for y in range(205, 560, 22):
        canvas.line([(160, y), (1440, y)], "#F49B40")
    canvas.fill(block(160, 610, 1440, 850), RIPE)
    for x in range(170, 1440, 45):
        canvas.line([(x, 612), (x, 850)], "#D95A16")
    canvas.line([(160, 608), (1440, 608)], "#D95A16", 6)


def _lamp(canvas: Canvas, at: Point) -> None:
    """A pendant lamp and its light, which ends on the table."""
    x, y = at
    canvas.fill([(x - 62, y), (x + 62, y), (x + 205, _TABLE_TOP), (x - 205, _TABLE_TOP)], BLUSH)
    canvas.line([(x, 190), (x, y - 80)], INK, 4)
    canvas.fill(wedge((x, y + 4), 22, 90, 270), PAPER)
    canvas.fill(place(spline(points("-88,8 -70,-46 -22,-72 0,-96 22,-72 70,-46 88,8")), at), INK)


def _at_table(guest: Guest, shape: Shape) -> Shape:
    """A part of somebody, put where they sit."""
    return place(shape, (guest.x, _TABLE_TOP), 112, flip=guest.looks_left)


def _sitter(canvas: Canvas, guest: Guest) -> None:
    """Body and head; what is lower the window sill hides."""
    neck = tapered([(-0.02, -0.92), (0.06, -1.5)], 0.36, 0.28)
    parts = [(_TORSO, guest.cloth), (neck, guest.skin), (_FACE, guest.skin)]
    parts.append((closed(_HAIR[guest.style]), guest.hair))
    if guest.style == "bun":
        parts.append((oval((-0.44, -2.0), 0.22), guest.hair))
    if guest.style == "beard":
        parts.append((_BEARD, guest.hair))
    for shape, colour in parts:
        canvas.fill(_at_table(guest, shape), colour)


def _chair(canvas: Canvas, guest: Guest) -> None:
    canvas.fill(_at_table(guest, tapered([(-0.78, -0.7), (-0.84, 1.6)], 0.09, 0.09)), INK)


def _arm(canvas: Canvas, guest: Guest) -> None:
    """An arm that leans on the table, with a cup; some lift it."""
    up = 0.34 if guest.lifts else 0.0
    line = spline([(-0.3, -0.66), (0.06, -0.02), (0.4, -0.06 - up * 0.3), (0.76, -0.24 - up)])
    canvas.fill(_at_table(guest, tapered(line, 0.36, 0.2)), guest.cloth)
    hand = _at_table(guest, [(0.78, -0.28 - up)])[0]
    _cup(canvas, hand[0] + (-12 if guest.looks_left else 12), hand[1] - 4)
    canvas.dot(hand, 14, guest.skin)


def _cup(canvas: Canvas, x: float, y: float) -> None:
    canvas.fill(wedge((x, y), 22, 90, 270), PAPER)
    canvas.fill(block(x - 22, y - 8, x + 22, y + 1), PAPER)


def _table(canvas: Canvas, x: float) -> None:
    canvas.fill(block(x - 150, _TABLE_TOP, x + 150, _TABLE_TOP + 16, canvas.rng), INK)
    canvas.fill(block(x - 9, _TABLE_TOP, x + 9, 860), INK)


def _front(canvas: Canvas) -> None:
    """What is between us and the room: mullions, awning, sill, two small trees."""
    for x in (605, 995):
        canvas.fill(block(x - 6, 190, x + 6, _SILL), INK)
    for i in range(21):
        _awning_strip(canvas, 128 + i * 64, (CREAM, CHERRY)[i % 2])
    canvas.fill(block(120, _SILL, 1480, _SILL + 26, canvas.rng), CREAM)
    canvas.fill(block(-5, 985, 1605, 1075), INK)
    for x in (56, 1544):
        tree(canvas, (x, 905), 420, 160, Crown(fruits=9, bark=MAUVE))
        canvas.fill([(x - 55, 890), (x + 55, 890), (x + 40, 992), (x - 40, 992)], RIPE)


def _awning_strip(canvas: Canvas, x: float, colour: str) -> None:
    lip = spline([(x, 205), (x + 14, 236), (x + 32, 244), (x + 50, 236), (x + 64, 205)])
    top = [(800 + (edge - 800) * 0.94, 88.0) for edge in (x, x + 64)]
    canvas.fill([*top, *lip[::-1]], colour)
