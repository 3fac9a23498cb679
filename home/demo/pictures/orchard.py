"""Pictures of trees and branches. Coordinates in picture units, 1600 x 1067."""

import random
from math import sin

from .canvas import Canvas
from .geometry import (
    Point,
    Shape,
    along,
    bezier,
    blob,
    block,
    bow,
    points,
    polar,
    spline,
    tapered,
)
from .motifs import PITCH, columns, entries, fruit, hang, leaf, rules, shaded, sheet
from .palette import (
    APRICOT,
    BLUSH,
    CHERRY,
    CREAM,
    DEEP_LEAF,
    INK,
    LEAF,
    MIST,
    MOSS,
    NIGHT,
    ON_APRICOT,
    ON_MIST,
    ON_PAPER,
    PAPER,
    PLUM,
    RIPE,
    SLATE,
    SPRING,
)
from .trees import Crown, foliage, sapling, scatter, tree, trunk

_CROWNS = (
    Crown(),
    Crown(SPRING, MOSS, RIPE),
    Crown(MOSS, LEAF, PLUM, 9),
    Crown(MIST, SLATE, PAPER, 0),
    Crown(DEEP_LEAF, INK, APRICOT, 9, NIGHT),
)


def orchard_ledger(rng: random.Random) -> Canvas:
    """An orchard kept as a ledger: a tree per entry, one of them carried forward."""
    canvas = Canvas(ON_PAPER, rng)
    sheet(canvas, 150, 1420)
    for row, foot in enumerate((99, 407, 715, 1023)):
        canvas.line([(-5, foot), (1605, foot)], SLATE, 3)
        for slot in range(8):
            spot = (256 + slot * 155, foot)
            if not ((row == 1 and 1 < slot < 6) or (row == 2 and 2 < slot < 5)):
                _entry(canvas, spot, 215)
    tree(canvas, (799, 715), 600, 470, Crown(fruits=22))
    canvas.line([(-5, 715), (1605, 715)], INK, 4)
    return canvas


def _entry(canvas: Canvas, foot: Point, height: float) -> None:
    """One slot of the orchard ledger: a tree, a young one, or still open."""
    kind = canvas.rng.random()
    if kind < 0.1:
        canvas.line([(foot[0] - 30, foot[1] - 14), (foot[0] + 30, foot[1] - 14)], MIST, 5)
    elif kind < 0.25:
        sapling(canvas, foot, height * 0.4)
    else:
        spread = height * canvas.rng.choice((0.44, 0.56, 0.62))
        tree(canvas, foot, height * canvas.rng.uniform(0.86, 1), spread, canvas.rng.choice(_CROWNS))


def branch_growth(rng: random.Random) -> Canvas:
    """A branch that climbs like a good year, each fruit a point on the line."""
    canvas = Canvas(ON_PAPER, rng)
    sheet(canvas, 150, 1460)
    line = spline(points("-60,800 180,712 420,640 640,500 860,425 1080,262 1290,200 1660,-40"), 20)
    stops = [(0.2, 50, -8), (0.345, 64, 6), (0.48, 80, -4), (0.62, 98, 5), (0.77, 118, -4)]
    for t, _, _ in stops:
        x, y = along(line, t)
        canvas.line([(x, y), (x, 980)], SLATE, 2.5)
        canvas.fill(block(x - 26, 962, x + 26, 980), SLATE)
    canvas.line([(-5, 980), (1605, 980)], INK, 4)
    _spray(canvas, line)
    canvas.fill(tapered(line, 36, 10), INK)
    for t, size, angle in stops:
        hang(canvas, "apricot", along(line, t), size, angle)
    return canvas


def _spray(canvas: Canvas, line: Shape) -> None:
    """Leaves along the upper side of the branch, two and two, each pair a V."""
    for t, length, turn in (
        (0.09, 120, 4),
        (0.275, 140, -2),
        (0.41, 155, 4),
        (0.55, 170, -4),
        (0.7, 185, 0),
        (0.86, 150, 4),
    ):
        at = along(line, t)
        leaf(canvas, at, polar(at, length, turn - 36), bend=-0.1)
        leaf(canvas, at, polar(at, length * 0.86, turn + 24), bend=0.1)
    at = along(line, 0.9)
    leaf(canvas, at, polar(at, 150, 140), bend=0.12)


def rows_of_trees(rng: random.Random) -> Canvas:
    """Orchard rows that run to the horizon, ruled like a page seen flat."""
    canvas = Canvas(ON_APRICOT, rng)
    horizon, vanish = 400.0, (800.0, 372.0)
    rules(canvas, bottom=horizon)
    canvas.dot((800, 330), 150, CREAM)
    canvas.fill(block(-5, horizon, 1605, 1075), SPRING)
    for i in range(-9, 10):
        foot = 800 + i * 330
        canvas.fill([vanish, (foot - 70, 1075), (foot + 70, 1075)], MOSS)
    canvas.fill([vanish, (700, 1075), (900, 1075)], CREAM)
    _far_hedge(canvas, horizon)
    for depth in (0.1, 0.15, 0.22, 0.33, 0.5, 0.76, 1.12):
        for row in (-3, 3, -2, 2, -1, 1):
            _row_tree(canvas, vanish, row, depth)
    return canvas


def _far_hedge(canvas: Canvas, y: float) -> None:
    tops = [(x, y - 16 - 9 * sin(x / 61) - canvas.rng.uniform(0, 12)) for x in range(-40, 1680, 40)]
    canvas.fill([*spline(tops, 4), (1680, y + 4), (-40, y + 4)], DEEP_LEAF)


def _row_tree(canvas: Canvas, vanish: Point, row: int, depth: float) -> None:
    x = vanish[0] + row * 430 * depth
    foot = (x + canvas.rng.uniform(-6, 6) * depth, vanish[1] + 640 * depth)
    crown = Crown(fruit=RIPE, fruits=14 if depth > 0.2 else 4)
    if -200 < x < 1800:
        tree(canvas, foot, 640 * depth, 340 * depth, crown)


def ladder_in_tree(rng: random.Random) -> Canvas:
    """A ladder against a full tree, and a basket that waits."""
    canvas = Canvas(ON_MIST, rng)
    sheet(canvas, 150, 1460)
    canvas.fill(block(-5, 960, 1605, 1075), MOSS)
    for y in (985, 1012, 1040):
        canvas.line([(-5, y), (1605, y + rng.uniform(-3, 3))], LEAF, 2)
    crown = blob(rng, (790, 390), 575, 340, 0.045)
    shaded(canvas, crown, LEAF, DEEP_LEAF, shift=(-0.12, -0.08))
    foliage(canvas, crown, "#62904A", 40)
    trunk(canvas, (800, 985), (780, 130), 84, INK)
    _big_branches(canvas)
    for i, spot in enumerate(scatter((800, 370), 500, 265, 17, 1.1)):
        fruit(canvas, "apricot", spot, 46, angle=(i * 37) % 50 - 25)
    _ladder(canvas, (1140, 1000), (910, 270))
    _basket_below(canvas, (500, 1000))
    return canvas


def _big_branches(canvas: Canvas) -> None:
    for start, end, width in (
        ((800, 720), (400, 400), 34),
        ((800, 690), (1180, 380), 34),
        ((797, 600), (520, 220), 26),
        ((795, 560), (1010, 190), 24),
        ((508, 588), (320, 500), 14),
        ((1055, 608), (1250, 500), 14),
    ):
        bend = 0.17 if end[0] < start[0] else -0.17
        canvas.fill(tapered(bow(start, end, bend), width, 3), INK)


def _ladder(canvas: Canvas, foot: Point, top: Point) -> None:
    """A picker's ladder: wide below, narrow above."""
    left = [(foot[0] - 75, foot[1]), (top[0] - 28, top[1])]
    right = [(foot[0] + 75, foot[1] - 8), (top[0] + 28, top[1] - 6)]
    for i in range(1, 12):
        t = i / 12
        a = (left[0][0] + (left[1][0] - left[0][0]) * t, left[0][1] + (left[1][1] - left[0][1]) * t)
        b = (
            right[0][0] + (right[1][0] - right[0][0]) * t,
            right[0][1] + (right[1][1] - right[0][1]) * t,
        )
        canvas.fill(
            tapered([(a[0] - 10, a[1]), (b[0] + 10, b[1] + canvas.rng.uniform(-3, 3))], 11, 11),
            CREAM,
        )
    for pole in (left, right):
        canvas.fill(tapered(pole, 20, 14), PAPER)


def _basket_below(canvas: Canvas, foot: Point) -> None:
    x, y = foot
    for dx, dy in ((-52, -100), (0, -112), (50, -100), (-24, -128), (28, -130)):
        fruit(canvas, "apricot", (x + dx, y + dy), 36, angle=dx / 3, with_leaf=dx > 40)
    canvas.fill([(x - 105, y - 100), (x + 105, y - 100), (x + 78, y), (x - 78, y)], NIGHT)
    for i in range(4):
        canvas.line(
            [(x - 99 + i * 6, y - 80 + i * 22), (x + 99 - i * 6, y - 80 + i * 22)], BLUSH, 3
        )


def seed_to_tree(rng: random.Random) -> Canvas:
    """From seed to fruit tree, entered on one line."""
    canvas = Canvas(ON_APRICOT, rng)
    base = 27 + 17 * PITCH - 27
    rules(canvas)
    columns(canvas, 150, 1460)
    canvas.fill(block(-5, base, 1605, 1075), NIGHT)
    for i in range(1, 8):
        canvas.line([(-5, base + i * PITCH), (1605, base + i * PITCH)], "#55304A")
    _stages(canvas, base)
    entries(canvas, 1540, 40, 15, 70)
    return canvas


def _stages(canvas: Canvas, base: float) -> None:
    rng = canvas.rng
    canvas.fill(blob(rng, (235, base + 62), 19, 27), APRICOT)
    canvas.fill(blob(rng, (390, base + 50), 19, 26), APRICOT)
    canvas.fill(tapered(spline([(390, base + 40), (398, base), (385, base - 40)]), 8, 5), SPRING)
    leaf(canvas, (386, base - 36), (430, base - 82), bend=0.15)
    leaf(canvas, (386, base - 36), (336, base - 66), bend=-0.15)
    sapling(canvas, (565, base), 190, 2)
    tree(canvas, (770, base), 400, 230, Crown(fruits=0))
    tree(canvas, (1110, base), 690, 460, Crown(fruit=CHERRY, fruits=26))
    for x, depth in ((390, 60), (565, 110), (770, 150), (1110, 210)):
        _roots(canvas, (x, base + (60 if x == 390 else 0)), depth)


def _roots(canvas: Canvas, foot: Point, depth: float) -> None:
    x, y = foot
    for side, share in ((-0.9, 0.5), (-0.35, 0.9), (0.1, 1.0), (0.5, 0.8), (1.0, 0.45)):
        end = (x + side * depth, y + share * depth)
        line = bezier(
            (x, y), (x + side * depth * 0.2, y + depth * 0.4), (end[0], y + depth * 0.3), end
        )
        canvas.fill(tapered(line, max(3, depth * 0.05), 1.5), BLUSH)
