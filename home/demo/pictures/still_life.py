"""Pictures of fruit on the page. Coordinates in picture units, 1600 x 1067."""

import random
from math import sin, pi

from .canvas import Canvas
from .geometry import Point, blob, block, bow, closed, moved, oval, place, polar, ribbon, spline, tapered, wedge
from .motifs import FRUITS, PITCH, columns, entries, fruit, hatch, leaf, rules, shaded, sheet, stem, tally
from .palette import (
    APRICOT, BLUSH, CHERRY, CREAM, DEEP_LEAF, INK, LEAF, MIST, MOSS, NIGHT, ON_APRICOT, ON_BLUSH, ON_LEAF,
    ON_MIST, ON_NIGHT, ON_PAPER, PAPER, PLUM, RIPE, SLATE, SPRING, WHEAT,
)  # fmt: skip


def pear_and_figures(rng: random.Random) -> Canvas:
    """Half a pear weighed against five bars and a tally."""
    canvas = Canvas(ON_APRICOT, rng)
    rules(canvas)
    columns(canvas, 150, 1460)
    base = 27 + 20 * PITCH
    _cut_pear(canvas, (560, 590), 305)
    for i, (height, colour) in enumerate(((150, CREAM), (250, NIGHT), (215, CREAM), (390, NIGHT), (560, LEAF))):
        x = 895 + i * 94
        canvas.fill(block(x, base - height, x + 66, base, rng), colour)
    canvas.line([(850, base), (1390, base)], INK, 5)
    tally(canvas, (898, base + 26), 18, 52, INK)
    return canvas


def _cut_pear(canvas: Canvas, at: Point, size: float) -> None:
    """A pear cut lengthwise: skin, flesh, core and seeds."""
    pear = closed(FRUITS["pear"].outline)
    shaded(canvas, place(pear, (at[0] - 70, at[1] + 4), size, -9), LEAF, DEEP_LEAF)
    skin, flesh = place(pear, at, size, 4), place(pear, (at[0], at[1] - 2), size * 0.945, 4)
    canvas.fill(skin, MOSS)
    canvas.fill(flesh, PAPER)
    core = closed([(0, -0.18), (0.3, 0.12), (0.34, 0.48), (0, 0.74), (-0.35, 0.46), (-0.29, 0.1)])
    canvas.fill(place(core, at, size, 4), CREAM)
    canvas.outline(place(core, at, size, 4), WHEAT, 3)
    canvas.fill(tapered(place(spline([(0, -1.26), (0.02, -0.7), (0, -0.18)]), at, size, 4), 3, 8), WHEAT)
    for side in (-1, 1):
        seed = closed([(0, -0.19), (0.075, 0.02), (0.06, 0.13), (0, 0.17), (-0.06, 0.13), (-0.075, 0.02)])
        spot = (at[0] + side * size * 0.13 - 18, at[1] + size * 0.3)
        canvas.fill(place(seed, spot, size, side * -14), INK)
    canvas.fill(tapered(place(spline([(0, 0.74), (-0.01, 0.9), (0, 1.02)]), at, size, 4), 8, 4), WHEAT)
    top = place([(0, -1.32), (0.1, -1.62)], at, size, 4)
    stem(canvas, top[0], top[1], 20)
    leaf(canvas, top[0], (top[0][0] + 250, top[0][1] - 20), bend=0.14)


def basket_harvest(rng: random.Random) -> Canvas:
    """A basket too full to carry."""
    canvas = Canvas(ON_LEAF, rng)
    sheet(canvas, 150, 1460)
    _handle(canvas)
    heap = (
        ("pear", 640, 380, 88, -18), ("plum", 850, 330, 82, 14), ("apricot", 750, 350, 84, -6), ("pear", 985, 400, 86, 26),
        ("apricot", 545, 475, 88, -20), ("plum", 665, 490, 84, -24), ("apricot", 905, 445, 92, 12),
        ("apricot", 1080, 490, 82, 20), ("plum", 1000, 510, 80, 30), ("apricot", 790, 485, 98, 4),
    )  # fmt: skip
    for i, (kind, x, y, size, angle) in enumerate(heap):
        fruit(canvas, kind, (x, y), size, angle, with_leaf=i in (0, 1, 3, 4, 7, 9))
    _wickerwork(canvas)
    return canvas


def _handle(canvas: Canvas) -> None:
    hoop = spline([(500, 560), (500, 330), (610, 165), (800, 110), (990, 165), (1100, 330), (1100, 560)], 20)
    canvas.fill(tapered(hoop, 34, 34), WHEAT)
    for i in range(4, len(hoop) - 4, 5):
        (x, y), (u, v) = hoop[i - 1], hoop[i + 2]
        canvas.line([(x + (y - v) * 0.5, y), (u - (y - v) * 0.5, v)], ON_LEAF.base, 3)


def _wickerwork(canvas: Canvas) -> None:
    """A basket woven in rows that alternate, its sides a little hollow."""
    side = [(455, 540), (1145, 540), (1085, 760), (1025, 925), (575, 925), (515, 760)]
    body = side[:1] + side[1:]
    canvas.fill(body, INK)
    with canvas.clip(body):
        for row in range(9):
            y = 548 + row * 42
            for col in range(13):
                x = 440 + col * 62 + (31 if row % 2 else 0) + canvas.rng.uniform(-2, 2)
                canvas.fill(block(x, y, x + 54, y + 36, canvas.rng), BLUSH if row % 3 else WHEAT)
    canvas.fill(tapered(bow((440, 545), (1160, 545), -0.02), 50, 50), WHEAT)
    for x in range(455, 1150, 26):
        canvas.line([(x, 567), (x + 14, 530)], INK, 3)
    canvas.fill(block(560, 915, 1040, 940, canvas.rng), WHEAT)


def cherry_pairs(rng: random.Random) -> Canvas:
    """Double entry: cherries in pairs, every one on two sides of the line."""
    canvas = Canvas(ON_MIST, rng)
    rules(canvas)
    columns(canvas, 150, 1460)
    for col in range(-1, 6):
        for row in range(-1, 4):
            at = (400 + (col - 1) * 266 + 267, 190 + row * 296)
            _pair(canvas, at, 62, ripe=(col, row) != (3, 1), odd=(col + row) % 2 == 0)
    return canvas


def _pair(canvas: Canvas, top: Point, size: float, ripe: bool, odd: bool) -> None:
    x, y = top[0], top[1] - 90
    canvas.line([(x, y - 20), (x, y + 190)], SLATE, 2)
    for side, drop in ((-1, 148), (1, 156)):
        end = (x + side * size * 1.12, y + drop)
        canvas.fill(tapered(bow((x, y), (end[0], end[1] - size * 0.7), side * -0.16), 5, 4), INK)
        if ripe or side < 0:
            kind = "cherry" if odd else "apricot"
            outline = place(closed(FRUITS["cherry"].outline), end, size, side * 8)
            shaded(canvas, outline, FRUITS[kind].body, FRUITS[kind].shade)
            stroke = place(spline([(-0.6, 0.0), (-0.6, -0.25), (-0.42, -0.5)]), end, size)
            canvas.fill(ribbon(stroke, lambda t: 3 * sin(pi * t) ** 0.6), BLUSH)
        else:
            canvas.outline(oval(end, size * 0.96), INK, 3)
    leaf(canvas, (x, y), (x + (100 if odd else -100), y - 18), bend=0.16 if odd else -0.16)


def plum_tax(rng: random.Random) -> Canvas:
    """A plum divided: most of it stays, one part is set apart beyond the line."""
    canvas = Canvas(ON_BLUSH, rng)
    sheet(canvas, 150, 1055)
    centre, radius = (655.0, 540.0), 330.0
    _plum_slice(canvas, centre, radius, 128, 412)
    _plum_slice(canvas, (955.0, 522.0), radius, 56, 124)
    canvas.fill(blob(rng, (centre[0] - 8, centre[1]), 92, 112, 0.05), "#8A4B2A")
    with canvas.clip(blob(rng, (centre[0] - 8, centre[1]), 86, 106, 0.05)):
        for i in range(-5, 6):
            canvas.line(bow((centre[0] + i * 22, 420), (centre[0] + i * 22 - 30, 660), 0.1), INK, 2.5)
    stem(canvas, (640, 214), (668, 110), 20)
    leaf(canvas, (652, 150), (930, 96), bend=0.12)
    return canvas


def _plum_slice(canvas: Canvas, centre: Point, radius: float, start: float, end: float) -> None:
    """A part of a cut plum between two clock angles: skin, flesh, fibres."""
    canvas.fill(wedge(centre, radius, start, end), PLUM)
    canvas.fill(wedge(centre, radius * 0.93, start, end), APRICOT)
    angle = start + 6
    while angle < end - 3:
        reach = canvas.rng.uniform(0.78, 0.88)
        canvas.line([polar(centre, radius * 0.42, angle), polar(centre, radius * reach, angle)], RIPE, 2.5)
        angle += 7.1


def apricot_clock(rng: random.Random) -> Canvas:
    """High time: an apricot as the face of a clock."""
    canvas = Canvas(ON_NIGHT, rng)
    sheet(canvas, 150, 1460)
    centre = (800.0, 570.0)
    face = place(closed(FRUITS["apricot"].outline), centre, 400)
    shaded(canvas, face, APRICOT, RIPE, shift=(-0.06, -0.05))
    seam = place(spline(FRUITS["apricot"].seam), centre, 400)
    canvas.fill(ribbon(seam, lambda t: 9 * sin(pi * t)), RIPE)
    for hour in range(12):
        inner = 292 if hour % 3 == 0 else 312
        ends = [polar((centre[0], centre[1] + 8), r, hour * 30) for r in (inner, 340)]
        canvas.fill(tapered(ends, 16 if hour % 3 == 0 else 9, 9), INK)
    _hands(canvas, centre)
    stem(canvas, (808, 226), (850, 70), 30)
    leaf(canvas, (826, 150), (1150, 92), bend=0.12)
    return canvas


def _hands(canvas: Canvas, centre: Point) -> None:
    """The long hand is a twig, the short one a leaf."""
    canvas.fill(tapered(bow(polar(centre, -50, 62), polar(centre, 268, 62), 0.03), 17, 8), INK)
    leaf(canvas, centre, polar(centre, 215, 305), 0.2, 0.05, (DEEP_LEAF, INK))
    canvas.dot(centre, 20, INK)
    canvas.dot(centre, 8, CREAM)
