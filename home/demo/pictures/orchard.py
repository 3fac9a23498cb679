"""Pictures of trees and branches. Coordinates in picture units, 1600 x 1067."""

import random
from math import sin

from .canvas import Canvas
from .geometry import Point, along, bezier, blob, block, bow, closed, spline, tapered
from .motifs import PITCH, branch, columns, entries, fruit, leaf, rules, shaded, sheet
from .palette import (
    APRICOT,
    BLUSH,
    CREAM,
    DEEP_LEAF,
    INK,
    LEAF,
    MIST,
    MOSS,
    NIGHT,
    ON_APRICOT,
    ON_BLUSH,
    ON_MIST,
    ON_PAPER,
    PAPER,
    PLUM,
    RIPE,
    SLATE,
    SPRING,
)
from .trees import Crown, sapling, scatter, tree, trunk

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
            if not (row in (1, 2) and 2 < slot < 5):
                _entry(canvas, spot, 215)
    tree(canvas, (799, 715), 600, 470, Crown(count=22))
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
    line = spline([(-60, 880), (180, 800), (420, 742), (640, 610), (860, 545), (1080, 385), (1290, 300), (1660, 60)], 20)
    stops = [(0.22, 40), (0.36, 50), (0.5, 62), (0.635, 76), (0.77, 90)]
    for t, size in stops:
        x, y = along(line, t)
        canvas.line([(x, y), (x, 965)], SLATE, 2.5)
        canvas.fill(block(x - 22, 965, x + 22, 979), SLATE)
    canvas.line([(-5, 980), (1605, 980)], INK, 4)
    canvas.fill(tapered(line, 34, 9), INK)
    for i, (t, size) in enumerate(stops):
        _hanging(canvas, along(line, t), size, i)
    _spray(canvas, line)
    return canvas


def _hanging(canvas: Canvas, at: Point, size: float, turn: int) -> None:
    spot = (at[0] + 8, at[1] + size * 1.35)
    fruit(canvas, "apricot", spot, size, angle=(-8, 6, -4, 9, -6)[turn % 5], with_leaf=False)
    leaf(canvas, at, (at[0] - size * 1.3, at[1] - size * 1.15), bend=-0.14)


def _spray(canvas: Canvas, line: list[Point]) -> None:
    """The leaves between the fruits, and two twigs."""
    for t, dx, dy in ((0.29, 70, -95), (0.43, 95, -90), (0.57, 80, -120), (0.7, 120, -110), (0.86, 40, -150), (0.9, 130, 70), (0.13, 30, -100)):
        at = along(line, t)
        leaf(canvas, at, (at[0] + dx, at[1] + dy), bend=0.12)


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
    crown = Crown(LEAF, DEEP_LEAF, APRICOT, 14) if depth > 0.2 else Crown(LEAF, DEEP_LEAF, APRICOT, 4)
    if -200 < x < 1800:
        tree(canvas, foot, 640 * depth, 390 * depth, crown)


def ladder_in_tree(rng: random.Random) -> Canvas:
    """A ladder against a full tree, and a basket that waits."""
    canvas = Canvas(ON_BLUSH, rng)
    sheet(canvas, 150, 1460)
    canvas.fill(block(-5, 960, 1605, 1075), LEAF)
    for y in (985, 1012, 1040):
        canvas.line([(-5, y), (1605, y + rng.uniform(-3, 3))], DEEP_LEAF, 2)
    trunk(canvas, (800, 975), (790, 480), 74, INK)
    shaded(canvas, blob(rng, (800, 390), 560, 350, 0.07), LEAF, DEEP_LEAF)
    _big_branches(canvas)
    for i, (x, y) in enumerate(scatter((800, 385), 490, 285, 19, 1.1)):
        fruit(canvas, "apricot", (x, y), 37, angle=(i * 37) % 50 - 25)
    _ladder(canvas, (1120, 985), (900, 300))
    _basket_below(canvas, (520, 985))
    return canvas


def _big_branches(canvas: Canvas) -> None:
    for end, start, bend in (
        ((420, 330), (797, 700), -0.2), ((1170, 340), (800, 680), 0.2), ((620, 170), (796, 600), -0.12),
        ((980, 150), (796, 560), 0.14), ((790, 110), (794, 520), 0.05), ((330, 480), (600, 545), -0.05),
    ):  # fmt: skip
        canvas.fill(tapered(bow(start, end, -bend), 26, 4), INK)


def _ladder(canvas: Canvas, foot: Point, top: Point) -> None:
    """A picker's ladder: wide below, narrow above."""
    left = [(foot[0] - 75, foot[1]), (top[0] - 28, top[1])]
    right = [(foot[0] + 75, foot[1] - 8), (top[0] + 28, top[1] - 6)]
    for i in range(1, 12):
        t = i / 12
        a = (left[0][0] + (left[1][0] - left[0][0]) * t, left[0][1] + (left[1][1] - left[0][1]) * t)
        b = (right[0][0] + (right[1][0] - right[0][0]) * t, right[0][1] + (right[1][1] - right[0][1]) * t)
        canvas.fill(tapered([(a[0] - 10, a[1]), (b[0] + 10, b[1] + canvas.rng.uniform(-3, 3))], 11, 11), CREAM)
    for pole in (left, right):
        canvas.fill(tapered(pole, 20, 14), PAPER)


def _basket_below(canvas: Canvas, foot: Point) -> None:
    x, y = foot
    for dx, dy in ((-52, -100), (0, -112), (50, -100), (-24, -128), (28, -130)):
        fruit(canvas, "apricot", (x + dx, y + dy), 36, angle=dx / 3, with_leaf=dx > 40)
    canvas.fill([(x - 105, y - 100), (x + 105, y - 100), (x + 78, y), (x - 78, y)], NIGHT)
    for i in range(4):
        canvas.line([(x - 99 + i * 6, y - 80 + i * 22), (x + 99 - i * 6, y - 80 + i * 22)], BLUSH, 3)


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
    tree(canvas, (770, base), 400, 230, Crown(count=0))
    tree(canvas, (1110, base), 690, 460, Crown(count=26))
    for x, depth in ((390, 60), (565, 110), (770, 150), (1110, 210)):
        _roots(canvas, (x, base + (60 if x == 390 else 0)), depth)


def _roots(canvas: Canvas, foot: Point, depth: float) -> None:
    x, y = foot
    for side, share in ((-0.9, 0.5), (-0.35, 0.9), (0.1, 1.0), (0.5, 0.8), (1.0, 0.45)):
        end = (x + side * depth, y + share * depth)
        line = bezier((x, y), (x + side * depth * 0.2, y + depth * 0.4), (end[0], y + depth * 0.3), end)
        canvas.fill(tapered(line, max(3, depth * 0.05), 1.5), BLUSH)
