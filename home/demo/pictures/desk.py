"""Pictures of work: weighing, looking closely, ordering, writing. Units as in geometry."""

import random
from math import cos, radians, sin

from .canvas import Canvas
from .geometry import Point, blob, block, bow, closed, oval, place, polar, spline, tapered
from .motifs import FRUITS, PITCH, columns, entries, fruit, hatch, leaf, rules, shaded, sheet, stem
from .palette import (
    APRICOT, BLUSH, CHERRY, CREAM, DEEP_LEAF, HAZE, INK, LEAF, MIST, MOSS, NIGHT, ON_APRICOT, ON_BLUSH,
    ON_LEAF, ON_MIST, ON_NIGHT, ON_PAPER, PAPER, PLUM, RIPE, SLATE, SPRING, WHEAT, Ground,
)  # fmt: skip


def scales_audit(rng: random.Random) -> Canvas:
    """A balance: the harvest in one pan, the books in the other."""
    canvas = Canvas(ON_MIST, rng)
    sheet(canvas, 150, 1460)
    left, right, pivot = (455.0, 330.0), (1145.0, 270.0), (800.0, 262.0)
    canvas.fill([(772, 270), (828, 270), (840, 930), (760, 930)], NIGHT)
    canvas.fill(closed([(620, 985), (660, 935), (800, 915), (940, 935), (980, 985)]) , NIGHT)
    canvas.fill(block(600, 968, 1000, 1000, rng), NIGHT)
    canvas.fill(tapered(spline([left, (640, 288), pivot]), 16, 40), NIGHT)
    canvas.fill(tapered(spline([right, (980, 262), pivot]), 16, 40), NIGHT)
    canvas.dot(pivot, 44, RIPE)
    canvas.dot(pivot, 16, NIGHT)
    _fruit_pan(canvas, left, 690)
    _book_pan(canvas, right, 630)
    return canvas


def _pan(canvas: Canvas, hook: Point, y: float) -> None:
    x = hook[0]
    for dx in (-205, 205):
        canvas.line([hook, (x + dx, y)], NIGHT, 4)
    bowl = spline([(x - 225, y), (x - 150, y + 70), (x, y + 96), (x + 150, y + 70), (x + 225, y)])
    canvas.fill(bowl, NIGHT)
    canvas.dot(hook, 13, RIPE)


def _fruit_pan(canvas: Canvas, hook: Point, y: float) -> None:
    x = hook[0]
    fruit(canvas, "pear", (x + 10, y - 150), 92, 8)
    fruit(canvas, "plum", (x - 110, y - 60), 74, -16, with_leaf=False)
    fruit(canvas, "apricot", (x + 108, y - 60), 80, 14, with_leaf=False)
    fruit(canvas, "apricot", (x - 2, y - 52), 84, -6, with_leaf=False)
    _pan(canvas, hook, y)


def _book_pan(canvas: Canvas, hook: Point, y: float) -> None:
    """Ledgers, stacked as blocks with ruled edges."""
    x, top = hook[0], y
    for width, height, shift, colour in ((330, 74, 0, PAPER), (280, 62, -14, APRICOT), (300, 80, 12, PAPER), (210, 56, -20, LEAF)):
        left, right = x - width / 2 + shift, x + width / 2 + shift
        canvas.fill(block(left, top - height, right, top, canvas.rng), colour)
        for i in range(1, int(height / 11)):
            canvas.line([(left + 36, top - i * 11), (right - 4, top - i * 11)], SLATE if colour == PAPER else INK)
        canvas.fill(block(left, top - height, left + 26, top, canvas.rng), NIGHT)
        top -= height
    _pan(canvas, hook, y)


def magnifier_leaf(rng: random.Random) -> Canvas:
    """Looking closely: under the glass the veins turn out to be a system."""
    canvas = Canvas(ON_BLUSH, rng)
    sheet(canvas, 150, 1460)
    stem(canvas, (60, 1010), (270, 850), 22)
    leaf(canvas, (240, 870), (1440, 150), 0.27, 0.06, vein=MOSS)
    centre, radius = (760.0, 500.0), 290.0
    handle = [polar(centre, 300, 132), polar(centre, 690, 132)]
    canvas.fill(tapered(handle, 30, 30), INK)
    canvas.fill(tapered([polar(centre, 380, 132), polar(centre, 700, 132)], 58, 70), NIGHT)
    canvas.dot(centre, radius + 30, NIGHT)
    canvas.dot(centre, radius, PAPER)
    with canvas.clip(oval(centre, radius)):
        _veins(canvas, centre, radius)
    return canvas


def _veins(canvas: Canvas, centre: Point, radius: float) -> None:
    """The enlarged leaf: one rib, side veins at even steps, and cells between them."""
    x, y = centre
    canvas.fill(oval(centre, radius), SPRING)
    rib_angle = 59.0
    along_rib = [polar(centre, r, rib_angle) for r in (-radius - 20, radius + 20)]
    for i in range(-6, 7):
        root = polar(centre, i * 78, rib_angle)
        for side in (-1, 1):
            tip = polar(root, radius * 2, rib_angle + side * 48)
            canvas.fill(tapered(bow(root, tip, side * -0.08), 11, 5), DEEP_LEAF)
    canvas.fill(tapered(along_rib, 26, 18), DEEP_LEAF)


def data_branches(rng: random.Random) -> Canvas:
    """A branch as a graph: every fork in its column, every node a fruit."""
    canvas = Canvas(ON_NIGHT, rng)
    rules(canvas)
    levels = (90.0, 400.0, 690.0, 980.0, 1270.0)
    columns(canvas, *(x for x in levels))
    _fork(canvas, (levels[0], 533.0), levels[1:], 460.0)
    return canvas


def _fork(canvas: Canvas, at: Point, levels: tuple[float, ...], spread: float) -> None:
    """Draws everything to the right of a node, then the node itself."""
    depth = 5 - len(levels)
    forks = (-0.52, 0.5) if depth != 2 else (-0.5, 0.02, 0.54)
    for share in forks if levels else ():
        child = (levels[0] + canvas.rng.uniform(-16, 16), at[1] + share * spread)
        middle = (at[0] + child[0]) / 2
        path = spline([at, (middle - 40, at[1] + 4), (middle + 40, child[1] - 4), child])
        canvas.fill(tapered(path, 24 / depth + 3, 24 / (depth + 1) + 3), CREAM)
        _fork(canvas, child, levels[1:], spread * 0.48)
    _node(canvas, at, depth)


def _node(canvas: Canvas, at: Point, depth: int) -> None:
    size = (0, 70, 58, 46, 36, 24)[depth]
    kind = canvas.rng.choice(("apricot", "apricot", "plum", "cherry", "pear")) if depth > 1 else "apricot"
    fruit(canvas, kind, at, size, canvas.rng.uniform(-14, 14), with_leaf=depth in (1, 2, 3))


def letter_and_leaf(rng: random.Random) -> Canvas:
    """A letter that arrives with a leaf, sealed with a fruit."""
    canvas = Canvas(ON_LEAF, rng)
    sheet(canvas, 150, 1460)
    at, tilt = (800.0, 600.0), -5.0

    def on_desk(shape: list[Point]) -> list[Point]:
        return place(shape, at, 1, tilt)

    canvas.fill(on_desk([(-400, -250), (0, -480), (400, -250)]), WHEAT)
    canvas.fill(on_desk(block(-350, -440, 350, 200)), PAPER)
    for i in range(9):
        canvas.line(on_desk([(-290, -380 + i * 40), (290 - (i % 3) * 40, -380 + i * 40)]), MIST, 3)
    canvas.fill(on_desk([(-400, -250), (0, 60), (400, -250), (400, 290), (-400, 290)]), CREAM)
    canvas.fill(on_desk([(-400, 290), (0, 10), (400, 290)]), WHEAT)
    return canvas
