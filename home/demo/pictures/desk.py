"""Pictures of work: weighing, looking closely, ordering, writing. Units as in geometry."""

import random
from collections.abc import Callable, Iterator

from .canvas import Canvas
from .geometry import (
    Point,
    Shape,
    along,
    bezier,
    block,
    oval,
    place,
    points,
    polar,
    spline,
    tapered,
)
from .motifs import columns, fruit, leaf, rules, sheet
from .palette import (
    APRICOT,
    CREAM,
    DEEP_LEAF,
    INK,
    LEAF,
    MIST,
    MOSS,
    NIGHT,
    ON_BLUSH,
    ON_LEAF,
    ON_MIST,
    ON_NIGHT,
    PAPER,
    RIPE,
    SLATE,
    SPRING,
    WHEAT,
)


def scales_audit(rng: random.Random) -> Canvas:
    """A balance: the harvest in one pan, the books in the other."""
    canvas = Canvas(ON_MIST, rng)
    sheet(canvas, 150, 1460)
    left, right, pivot = (494.0, 326.0), (1106.0, 274.0), (800.0, 262.0)
    canvas.fill([(772, 270), (828, 270), (840, 930), (760, 930)], NIGHT)
    base = spline(points("600,1000 606,968 690,926 800,912 910,926 994,968 1000,1000"))
    canvas.fill(base, NIGHT)
    canvas.fill(tapered(spline([left, (640, 288), pivot]), 16, 40), NIGHT)
    canvas.fill(tapered(spline([right, (980, 262), pivot]), 16, 40), NIGHT)
    canvas.dot(pivot, 44, RIPE)
    canvas.dot(pivot, 16, NIGHT)
    _fruit_pan(canvas, left, 690)
    _book_pan(canvas, right, 630)
    return canvas


def _pan(canvas: Canvas, hook: Point, y: float) -> None:
    x = hook[0]
    for dx in (-188, 188):
        canvas.line([hook, (x + dx, y)], NIGHT, 4)
    bowl = spline([(x - 208, y), (x - 140, y + 70), (x, y + 94), (x + 140, y + 70), (x + 208, y)])
    canvas.fill(bowl, NIGHT)
    canvas.dot(hook, 13, RIPE)


def _fruit_pan(canvas: Canvas, hook: Point, y: float) -> None:
    x = hook[0]
    fruit(canvas, "pear", (x + 10, y - 150), 92, 8)
    fruit(canvas, "plum", (x - 104, y - 60), 74, -16, with_leaf=False)
    fruit(canvas, "apricot", (x + 100, y - 60), 78, 14, with_leaf=False)
    fruit(canvas, "apricot", (x - 2, y - 52), 84, -6, with_leaf=False)
    _pan(canvas, hook, y)


def _book_pan(canvas: Canvas, hook: Point, y: float) -> None:
    """Ledgers in a stack; width, height and how far each lies off the middle."""
    stack = (
        (330, 74, 0, PAPER),
        (280, 62, -14, APRICOT),
        (300, 80, 12, PAPER),
        (210, 56, -20, LEAF),
    )
    top = y
    for width, height, shift, colour in stack:
        _book(canvas, (hook[0] - width / 2 + shift, top), width, height, colour)
        top -= height
    _pan(canvas, hook, y)


def _book(canvas: Canvas, corner: Point, width: float, height: int, colour: str) -> None:
    """A ledger as a block with ruled edges and a dark spine, from its lower left corner."""
    x, y = corner
    right, top = x + width, y - height
    canvas.fill([(x, y), (right, y), (right - 3, top), (x + 2, top)], colour)
    for i in range(1, height // 11):
        end = right - 6 - canvas.rng.uniform(0, 20)
        canvas.line([(x + 38, y - i * 11), (end, y - i * 11)], SLATE if colour == PAPER else INK)
    canvas.fill(block(x - 3, top - 1, x + 26, y), NIGHT)


_RIB = 59.0  # the direction of the midrib, as a clock angle


def magnifier_leaf(rng: random.Random) -> Canvas:
    """Looking closely: under the glass the veins turn out to be a system."""
    canvas = Canvas(ON_BLUSH, rng)
    sheet(canvas, 150, 1460)
    leaf(canvas, (240, 870), (1440, 150), 0.27, 0.06, vein=MOSS)
    canvas.fill(tapered(spline([(40, 1090), (130, 950), (262, 852)]), 36, 26), INK)
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
    """The enlarged leaf: a rib, side veins at even steps, and cells between; one is ripe."""
    canvas.fill(oval(centre, radius), SPRING)
    for side, i in ((side, i) for side in (-1, 1) for i in range(-6, 7)):
        root, towards = polar(centre, i * 84, _RIB), _RIB + side * 48
        joints = [polar(root, j * 66, towards) for j in range(6)]
        across = [polar(joint, 66, _RIB - side * 28) for joint in joints]
        if (side, i) == (1, -1):
            canvas.fill([joints[2], joints[3], across[3], across[2]], RIPE)
        for start, end in zip(joints[1:], across[1:], strict=True):
            canvas.fill(tapered([start, end], 4, 3), LEAF)
    for side, i in ((side, i) for side in (-1, 1) for i in range(-6, 7)):
        root = polar(centre, i * 84, _RIB)
        canvas.fill(tapered([root, polar(root, radius * 2, _RIB + side * 48)], 13, 4), DEEP_LEAF)
    canvas.fill(
        tapered([polar(centre, -radius - 20, _RIB), polar(centre, radius + 20, _RIB)], 28, 20),
        DEEP_LEAF,
    )


Twigs = tuple["Twigs", ...]  # a branch as the branches that leave it
_HARVEST: Twigs = (((), ()), ((),)), (((), ()),), (((),), ((), ()), ((),))
_LEVELS, _SIZES = (390.0, 680.0, 960.0, 1240.0), (104.0, 70.0, 52.0, 38.0)
_ROW = 112.0


def data_branches(rng: random.Random) -> Canvas:
    """A branch as a graph: every fork in its column, every node a fruit."""
    canvas = Canvas(ON_NIGHT, rng)
    rules(canvas)
    columns(canvas, *_LEVELS, 1460)
    rows = iter(range(20))
    y = _fork(canvas, _HARVEST, rows)
    canvas.fill(tapered(spline([(-20, 620), (180, 590), (300, y + 6), (390, y)]), 44, 34), CREAM)
    _node(canvas, (_LEVELS[0], y), 0)
    return canvas


def _fork(canvas: Canvas, branches: Twigs, rows: Iterator[int], level: int = 0) -> float:
    """Draws everything to the right of a node and tells how high the node then stands."""
    if not branches:
        y = 533 + (next(rows) - 4) * _ROW
        canvas.line([(_LEVELS[level], y), (1530, y)], canvas.ground.strong, 3)
        canvas.line([(1545 - canvas.rng.uniform(24, 64), y), (1545, y)], CREAM, 6)
        return y
    ys = [_fork(canvas, twigs, rows, level + 1) for twigs in branches]
    at = (_LEVELS[level], sum(ys) / len(ys))
    for y in ys:
        _bough(canvas, at, (_LEVELS[level + 1], y), level)
        _node(canvas, (_LEVELS[level + 1], y), level + 1)
    return at[1]


def _bough(canvas: Canvas, start: Point, end: Point, level: int) -> None:
    middle = (start[0] + end[0]) / 2
    path = bezier(start, (middle + 20, start[1]), (middle - 20, end[1]), end)
    canvas.fill(tapered(path, 30 - level * 8, 20 - level * 6), CREAM)


def _node(canvas: Canvas, at: Point, level: int) -> None:
    kind = ("apricot", "plum", "apricot", "cherry", "pear")[int(level and at[1] * 7 % 5)]
    size = _SIZES[level] * (0.8 if kind == "pear" else 1)
    fruit(canvas, kind, at, size, canvas.rng.uniform(-12, 12), with_leaf=level < 3)


def letter_and_leaf(rng: random.Random) -> Canvas:
    """A letter that arrives with a branch in it, sealed with a fruit."""
    canvas = Canvas(ON_LEAF, rng)
    sheet(canvas, 150, 1460)

    def on_desk(shape: Shape) -> Shape:
        return place(shape, (800, 610), 1, -5)

    canvas.fill(on_desk([(-420, -240), (0, -500), (420, -240)]), WHEAT)
    canvas.fill(on_desk([(-420, -240), (420, -240), (0, 90)]), NIGHT)
    canvas.fill(on_desk(block(-360, -400, 250, 200)), PAPER)
    for i in range(9):
        canvas.line(
            on_desk([(-300, -345 + i * 40), (150 - (i * 7 % 3) * 50, -345 + i * 40)]), MIST, 4
        )
    _sprig(canvas, on_desk)
    canvas.fill(on_desk(points("-420,-240 0,80 420,-240 420,320 -420,320")), CREAM)
    canvas.fill(on_desk(points("-420,320 -20,20 0,12 20,20 420,320")), WHEAT)
    fruit(canvas, "apricot", on_desk([(0, 40)])[0], 84, 4)
    return canvas


def _sprig(canvas: Canvas, on_desk: Callable[[Shape], Shape]) -> None:
    """The branch beside the letter: it comes out of the envelope on the right."""
    line = on_desk(spline([(210, 60), (250, -160), (260, -330), (330, -500)]))
    canvas.fill(tapered(line, 18, 6), INK)
    leaves = (
        (0.45, 190, -110),
        (0.5, -190, -110),
        (0.7, 200, -60),
        (0.74, -170, -130),
        (0.98, 90, -60),
    )
    for t, dx, dy in leaves:
        at = along(line, t)
        leaf(canvas, at, (at[0] + dx, at[1] + dy), 0.22, 0.14 if dx > 0 else -0.14)
