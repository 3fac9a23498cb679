"""Fruit trees, from sapling to full crown. `foot` is where the trunk meets the ground."""

from math import cos, sin, sqrt
from typing import NamedTuple

from .canvas import Canvas
from .geometry import Point, blob, bow, tapered
from .motifs import leaf, shaded
from .palette import APRICOT, DEEP_LEAF, INK, LEAF


class Crown(NamedTuple):
    body: str = LEAF
    shade: str = DEEP_LEAF
    fruit: str = APRICOT
    count: int = 12
    ink: str = INK


def scatter(centre: Point, rx: float, ry: float, count: int, turn: float = 0) -> list[Point]:
    """Points spread evenly over an oval, as seeds in a sunflower."""
    spots = [(sqrt((i + 0.5) / count), i * 2.39996 + turn) for i in range(count)]
    return [(centre[0] + rx * r * cos(a), centre[1] + ry * r * sin(a)) for r, a in spots]


def trunk(canvas: Canvas, foot: Point, top: Point, width: float, colour: str) -> None:
    lean = canvas.rng.uniform(-0.05, 0.05)
    canvas.fill(tapered(bow(foot, top, lean), width, width * 0.45), colour)
    flare = [(foot[0] - width, foot[1]), (foot[0], foot[1] - width * 2), (foot[0] + width, foot[1])]
    canvas.fill(flare, colour)


def limbs(canvas: Canvas, foot: Point, reach: Point, width: float, colour: str) -> None:
    """Branches that fan out from a fork, `reach` wide and high."""
    for side, rise in ((-0.62, 0.5), (0.6, 0.62), (-0.3, 0.95), (0.26, 1.05), (-0.8, 0.12), (0.82, 0.2)):
        start = (foot[0], foot[1] - reach[1] * max(0.0, rise - 0.62) * 0.5)
        end = (foot[0] + side * reach[0], foot[1] - rise * reach[1])
        canvas.fill(tapered(bow(start, end, -0.16 if side > 0 else 0.16), width, 1.6), colour)


def tree(canvas: Canvas, foot: Point, height: float, spread: float, crown: Crown) -> None:
    """A fruit tree: a flat crown, the branches drawn over it, the fruit over those."""
    x, y = foot
    centre, rx, ry = (x, y - height * 0.62), spread / 2, height * 0.4
    thick = max(4, height * 0.045)
    shaded(canvas, blob(canvas.rng, centre, rx, ry), crown.body, crown.shade, ink=crown.ink)
    trunk(canvas, foot, (x, centre[1] + ry * 0.1), thick, crown.ink)
    limbs(canvas, (x, centre[1] + ry * 0.5), (rx * 0.8, ry * 1.1), thick * 0.5, crown.ink)
    for spot in scatter(centre, rx * 0.84, ry * 0.84, crown.count, canvas.rng.uniform(0, 6)):
        canvas.dot(spot, max(4, height * 0.03), crown.fruit)


def sapling(canvas: Canvas, foot: Point, height: float, pairs: int = 2) -> None:
    """A young shoot with leaves in pairs and one on top."""
    x, y = foot
    top = (x + height * 0.03, y - height)
    canvas.fill(tapered(bow(foot, top, 0.04), max(3, height * 0.05), 2), canvas.ground.ink)
    for i in range(pairs):
        at = (x + height * 0.02, y - height * (0.35 + 0.4 * i / pairs))
        size = height * (0.42 - 0.06 * i)
        leaf(canvas, at, (at[0] + size, at[1] - size * 0.45), bend=0.14)
        leaf(canvas, at, (at[0] - size * 0.95, at[1] - size * 0.55), bend=-0.14)
    leaf(canvas, top, (top[0] + height * 0.08, top[1] - height * 0.4), bend=0.06)
