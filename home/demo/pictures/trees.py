"""Fruit trees, from sapling to full crown. `foot` is where the trunk meets the ground."""

from math import cos, sin, sqrt
from typing import NamedTuple

from .canvas import Canvas
from .geometry import Point, Shape, along, blob, bounds, bow, polar, tapered
from .motifs import leaf, shaded
from .palette import APRICOT, DEEP_LEAF, INK, LEAF


class Crown(NamedTuple):
    """The colours of a tree, and how many fruits it bears."""

    body: str = LEAF
    shade: str = DEEP_LEAF
    fruit: str = APRICOT
    fruits: int = 12
    ink: str = INK
    mark: str = "#62904A"
    bark: str = ""


def scatter(centre: Point, rx: float, ry: float, count: int, turn: float = 0) -> list[Point]:
    """Points spread evenly over an oval, as seeds in a sunflower."""
    spots = [(sqrt((i + 0.5) / count), i * 2.39996 + turn) for i in range(count)]
    return [(centre[0] + rx * r * cos(a), centre[1] + ry * r * sin(a)) for r, a in spots]


def trunk(canvas: Canvas, foot: Point, top: Point, width: float, colour: str) -> Shape:
    """A stem that flares at the foot and ends as the leading branch; returns its centre line."""
    (x, y), line = foot, bow(foot, top, canvas.rng.uniform(-0.04, 0.04))
    canvas.fill(tapered(line, width, 1.5), colour)
    left = bow((x - width * 0.2, y - width * 2), (x - width * 1.1, y + 1), 0.14)
    right = bow((x + width * 1.1, y + 1), (x + width * 0.2, y - width * 2), 0.14)
    canvas.fill(left + right, colour)
    return line


# where on the trunk a branch leaves it, how far it reaches sideways, how far up
_LIMBS = (
    (0.38, -0.85, 0.3),
    (0.41, 0.82, 0.34),
    (0.5, -0.58, 0.48),
    (0.55, 0.6, 0.5),
    (0.66, -0.26, 0.45),
)


def limbs(canvas: Canvas, stem: Shape, reach: Point, width: float, colour: str) -> None:
    """Branches that leave the trunk one above the other, `reach` wide and high."""
    wide, high = reach
    for t, side, rise in _LIMBS:
        x, y = along(stem, t)
        curve = bow((x, y + width), (x + side * wide, y - rise * high), -0.16 if side > 0 else 0.16)
        canvas.fill(tapered(curve, width * (1 - t) * 0.8, 1.6), colour)


def foliage(canvas: Canvas, crown: Shape, colour: str, size: float) -> None:
    """Leaves as small brush marks, over a whole crown."""
    left, top, right, bottom = bounds(crown)
    centre, rx, ry = (
        ((left + right) / 2, (top + bottom) / 2),
        (right - left) / 2,
        (bottom - top) / 2,
    )
    count = int(rx * ry / size**2 * 0.75)
    with canvas.clip(crown):
        for x, y in scatter(centre, rx, ry, count, canvas.rng.uniform(0, 6)):
            turn = canvas.rng.uniform(-50, 50)
            tip, base = polar((x, y), size / 2, turn), polar((x, y), -size / 2, turn)
            canvas.fill(bow(base, tip, 0.2, 8) + bow(tip, base, 0.2, 8), colour)


def tree(canvas: Canvas, foot: Point, height: float, spread: float, crown: Crown) -> None:
    """A fruit tree: a flat crown, the branches drawn over it, the fruit over those."""
    x, y = foot
    centre, rx, ry = (x, y - height * 0.62), spread / 2, height * 0.4
    thick, shape = max(4, height * 0.05), blob(canvas.rng, centre, rx, ry)
    shaded(canvas, shape, crown.body, crown.shade, ink=crown.ink)
    if height > 250:
        foliage(canvas, shape, crown.mark, height * 0.045)
    bark = crown.bark or crown.ink
    line = trunk(canvas, foot, (x, centre[1] - ry * 0.6), thick, bark)
    limbs(canvas, line, (rx * 0.85, ry * 1.1), thick, bark)
    for spot in scatter(centre, rx * 0.84, ry * 0.84, crown.fruits, canvas.rng.uniform(0, 6)):
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
