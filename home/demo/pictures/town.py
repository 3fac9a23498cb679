"""Pictures of places: the café in the evening, the houses along the canal. Units as in geometry."""

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
from .motifs import fruit, rules
from .palette import (
    APRICOT,
    BLUSH,
    CHERRY,
    CREAM,
    DEEP_LEAF,
    INK,
    LEAF,
    MAUVE,
    MIST,
    MOSS,
    NIGHT,
    ON_BLUSH,
    ON_NIGHT,
    PAPER,
    PLUM,
    RIPE,
    SKINS,
    SLATE,
    WHEAT,
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
_GUESTS = (
    Guest(284, False, SKINS[1], INK, NIGHT),
    Guest(536, True, SKINS[3], INK, PLUM, "bun"),
    Guest(675, False, SKINS[0], "#7A3B22", DEEP_LEAF, "long", True),
    Guest(927, True, SKINS[2], INK, NIGHT, "beard"),
    Guest(1063, False, SKINS[3], INK, CHERRY, "short", True),
    Guest(1315, True, SKINS[0], SLATE, NIGHT, "bun"),
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
        for guest in _GUESTS:
            _arm(canvas, guest)
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
    shade = spline(
        [
            (x - 88, y + 8),
            (x - 70, y - 46),
            (x - 22, y - 72),
            (x, y - 96),
            (x + 22, y - 72),
            (x + 70, y - 46),
            (x + 88, y + 8),
        ]
    )
    canvas.fill(shade, INK)


def _sitter(canvas: Canvas, guest: Guest) -> None:
    """Head, back and one arm on the table; what is lower the window sill hides."""

    def put(shape: Shape) -> Shape:
        return place(shape, (guest.x, _TABLE_TOP), 112, flip=guest.looks_left)

    canvas.fill(put(tapered([(-0.78, -0.7), (-0.84, 1.6)], 0.09, 0.09)), INK)
    torso = points(
        "-0.6,1.6 -0.72,0.5 -0.66,-0.5 -0.36,-0.98 0.04,-1.04 0.28,-0.74 0.36,0.0 0.6,1.6"
    )
    canvas.fill(put(closed(torso)), guest.cloth)
    canvas.fill(put(tapered([(-0.02, -0.92), (0.06, -1.5)], 0.36, 0.28)), guest.skin)
    face = points(
        "0.1,-2.1 0.36,-1.92 0.4,-1.72 0.5,-1.58 0.4,-1.5 0.36,-1.28 0.12,-1.2 "
        "-0.16,-1.4 -0.28,-1.74 -0.18,-2.02"
    )
    canvas.fill(put(closed(face)), guest.skin)
    canvas.fill(put(closed(_HAIR[guest.style])), guest.hair)
    if guest.style == "bun":
        canvas.fill(put(oval((-0.44, -2.0), 0.22)), guest.hair)
    if guest.style == "beard":
        beard = points("0.0,-1.62 0.14,-1.44 0.36,-1.46 0.42,-1.34 0.3,-1.12 0.04,-1.16 -0.12,-1.4")
        canvas.fill(put(closed(beard)), guest.hair)


def _arm(canvas: Canvas, guest: Guest) -> None:
    """An arm that leans on the table; some lift their cup."""
    raised = 0.34 if guest.lifts else 0.0
    line = spline(
        [(-0.3, -0.66), (0.06, -0.02), (0.4, -0.06 - raised * 0.3), (0.76, -0.24 - raised)]
    )
    shape = place(tapered(line, 0.36, 0.2), (guest.x, _TABLE_TOP), 112, flip=guest.looks_left)
    canvas.fill(shape, guest.cloth)
    hand = place([(0.78, -0.28 - raised)], (guest.x, _TABLE_TOP), 112, flip=guest.looks_left)[0]
    _cup(canvas, hand[0] + (-12 if guest.looks_left else 12), hand[1] - 4)
    canvas.dot(hand, 14, guest.skin)


def _cup(canvas: Canvas, x: float, y: float) -> None:
    canvas.fill(wedge((x, y), 22, 90, 270), PAPER)
    canvas.fill(block(x - 22, y - 8, x + 22, y + 1), PAPER)


def _table(canvas: Canvas, x: float) -> None:
    y, rng = _TABLE_TOP, canvas.rng
    canvas.fill(block(x - 150, y, x + 150, y + 16, rng), INK)
    canvas.fill(block(x - 9, y, x + 9, 860), INK)


def _front(canvas: Canvas) -> None:
    """What is between us and the room: mullions, awning, sill, two small trees."""
    for x in (605, 995):
        canvas.fill(block(x - 6, 190, x + 6, _SILL), INK)
    for i in range(21):
        x, colour = 128 + i * 64, (CREAM, CHERRY)[i % 2]
        lip = spline([(x, 205), (x + 14, 236), (x + 32, 244), (x + 50, 236), (x + 64, 205)])
        top = [(800 + (edge - 800) * 0.94, 88.0) for edge in (x, x + 64)]
        canvas.fill([*top, *lip[::-1]], colour)
    canvas.fill(block(120, _SILL, 1480, _SILL + 26, canvas.rng), CREAM)
    canvas.fill(block(-5, 985, 1605, 1075), INK)
    for x in (56, 1544):
        tree(canvas, (x, 905), 420, 160, Crown(LEAF, DEEP_LEAF, APRICOT, 9, bark=MAUVE))
        canvas.fill([(x - 55, 890), (x + 55, 890), (x + 40, 992), (x - 40, 992)], RIPE)


class House(NamedTuple):
    """A house in the row: its width and height, its gable, and its colours."""

    width: float
    height: float
    gable: str
    wall: str
    trim: str
    shutters: str


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
_STREET, _QUAY, _WATER = 660.0, 826.0, 872.0


def canal_house_utrecht(rng: random.Random) -> Canvas:
    """Canal houses above, the wharf and its cellars below, a fruit tree between them."""
    canvas = Canvas(ON_BLUSH, rng)
    rules(canvas)
    _tower(canvas, (800, _STREET))
    left = -60.0
    for house in _HOUSES:
        _house(canvas, house, left)
        left += house.width
    _wharf(canvas)
    _canal(canvas)
    _boat(canvas, (1060, 985))
    tree(canvas, (566, _QUAY + 22), 500, 300, Crown(LEAF, DEEP_LEAF, APRICOT, 17))
    return canvas


def _tower(canvas: Canvas, foot: Point) -> None:
    """The Dom, far off: two square storeys, an open lantern and a spire."""
    x, y = foot
    for half, bottom, top in ((72, 0, -300), (62, -300, -480), (36, -480, -580)):
        canvas.fill(block(x - half, y + top, x + half, y + bottom), SLATE)
        canvas.fill(block(x - half - 6, y + top - 8, x + half + 6, y + top), SLATE)
    canvas.fill([(x - 36, y - 588), (x, y - 650), (x + 36, y - 588)], SLATE)
    for dx, low, high, half in (
        (-34, 340, 455, 9),
        (0, 340, 455, 9),
        (34, 340, 455, 9),
        (-15, 495, 560, 8),
        (15, 495, 560, 8),
    ):
        canvas.fill(block(x + dx - half, y - high, x + dx + half, y - low), ON_BLUSH.base)
        canvas.fill(wedge((x + dx, y - high + 1), half, -90, 90), ON_BLUSH.base)


def _gable(house: House, left: float, top: float) -> Shape:
    """The outline of a wall with its gable, from street to street."""
    w, mid, right = house.width, left + house.width / 2, left + house.width
    if house.gable == "step":
        steps = [(left + w * 0.1 * (k // 2 + k % 2), top - 34 * (k // 2)) for k in range(9)]
        up = [(x, y) for x, y in steps if x < mid - 8]
    elif house.gable == "bell":
        up = spline(
            [
                (left, top),
                (left + w * 0.09, top - 28),
                (left + w * 0.2, top - 96),
                (mid - w * 0.12, top - 128),
                (mid, top - 150),
            ]
        )
    elif house.gable == "neck":
        up = [
            *spline([(left, top), (left + w * 0.18, top - 18), (left + w * 0.27, top - 70)]),
            (left + w * 0.27, top - 128),
            (mid, top - 158),
        ]
    else:
        up = [(left, top - 10)]
    down = [(right - (x - left), y) for x, y in up[::-1]]
    return [(left, _STREET), *up, *down, (right, _STREET)]


def _house(canvas: Canvas, house: House, left: float) -> None:
    top = _STREET - house.height
    canvas.fill(_gable(house, left, top), house.wall)
    if house.gable == "cornice":
        canvas.fill(
            block(left - 4, top - 22, left + house.width + 4, top + 6, canvas.rng), house.trim
        )
    else:
        canvas.fill(wedge((left + house.width / 2, top - 44), 24, -90, 90), house.trim)
    rows = 2 if house.height < 380 else 3 if house.height < 470 else 4
    for row in range(rows):
        for col in range(3):
            spot = (
                left + house.width * (0.2 + 0.3 * col),
                top + 44 + row * (house.height - 150) / rows,
            )
            _window(canvas, house, spot, (house.height - 150) / rows - 34)
    door = left + house.width * (0.2 if house.width < 200 else 0.8)
    canvas.fill(block(door - 26, _STREET - 108, door + 26, _STREET), house.trim)
    canvas.fill(block(door - 20, _STREET - 80, door + 20, _STREET), house.shutters)


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
    canvas.fill(block(-5, _STREET - 4, 1605, _STREET + 10), CREAM)
    for i, x in enumerate(range(40, 1600, 190)):
        for half, colour in ((58, CREAM), (46, (NIGHT, DEEP_LEAF, CHERRY)[i % 3])):
            canvas.fill(wedge((x, _QUAY - 64), half, -90, 90), colour)
            canvas.fill(block(x - half, _QUAY - 66, x + half, _QUAY), colour)
        canvas.line([(x, _QUAY - 108), (x, _QUAY)], INK, 3)


def _canal(canvas: Canvas) -> None:
    """Water as ruled dashes, some in the colour of the house above."""
    rng = canvas.rng
    canvas.fill(block(-5, _QUAY, 1605, _WATER), WHEAT)
    canvas.fill(block(-5, _WATER, 1605, 1075), SLATE)
    for row in range(9):
        y, x = _WATER + 14 + row * 22, rng.uniform(-200, 0)
        while x < 1600:
            length = rng.uniform(60, 280)
            canvas.line([(x, y), (x + length, y)], MIST, 3)
            x += length + rng.uniform(30, 220)
    left = -60.0
    for house in _HOUSES:
        for row in range(5):
            x = left + house.width / 2 + rng.uniform(-24, 24)
            half = rng.uniform(0.2, 0.4) * house.width * (1 - row * 0.14)
            canvas.line(
                [(x - half, _WATER + 25 + row * 22), (x + half, _WATER + 25 + row * 22)],
                house.wall,
                6,
            )
        left += house.width


def _boat(canvas: Canvas, at: Point) -> None:
    """A flat boat that brings the harvest into town."""
    x, y = at
    for dx, dy in ((-60, -48), (0, -50), (60, -46), (-30, -92), (32, -90)):
        fruit(canvas, "apricot", (x + dx, y + dy), 36, dx / 4, with_leaf=dx == 32)
    hull = spline(
        [
            (x - 190, y - 44),
            (x - 150, y + 16),
            (x - 90, y + 32),
            (x + 90, y + 32),
            (x + 150, y + 16),
            (x + 196, y - 52),
        ]
    )
    canvas.fill([*hull, (x + 120, y - 26), (x - 120, y - 26)], NIGHT)
    canvas.line(
        [(x - 176, y - 22), (x - 120, y - 10), (x + 120, y - 10), (x + 182, y - 28)], CREAM, 4
    )
