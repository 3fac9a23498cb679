"""The houses along the canal in Utrecht. Units as in geometry; a house stands on the street."""

import random
from typing import NamedTuple

from .canvas import Canvas
from .geometry import (
    Point,
    Shape,
    block,
    place,
    points,
    spline,
    wedge,
)
from .motifs import fruit, rules
from .palette import (
    APRICOT,
    BLUSH,
    CHERRY,
    CREAM,
    DEEP_LEAF,
    INK,
    MAUVE,
    MIST,
    MOSS,
    NIGHT,
    ON_BLUSH,
    PAPER,
    PLUM,
    RIPE,
    SLATE,
    WHEAT,
)
from .trees import Crown, tree


class House(NamedTuple):
    """A house in the row: its width and height, its gable, and its colours."""

    width: float
    height: float
    gable: str
    wall: str
    trim: str
    door: str


_HOUSES = (
    House(190, 400, "cornice", MIST, CREAM, PLUM),
    House(176, 455, "bell", MOSS, PAPER, NIGHT),
    House(205, 430, "step", CHERRY, CREAM, NIGHT),
    House(182, 478, "neck", NIGHT, PAPER, RIPE),
    House(214, 350, "cornice", APRICOT, CREAM, DEEP_LEAF),
    House(176, 470, "step", PLUM, CREAM, CHERRY),
    House(200, 420, "bell", SLATE, PAPER, NIGHT),
    House(176, 465, "neck", RIPE, CREAM, DEEP_LEAF),
    House(190, 410, "cornice", MIST, CREAM, PLUM),
)
# the left half of each gable: across as a share of the width, up in units
_GABLES = {
    "cornice": [(0.0, -10.0)],
    "step": points("0,0 0.1,0 0.1,-34 0.2,-34 0.2,-68 0.3,-68 0.3,-102 0.4,-102 0.4,-136"),
    "bell": spline(points("0,0 0.09,-28 0.2,-96 0.38,-128 0.5,-150")),
    "neck": [*spline([(0, 0), (0.18, -18), (0.27, -70)]), (0.27, -128), (0.5, -158)],
}
_STREET, _QUAY, _WATER = 660.0, 826.0, 872.0


def canal_house_utrecht(rng: random.Random) -> Canvas:
    """Canal houses above, the wharf and its cellars below, a fruit tree between them."""
    canvas = Canvas(ON_BLUSH, rng)
    rules(canvas)
    _tower(canvas, (800, _STREET))
    _wharf(canvas)
    _canal(canvas)
    left = -60.0
    for house in _HOUSES:
        _house(canvas, house, left)
        _reflection(canvas, house, left)
        left += house.width
    canvas.fill(block(-5, _STREET - 4, 1605, _STREET + 10), CREAM)
    _boat(canvas, (1060, 985))
    tree(canvas, (566, _QUAY + 22), 500, 300, Crown(fruits=17))
    return canvas


def _tower(canvas: Canvas, foot: Point) -> None:
    """The Dom, far off: two square storeys, an open lantern and a spire."""
    x, y = foot
    for half, bottom, top in ((72, 0, -300), (62, -300, -480), (36, -480, -580)):
        canvas.fill(block(x - half, y + top, x + half, y + bottom), SLATE)
        canvas.fill(block(x - half - 6, y + top - 8, x + half + 6, y + top), SLATE)
    canvas.fill([(x - 36, y - 588), (x, y - 650), (x + 36, y - 588)], SLATE)
    for dx, low, high in (
        (-34, 340, 455),
        (0, 340, 455),
        (34, 340, 455),
        (-15, 495, 560),
        (15, 495, 560),
    ):
        canvas.fill(block(x + dx - 9, y - high, x + dx + 9, y - low), ON_BLUSH.base)
        canvas.fill(wedge((x + dx, y - high + 1), 9, -90, 90), ON_BLUSH.base)


def _gable(house: House, left: float, top: float) -> Shape:
    """The outline of a wall with its gable, from street to street."""
    up = [(left + x * house.width, top + y) for x, y in _GABLES[house.gable]]
    right = left + house.width
    down = [(right - (x - left), y) for x, y in up[::-1]]
    return [(left, _STREET), *up, *down, (right, _STREET)]


def _house(canvas: Canvas, house: House, left: float) -> None:
    """The wall and its gable, windows in three columns, and a door at one side."""
    top, right = _STREET - house.height, left + house.width
    canvas.fill(_gable(house, left, top), house.wall)
    if house.gable == "cornice":
        canvas.fill(block(left - 4, top - 22, right + 4, top + 6, canvas.rng), house.trim)
    else:
        canvas.fill(wedge((left + house.width / 2, top - 44), 24, -90, 90), house.trim)
    rows = 2 if house.height < 380 else 3 if house.height < 470 else 4
    step = (house.height - 150) / rows
    for row in range(rows):
        for share in (0.2, 0.5, 0.8):
            spot = (left + house.width * share, top + 44 + row * step)
            _window(canvas, house, spot, step - 34)
    door = left + house.width * (0.2 if house.width < 200 else 0.8)
    canvas.fill(block(door - 26, _STREET - 108, door + 26, _STREET), house.trim)
    canvas.fill(block(door - 20, _STREET - 80, door + 20, _STREET), house.door)


def _window(canvas: Canvas, house: House, at: Point, height: float) -> None:
    x, y = at
    lit = canvas.rng.random() < 0.2
    canvas.fill(block(x - 20, y, x + 20, y + height, canvas.rng, 1), house.trim)
    canvas.fill(block(x - 15, y + 5, x + 15, y + height - 5), BLUSH if lit else INK)
    canvas.line([(x, y), (x, y + height)], house.trim, 3)
    canvas.line([(x - 18, y + height * 0.42), (x + 18, y + height * 0.42)], house.trim, 3)


def _wharf(canvas: Canvas) -> None:
    """The wall under the street, with a cellar for every house."""
    rng = canvas.rng
    canvas.fill(block(-5, _STREET, 1605, _QUAY), PLUM)
    for y in range(int(_STREET) + 16, int(_QUAY), 16):
        canvas.line([(-5, y), (1605, y + rng.uniform(-1, 1))], MAUVE)
    for i, x in enumerate(range(40, 1600, 190)):
        for half, colour in ((58, CREAM), (46, (NIGHT, DEEP_LEAF, CHERRY)[i % 3])):
            canvas.fill(wedge((x, _QUAY - 64), half, -90, 90), colour)
            canvas.fill(block(x - half, _QUAY - 66, x + half, _QUAY), colour)
        canvas.line([(x, _QUAY - 108), (x, _QUAY)], INK, 3)


def _canal(canvas: Canvas) -> None:
    """The quay, and water as ruled dashes."""
    rng = canvas.rng
    canvas.fill(block(-5, _QUAY, 1605, _WATER), WHEAT)
    canvas.fill(block(-5, _WATER, 1605, 1075), SLATE)
    for row in range(9):
        y, x = _WATER + 14 + row * 22, rng.uniform(-200, 0)
        while x < 1600:
            length = rng.uniform(60, 280)
            canvas.line([(x, y), (x + length, y)], MIST, 3)
            x += length + rng.uniform(30, 220)


def _reflection(canvas: Canvas, house: House, left: float) -> None:
    """Dashes in the water, in the colour of the house above."""
    for row in range(5):
        x, y = left + house.width / 2 + canvas.rng.uniform(-24, 24), _WATER + 25 + row * 22
        half = canvas.rng.uniform(0.2, 0.4) * house.width * (1 - row * 0.14)
        canvas.line([(x - half, y), (x + half, y)], house.wall, 6)


def _boat(canvas: Canvas, at: Point) -> None:
    """A flat boat that brings the harvest into town."""
    for dx, dy in ((-60, -48), (0, -50), (60, -46), (-30, -92), (32, -90)):
        fruit(canvas, "apricot", (at[0] + dx, at[1] + dy), 36, dx / 4, with_leaf=dx == 32)
    hull = spline(points("-190,-44 -150,16 -90,32 90,32 150,16 196,-52"))
    canvas.fill(place([*hull, (120, -26), (-120, -26)], at), NIGHT)
    canvas.line(place([(-176, -22), (-120, -10), (120, -10), (182, -28)], at), CREAM, 4)
