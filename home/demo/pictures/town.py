"""Pictures of places: the café in the evening, the houses along the canal. Units as in geometry."""

import random
from typing import NamedTuple

from .canvas import Canvas
from .geometry import Point, Shape, block, bow, closed, oval, place, polar, spline, tapered, wedge
from .motifs import fruit, leaf, rules
from .palette import (
    APRICOT, BLUSH, CHERRY, CREAM, DEEP_LEAF, HAZE, INK, LEAF, MAUVE, MIST, MOSS, NIGHT, ON_MIST, ON_NIGHT, PAPER,
    PLUM, RIPE, SKINS, SLATE, SPRING, WHEAT,
)  # fmt: skip
from .trees import Crown, tree


class Guest(NamedTuple):
    """Somebody at a café table, seen from the side."""

    x: float
    looks_left: bool
    skin: str
    hair: str
    cloth: str
    bun: bool = False


_GUESTS = (
    Guest(300, False, SKINS[1], INK, NIGHT),
    Guest(520, True, SKINS[3], INK, PLUM, True),
    Guest(690, False, SKINS[0], PLUM, DEEP_LEAF, True),
    Guest(912, True, SKINS[2], INK, NIGHT),
    Guest(1078, False, SKINS[3], INK, CHERRY),
    Guest(1300, True, SKINS[0], "#7A3B22", NIGHT, True),
)
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
        for x in (410, 801, 1189):
            _lamp(canvas, (x, 410))
        for guest in _GUESTS:
            _sitter(canvas, guest)
        for x in (410, 801, 1189):
            _table(canvas, x)
    _front(canvas)
    return canvas


def _back_wall(canvas: Canvas) -> None:
    """Panelling, and two shelves with bottles and fruit."""
    for y in range(205, 560, 22):
        canvas.line([(160, y), (1440, y)], "#F49B40")
    canvas.fill(block(160, 610, 1440, 850), RIPE)
    for x in range(170, 1440, 45):
        canvas.line([(x, 612), (x, 850)], "#D95A16")
    canvas.line([(160, 608), (1440, 608)], "#D95A16", 6)


def _lamp(canvas: Canvas, at: Point) -> None:
    x, y = at
    canvas.fill([(x - 62, y), (x + 62, y), (x + 205, _TABLE_TOP), (x - 205, _TABLE_TOP)], BLUSH)
    canvas.line([(x, 190), (x, y - 80)], INK, 4)
    canvas.fill(wedge((x, y + 4), 22, 90, 270), PAPER)
    shade = spline([(x - 88, y + 8), (x - 70, y - 46), (x - 22, y - 72), (x, y - 96), (x + 22, y - 72), (x + 70, y - 46), (x + 88, y + 8)])
    canvas.fill(shade, INK)


def _sitter(canvas: Canvas, guest: Guest) -> None:
    """Head, back and one arm on the table; what is lower the window sill hides."""

    def put(shape: Shape) -> Shape:
        return place(shape, (guest.x, _TABLE_TOP), 112, flip=guest.looks_left)

    canvas.fill(put(tapered([(-0.78, -0.7), (-0.84, 1.6)], 0.09, 0.09)), INK)
    torso = [(-0.6, 1.6), (-0.72, 0.5), (-0.66, -0.5), (-0.36, -0.98), (0.04, -1.04), (0.28, -0.74), (0.36, 0.0), (0.6, 1.6)]
    canvas.fill(put(closed(torso)), guest.cloth)
    canvas.fill(put(tapered([(-0.02, -0.92), (0.06, -1.5)], 0.36, 0.28)), guest.skin)
    face = [(0.1, -2.1), (0.36, -1.92), (0.4, -1.72), (0.5, -1.58), (0.4, -1.5), (0.36, -1.28), (0.12, -1.2), (-0.16, -1.4), (-0.28, -1.74), (-0.18, -2.02)]
    canvas.fill(put(closed(face)), guest.skin)
    hair = [(-0.2, -1.3), (-0.4, -1.7), (-0.28, -2.1), (0.1, -2.24), (0.4, -2.06), (0.38, -1.9), (0.14, -1.88), (0.04, -1.66), (0.02, -1.5)]
    canvas.fill(put(closed(hair)), guest.hair)
    if guest.bun:
        canvas.fill(put(oval((-0.42, -2.02), 0.22)), guest.hair)
    arm = spline([(-0.26, -0.62), (0.02, 0.06), (0.42, 0.12), (0.8, -0.12)])
    canvas.fill(put(tapered(arm, 0.34, 0.2)), guest.cloth)
    canvas.fill(put(oval((0.84, -0.14), 0.12)), guest.skin)


def _table(canvas: Canvas, x: float) -> None:
    y, rng = _TABLE_TOP, canvas.rng
    canvas.fill(block(x - 150, y, x + 150, y + 16, rng), INK)
    canvas.fill(block(x - 9, y, x + 9, 860), INK)
    for dx in (-52, 48):
        canvas.fill(wedge((x + dx, y - 26), 22, 90, 270), PAPER)
        canvas.fill(block(x + dx - 22, y - 30, x + dx + 22, y - 22), PAPER)
        canvas.fill(block(x + dx - 30, y - 5, x + dx + 30, y), PAPER)
    fruit(canvas, "apricot", (x, y - 20), 20)


def _front(canvas: Canvas) -> None:
    """What is between us and the room: mullions, awning, sill, two small trees."""
    rng = canvas.rng
    for x in (605, 995):
        canvas.fill(block(x - 6, 190, x + 6, _SILL), INK)
    for i in range(21):
        x, colour = 128 + i * 64, (CREAM, CHERRY)[i % 2]
        lip = [(x, 205), (x + 14, 236), (x + 32, 244), (x + 50, 236), (x + 64, 205)]
        canvas.fill([(x + 24 - i * 2.4, 92), (x + 86 - i * 2.4 - 24, 92), *spline(lip)[::-1]], colour)
    canvas.fill(block(120, _SILL, 1480, _SILL + 26, rng), CREAM)
    canvas.fill(block(-5, 985, 1605, 1075), INK)
    for x in (60, 1540):
        tree(canvas, (x, 905), 420, 150, Crown(LEAF, DEEP_LEAF, APRICOT, 9))
        canvas.fill([(x - 55, 890), (x + 55, 890), (x + 40, 990), (x - 40, 990)], RIPE)


class House(NamedTuple):
    """A house in the row: its width and height, its gable, and its colours."""

    width: float
    height: float
    gable: str
    wall: str
    trim: str
    shutters: str


_HOUSES = (
    House(190, 400, "cornice", PLUM, CREAM, LEAF),
    House(176, 455, "bell", WHEAT, PAPER, DEEP_LEAF),
    House(205, 430, "step", CHERRY, CREAM, NIGHT),
    House(182, 500, "neck", NIGHT, PAPER, RIPE),
    House(214, 440, "cornice", APRICOT, CREAM, DEEP_LEAF),
    House(176, 480, "step", CREAM, PAPER, CHERRY),
    House(200, 420, "bell", SLATE, PAPER, NIGHT),
    House(176, 465, "neck", RIPE, CREAM, DEEP_LEAF),
    House(190, 410, "cornice", PLUM, CREAM, LEAF),
)
_STREET, _QUAY, _WATER = 660.0, 826.0, 872.0


def canal_house_utrecht(rng: random.Random) -> Canvas:
    """Canal houses above, the wharf and its cellars below, a fruit tree between them."""
    canvas = Canvas(ON_MIST, rng)
    rules(canvas)
    _tower(canvas, (1130, _STREET))
    left = -60.0
    for house in _HOUSES:
        _house(canvas, house, left)
        left += house.width
    _wharf(canvas)
    _canal(canvas)
    tree(canvas, (716, _QUAY + 20), 560, 380, Crown(LEAF, DEEP_LEAF, APRICOT, 20))
    return canvas


def _tower(canvas: Canvas, foot: Point) -> None:
    """The Dom, far off: two square storeys and an open lantern."""
    x, y = foot
    for half, bottom, top in ((88, 0, -420), (74, -420, -520), (40, -520, -585)):
        canvas.fill(block(x - half, y + top, x + half, y + bottom), SLATE)
    canvas.fill([(x - 44, y - 585), (x, y - 655), (x + 44, y - 585)], SLATE)
    for dx in (-46, 0, 46):
        canvas.fill(block(x + dx - 11, y - 505, x + dx + 11, y - 430), ON_MIST.base)


def _gable(house: House, left: float, top: float) -> Shape:
    """The outline of a wall with its gable, from street to street."""
    w, mid, right = house.width, left + house.width / 2, left + house.width
    if house.gable == "step":
        steps = [(left + w * 0.1 * (k // 2 + k % 2), top - 34 * (k // 2)) for k in range(9)]
        up = [(x, y) for x, y in steps if x < mid - 8]
    elif house.gable == "bell":
        up = spline([(left, top), (left + w * 0.09, top - 28), (left + w * 0.2, top - 96), (mid - w * 0.12, top - 128), (mid, top - 150)])
    elif house.gable == "neck":
        up = [*spline([(left, top), (left + w * 0.18, top - 18), (left + w * 0.27, top - 70)]), (left + w * 0.27, top - 128), (mid, top - 158)]
    else:
        up = [(left, top - 10)]
    down = [(right - (x - left), y) for x, y in up[::-1]]
    return [(left, _STREET), *up, *down, (right, _STREET)]


def _house(canvas: Canvas, house: House, left: float) -> None:
    top = _STREET - house.height
    canvas.fill(_gable(house, left, top), house.wall)
    if house.gable == "cornice":
        canvas.fill(block(left - 4, top - 22, left + house.width + 4, top + 6, canvas.rng), house.trim)
    else:
        canvas.fill(wedge((left + house.width / 2, top - 44), 24, -90, 90), house.trim)
    rows = 3 if house.height < 470 else 4
    for row in range(rows):
        for col in range(3):
            spot = (left + house.width * (0.2 + 0.3 * col), top + 44 + row * (house.height - 150) / rows)
            _window(canvas, house, spot, (house.height - 150) / rows - 34)
    door = left + house.width * (0.2 if house.width < 200 else 0.8)
    canvas.fill(block(door - 26, _STREET - 108, door + 26, _STREET), house.trim)
    canvas.fill(block(door - 20, _STREET - 80, door + 20, _STREET), house.shutters)


def _window(canvas: Canvas, house: House, at: Point, height: float) -> None:
    x, y = at
    lit = canvas.rng.random() < 0.2
    canvas.fill(block(x - 20, y, x + 20, y + height, canvas.rng), house.trim)
    canvas.fill(block(x - 15, y + 5, x + 15, y + height - 5), BLUSH if lit else INK)
    canvas.line([(x, y), (x, y + height)], house.trim, 3)
    canvas.line([(x - 18, y + height * 0.42), (x + 18, y + height * 0.42)], house.trim, 3)


def _wharf(canvas: Canvas) -> None:
    """The wall under the street, with a cellar for every house."""
    rng = canvas.rng
    canvas.fill(block(-5, _STREET, 1605, _QUAY), MAUVE)
    for y in range(int(_STREET) + 16, int(_QUAY), 16):
        canvas.line([(-5, y), (1605, y + rng.uniform(-1, 1))], PLUM)
    canvas.fill(block(-5, _STREET - 4, 1605, _STREET + 10), CREAM)
    for i, x in enumerate(range(40, 1600, 190)):
        arch = [(x - 56, _QUAY), (x - 56, _QUAY - 62), *spline([(x - 56, _QUAY - 62), (x - 40, _QUAY - 104), (x, _QUAY - 122), (x + 40, _QUAY - 104), (x + 56, _QUAY - 62)]), (x + 56, _QUAY)]
        canvas.fill(arch, CREAM)
        with canvas.clip(arch):
            canvas.fill(place(arch, (x * 0.14, _QUAY * 0.14), 0.86), (NIGHT, DEEP_LEAF, CHERRY)[i % 3])


def _canal(canvas: Canvas) -> None:
    canvas.fill(block(-5, _QUAY, 1605, _WATER), WHEAT)
    canvas.fill(block(-5, _WATER, 1605, 1075), SLATE)
    for row in range(9):
        y, x = _WATER + 14 + row * 22, canvas.rng.uniform(-200, 0)
        while x < 1600:
            length = canvas.rng.uniform(60, 320)
            canvas.line([(x, y), (x + length, y)], MIST, 3)
            x += length + canvas.rng.uniform(30, 220)
