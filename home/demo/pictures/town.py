"""Pictures of people and places: round the table, in the café, along the canal. Units as in geometry."""

import random
from typing import NamedTuple

from .canvas import Canvas
from .geometry import Point, blob, block, bow, closed, oval, place, polar, spline, tapered
from .motifs import PITCH, columns, fruit, hatch, leaf, rules, shaded, sheet
from .palette import (
    APRICOT, BLUSH, CHERRY, CREAM, DEEP_LEAF, HAZE, INK, LEAF, MAUVE, MIST, MOSS, NIGHT, ON_APRICOT, ON_LEAF,
    ON_MIST, ON_NIGHT, PAPER, PLUM, RIPE, SKINS, SLATE, SPRING, WHEAT,
)  # fmt: skip
from .trees import Crown, tree


class Guest(NamedTuple):
    """Somebody at the table; the angle is the seat, as on a clock."""

    angle: float
    skin: str
    hair: str
    cloth: str
    bun: bool = False


_GUESTS = (
    Guest(-62, SKINS[0], RIPE, NIGHT),
    Guest(-20, SKINS[3], INK, APRICOT, True),
    Guest(22, SKINS[1], NIGHT, MIST),
    Guest(64, SKINS[2], INK, PLUM, True),
    Guest(118, SKINS[0], WHEAT, APRICOT),
    Guest(160, SKINS[2], NIGHT, HAZE),
    Guest(203, SKINS[1], "#7A3B22", NIGHT, True),
    Guest(244, SKINS[3], INK, CHERRY),
)


def people_at_table(rng: random.Random) -> Canvas:
    """A meeting seen from above: papers, cups, fruit, and eight people."""
    canvas = Canvas(ON_LEAF, rng)
    sheet(canvas, 150, 1460)
    centre, rx, ry = (800.0, 533.0), 520.0, 285.0
    canvas.fill(oval((centre[0], centre[1]), rx, ry), CREAM)
    return canvas


def cafe_evening(rng: random.Random) -> Canvas:
    canvas = Canvas(ON_NIGHT, rng)
    return canvas


def canal_house_utrecht(rng: random.Random) -> Canvas:
    canvas = Canvas(ON_MIST, rng)
    return canvas
