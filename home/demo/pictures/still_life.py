"""Pictures of fruit on the page. Coordinates in picture units, 1600 x 1067."""

import random
from math import cos

from .canvas import Canvas
from .geometry import (
    Point,
    Shape,
    along,
    beside,
    block,
    bow,
    closed,
    place,
    points,
    polar,
    spline,
    tapered,
)
from .motifs import FRUITS, PITCH, columns, fruit, leaf, rules, shaded, sheet, skin, stem, tally
from .palette import (
    APRICOT,
    CHERRY,
    CREAM,
    DEEP_LEAF,
    INK,
    LEAF,
    MIST,
    MOSS,
    NIGHT,
    ON_APRICOT,
    ON_BLUSH,
    ON_LEAF,
    ON_NIGHT,
    ON_PAPER,
    PAPER,
    PLUM,
    RIPE,
    WHEAT,
)

_CORE = closed(points("0,-0.18 0.3,0.12 0.34,0.48 0,0.74 -0.35,0.46 -0.29,0.1"))
_SEED = closed(points("0,-0.19 0.075,0.02 0.06,0.13 0,0.17 -0.06,0.13 -0.075,0.02"))
_BARS = ((150, CREAM), (250, NIGHT), (215, CREAM), (390, NIGHT), (560, LEAF))
# kind, x, y, size, angle, with a leaf: from the back to the front
_HEAP = (
    ("pear", 640, 380, 88, -18, True),
    ("plum", 850, 330, 82, 14, True),
    ("apricot", 750, 350, 84, -6, False),
    ("pear", 985, 400, 86, 26, True),
    ("apricot", 545, 475, 88, -20, True),
    ("plum", 665, 490, 84, -24, False),
    ("apricot", 905, 445, 92, 12, False),
    ("apricot", 1080, 490, 82, 20, True),
    ("plum", 1000, 510, 80, 30, False),
    ("apricot", 790, 485, 98, 4, True),
)
_STRAND = closed(points("-0.5,0 -0.34,-0.42 0,-0.5 0.34,-0.42 0.5,0 0.34,0.42 0,0.5 -0.34,0.42"), 5)


def pear_and_figures(rng: random.Random) -> Canvas:
    """Half a pear weighed against five bars and a tally."""
    canvas = Canvas(ON_APRICOT, rng)
    rules(canvas)
    columns(canvas, 150, 1460)
    base = 27 + 20 * PITCH
    _cut_pear(canvas, (560, 590), 305)
    for i, (height, colour) in enumerate(_BARS):
        x = 882 + i * 85
        canvas.fill(block(x, base - height, x + 66, base, rng), colour)
    canvas.line([(842, base), (1330, base)], INK, 5)
    tally(canvas, (886, base + 28), 18, 56, INK, 5)
    return canvas


def _cut_pear(canvas: Canvas, at: Point, size: float) -> None:
    """A pear cut lengthwise: the other half behind it, then skin, flesh and core."""
    pear = FRUITS["pear"].outline

    def put(shape: Shape) -> Shape:
        return place(shape, at, size, 4)

    shaded(canvas, place(pear, (at[0] - 92, at[1] + 6), size * 0.98, -15), LEAF, DEEP_LEAF)
    canvas.fill(put(pear), MOSS)
    canvas.fill(place(pear, (at[0], at[1] - 2), size * 0.945, 4), PAPER)
    canvas.fill(put(_CORE), CREAM)
    canvas.outline(put(_CORE), WHEAT, 3)
    canvas.fill(tapered(put(spline([(0, -1.26), (0.02, -0.7), (0, -0.18)])), 3, 8), WHEAT)
    canvas.fill(tapered(put(spline([(0, 0.74), (-0.01, 0.9), (0, 1.02)])), 8, 4), WHEAT)
    for side in (-1, 1):
        spot = (at[0] + side * size * 0.13 - 18, at[1] + size * 0.3)
        canvas.fill(place(_SEED, spot, size, side * -14), INK)
    foot, end = put([(0, -1.32), (0.1, -1.62)])
    stem(canvas, foot, end, 20)
    leaf(canvas, foot, (foot[0] + 250, foot[1] - 20), bend=0.14)


def basket_harvest(rng: random.Random) -> Canvas:
    """A basket too full to carry."""
    canvas = Canvas(ON_LEAF, rng)
    sheet(canvas, 150, 1460)
    _handle(canvas)
    for kind, x, y, size, angle, with_leaf in _HEAP:
        fruit(canvas, kind, (x, y), size, angle, with_leaf)
    _basket(canvas)
    return canvas


def _handle(canvas: Canvas) -> None:
    """A hoop, with the strand that is wound round it."""
    hoop = spline(points("500,560 500,330 610,165 800,110 990,165 1100,330 1100,560"), 20)
    canvas.fill(tapered(hoop, 36, 36), WHEAT)
    outer, inner = beside(hoop, lambda _: 16), beside(hoop, lambda _: 16, -1)
    for t in range(2, 58):
        canvas.line([along(outer, t / 60), along(inner, (t + 0.8) / 60)], ON_LEAF.base, 3)


def _basket(canvas: Canvas) -> None:
    """The basket in front of its fruit: sides a little hollow, a bound rim, a foot."""
    left = spline([(452, 545), (496, 680), (540, 800), (590, 930)])
    body = left + [(1600 - x, y) for x, y in left[::-1]]
    canvas.fill(body, INK)
    with canvas.clip(body):
        _wickerwork(canvas)
    canvas.fill(tapered(bow((432, 545), (1168, 545), -0.02), 54, 54), WHEAT)
    for x in range(448, 1160, 27):
        canvas.line([(x, 572), (x + 16, 530)], INK, 3)
    canvas.fill(block(574, 916, 1026, 944, canvas.rng), WHEAT)


def _wickerwork(canvas: Canvas) -> None:
    """Strands that go over and under, narrower towards the bottom."""
    for row in range(9):
        squeeze, y = 1 - row * 0.032, 585 + row * 38 + canvas.rng.uniform(-1.5, 1.5)
        for col in range(-6, 7):
            x = 800 + (col + row % 2 / 2) * 112 * squeeze
            strand = [(x + sx * 106 * squeeze, y + sy * 46) for sx, sy in _STRAND]
            canvas.fill(strand, WHEAT if row % 3 else APRICOT)


def cherry_pairs(rng: random.Random) -> Canvas:
    """Double entry: cherries in pairs, one on either side of the line."""
    canvas = Canvas(ON_PAPER, rng)
    rules(canvas)
    for col in range(5):
        for row in range(-1, 4):
            at = (120 + col * 340, 100 + row * 352)
            canvas.line([(at[0], at[1] - 110), (at[0], at[1] + 242.5)], MIST, 2)
            _pair(canvas, at, 76, ripe=(col, row) != (3, 1), odd=(col + row) % 2 == 0)
    return canvas


def _pair(canvas: Canvas, top: Point, size: float, ripe: bool, odd: bool) -> None:
    """Two cherries on one stem; when one is not ripe yet, its place is kept."""
    x, y = top
    colours = FRUITS["cherry" if odd else "apricot"]
    for side, drop in ((-1, 158), (1, 166)):
        end = (x + side * size * 1.14, y + drop)
        canvas.fill(tapered(bow(top, (end[0], end[1] - size * 0.76), side * -0.16), 6, 4), INK)
        cherry = place(FRUITS["cherry"].outline, end, size, side * 8)
        if ripe or side < 0:
            shaded(canvas, cherry, colours.body, colours.shade)
            skin(canvas, "cherry", end, size, 0)
        else:
            canvas.outline(cherry, INK, 3)
    leaf(canvas, top, (x + (128 if odd else -128), y - 26), bend=0.16 if odd else -0.16)
    canvas.dot(top, 8, INK)


def plum_tax(rng: random.Random) -> Canvas:
    """A plum divided: most parts stay, one is set apart beyond the line."""
    canvas = Canvas(ON_BLUSH, rng)
    sheet(canvas, 150)
    columns(canvas, 1022, colour=INK)
    fruit(canvas, "plum", (410, 555), 296, -8)
    for i, x in enumerate((655, 790, 925)):
        _plum_slice(canvas, (x, 560 - i * 6), 262, 6 + i * 5)
    _plum_slice(canvas, (1228, 530), 262, 24)
    return canvas


def _plum_slice(canvas: Canvas, at: Point, size: float, angle: float) -> None:
    """A part of a plum, lying open: skin outside, flesh, and where the stone was."""
    top, low = (0.0, -1.0), (0.0, 1.0)
    inner = bow(low, top, -0.06)
    canvas.fill(place(bow(top, low, -0.36) + inner, at, size, angle), PLUM)
    canvas.fill(place(bow((0.0, -0.985), (0.0, 0.985), -0.315) + inner, at, size, angle), APRICOT)
    for i in range(-6, 7):
        end = (-0.2 - 0.2 * cos(i * 0.21), i * 0.115)
        canvas.line(place([(-0.17, i * 0.07), end], at, size, angle), RIPE, 3)
    stone = bow((-0.04, -0.42), (-0.04, 0.42), -0.2) + bow((-0.04, 0.42), (-0.04, -0.42), -0.03)
    canvas.fill(place(stone, at, size, angle), CHERRY)


def apricot_clock(rng: random.Random) -> Canvas:
    """High time: an apricot as the face of a clock."""
    canvas = Canvas(ON_NIGHT, rng)
    sheet(canvas, 150, 1460)
    middle, size = (800.0, 590.0), 395.0
    face = place(FRUITS["apricot"].outline, middle, size)
    shaded(canvas, face, APRICOT, RIPE, shift=(-0.055, -0.045))
    skin(canvas, "apricot", middle, size, 0)
    _dial(canvas, (middle[0] - 8, middle[1]))
    _hands(canvas, (middle[0] - 8, middle[1]))
    stem(canvas, (806, 262), (846, 118), 30)
    leaf(canvas, (822, 190), (1130, 128), bend=0.12)
    return canvas


def _dial(canvas: Canvas, centre: Point) -> None:
    for hour in range(12):
        start, width = (252, 18) if hour % 3 == 0 else (282, 10)
        ends = [polar(centre, radius, hour * 30) for radius in (start, 318)]
        canvas.fill(tapered(ends, width, width * 1.3), INK)


def _hands(canvas: Canvas, centre: Point) -> None:
    """The long hand is a twig, the short one a leaf."""
    canvas.fill(tapered(bow(polar(centre, -60, 62), polar(centre, 262, 62), 0.03), 20, 9), INK)
    leaf(canvas, centre, polar(centre, 220, 305), 0.21, 0.05, (DEEP_LEAF, INK))
    canvas.dot(centre, 22, INK)
    canvas.dot(centre, 8, CREAM)
