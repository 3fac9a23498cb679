"""What returns in every picture: ledger rules, shading by rules, leaves, fruit, branches.

Sizes are radii in picture units; a fruit of size 100 is about 200 wide. See geometry.
"""

from collections.abc import Callable, Sequence
from math import cos, dist, exp, pi, sin
from typing import NamedTuple

from .canvas import Canvas
from .geometry import (
    Point,
    Shape,
    along,
    beside,
    bounds,
    bow,
    closed,
    moved,
    place,
    points,
    ribbon,
    spline,
    tapered,
)
from .palette import APRICOT, BLUSH, CHERRY, CREAM, INK, MAUVE, MOSS, PLUM, RIPE, SPRING

PITCH = 44.0  # between two ledger rules


class Fruit(NamedTuple):
    outline: Shape
    seam: Sequence[Point]
    body: str
    shade: str
    glint: str


def _round(dent: float, height: float) -> Shape:
    """A stone fruit: a circle with a dent where the stem comes out."""
    angles = [pi * (i / 90 - 1) for i in range(180)]
    radii = [1 - dent * exp(-((a / 0.3) ** 2)) + 0.012 * sin(2 * a + 1) for a in angles]
    return [(r * sin(a), -r * height * cos(a)) for a, r in zip(angles, radii, strict=True)]


_PEAR = points(
    "0.02,-1.36 0.2,-1.26 0.31,-0.92 0.4,-0.46 0.7,0.0 0.87,0.46 0.72,0.9 0.3,1.08 "
    "0.0,1.04 -0.34,1.08 -0.74,0.86 -0.86,0.42 -0.66,-0.04 -0.36,-0.5 -0.28,-0.94 "
    "-0.17,-1.27"
)
_PLUM = points(
    "0.0,-0.98 0.34,-0.93 0.7,-0.52 0.8,0.04 0.66,0.6 0.3,0.95 -0.02,1.02 "
    "-0.36,0.93 -0.7,0.56 -0.81,0.0 -0.68,-0.54 -0.32,-0.94"
)

_APRICOT_SEAM = points("0.0,-0.82 -0.13,-0.5 -0.18,-0.1 -0.14,0.3 -0.02,0.66")
_PLUM_SEAM = points("0.0,-0.96 0.22,-0.5 0.28,0.0 0.22,0.5 0.08,0.86")
FRUITS = {
    "apricot": Fruit(_round(0.13, 0.96), _APRICOT_SEAM, APRICOT, RIPE, BLUSH),
    "pear": Fruit(closed(_PEAR), [], SPRING, MOSS, CREAM),
    "plum": Fruit(closed(_PLUM), _PLUM_SEAM, PLUM, INK, MAUVE),
    "cherry": Fruit(_round(0.16, 0.94), [], CHERRY, "#8E2419", BLUSH),
}
_FRECKLES = (
    (-0.7, 0.2),
    (-0.58, 0.34),
    (-0.66, 0.42),
    (-0.47, 0.5),
    (-0.52, 0.2),
    (-0.4, 0.66),
    (-0.36, 0.38),
    (-0.56, 0.56),
    (-0.74, 0.04),
    (-0.28, 0.54),
    (-0.24, 0.76),
    (-0.44, 0.06),
)


def rules(canvas: Canvas, top: float = -6, bottom: float = 1100, pitch: float = PITCH) -> None:
    """Horizontal hairlines over the full width, ruled by hand."""
    rng, y = canvas.rng, top + pitch / 2
    while y < min(bottom, canvas.height):
        tilt = rng.uniform(-0.8, 0.8)
        canvas.line([(-5, y - tilt), (canvas.width + 5, y + tilt)], canvas.ground.rule)
        y += pitch


def columns(canvas: Canvas, *xs: float, colour: str | None = None) -> None:
    """Double vertical rules, as before the amounts in a ledger."""
    for x in xs:
        for dx in (0, 7):
            top, foot = (x + dx, -5.0), (x + dx + canvas.rng.uniform(-1, 1), canvas.height + 5.0)
            canvas.line([top, foot], colour or canvas.ground.strong)


def entries(
    canvas: Canvas, right: float, top: float, count: int, widest: float = 80, colour: str = ""
) -> None:
    """Amounts without figures: dashes that end at the same right edge, one per rule."""
    for i in range(count):
        if canvas.rng.random() < 0.2:
            continue
        width, y = canvas.rng.uniform(0.3, 1) * widest, top + i * PITCH
        canvas.line([(right - width, y), (right, y)], colour or canvas.ground.strong, 5)


def sheet(canvas: Canvas, *xs: float, amounts: bool = True) -> None:
    """A ledger page as background: rules, columns, and amounts along both edges."""
    rules(canvas)
    columns(canvas, *xs)
    if amounts:
        entries(canvas, 110, 27, 24, 60)
        entries(canvas, canvas.width - 60, 27, 24, 64)


def hatch(canvas: Canvas, shape: Shape, colour: str, pitch: float = PITCH / 4) -> None:
    """Ledger rules as shading, across the whole width of a shape. Use within a clip."""
    left, top, right, bottom = bounds(shape)
    y = top - top % pitch
    while y < bottom:
        canvas.line([(left, y), (right, y)], colour)
        y += pitch


def shaded(
    canvas: Canvas,
    shape: Shape,
    body: str,
    shade: str,
    shift: Point = (-0.17, -0.09),
    ink: str = INK,
) -> None:
    """A flat shape whose far side is darker and ruled; the shift is a share of its size."""
    left, top, right, bottom = bounds(shape)
    size = min(right - left, bottom - top)
    canvas.fill(shape, shade)
    with canvas.clip(shape):
        hatch(canvas, shape, ink, max(6.0, min(PITCH / 4, size / 16)))
        canvas.fill(moved(shape, shift[0] * size, shift[1] * size), body)


def leaf(
    canvas: Canvas,
    base: Point,
    tip: Point,
    width: float = 0.24,
    bend: float = 0.1,
    colours: tuple[str, str] | None = None,
    vein: str | None = None,
) -> None:
    """A leaf of two arcs, one half darker; width and bend are shares of its length."""
    light, dark = colours or (canvas.ground.leaf, canvas.ground.leaf_dark)
    length = dist(base, tip)
    rib = bow(base, tip, bend, 120 if length > 400 else 44)

    def half(t: float) -> float:
        return width * length * sin(pi * t**0.8) ** 0.9 if 0 < t < 1 else 0.0

    canvas.fill(ribbon(rib, half), light)
    canvas.fill(rib + beside(rib, half, -1)[::-1], dark)
    canvas.fill(tapered(rib[:-2], length * 0.022 + 1, 1), vein or dark)
    if length > 110:
        _veins(canvas, rib, half, vein or dark, 4 if length < 400 else 11)


def _veins(
    canvas: Canvas, rib: Shape, half: Callable[[float], float], colour: str, count: int
) -> None:
    """Side veins that lean towards the tip; a large leaf has them on both halves."""
    for side in (1, -1) if count > 4 else (1,):
        edge = beside(rib, lambda t: half(t) * 0.8, side)
        for i in range(1, count + 1):
            t = 0.08 + 0.74 * i / (count + 1)
            curve = bow(along(rib, t), along(edge, min(1, t + 0.12)), side * -0.07)
            canvas.fill(tapered(curve, 3 if count == 4 else 6, 1.5), colour)


def stem(canvas: Canvas, start: Point, end: Point, width: float, bend: float = 0.12) -> None:
    canvas.fill(tapered(bow(start, end, bend), width, width * 0.6), canvas.ground.ink)


def fruit(
    canvas: Canvas, kind: str, at: Point, size: float, angle: float = 0, with_leaf: bool = True
) -> None:
    """A ripe fruit with a stem and its one leaf."""
    what = FRUITS[kind]
    top = -1.3 if kind == "pear" else -0.86
    foot, end = place([(0.02, top), (0.12, top - 0.42)], at, size, angle)
    shaded(canvas, place(what.outline, at, size, angle), what.body, what.shade)
    skin(canvas, kind, at, size, angle)
    stem(canvas, foot, end, max(3, size * 0.07))
    if with_leaf:
        base, tip = place([(0.06, top - 0.2), (1.05, top - 0.5)], at, size, angle)
        leaf(canvas, base, tip, bend=0.12)


def hang(canvas: Canvas, kind: str, at: Point, size: float, angle: float = 0) -> None:
    """A fruit on a long stem from the given point of a branch; its leaf is the branch's own."""
    top, drop = -1.72 if kind == "pear" else -1.28, 14 + size * 0.16
    stem(canvas, at, (at[0], at[1] + drop + 4), max(4, size * 0.07), 0)
    x, y = place([(-0.12, -top)], at, size, angle)[0]
    fruit(canvas, kind, (x, y + drop), size, angle, with_leaf=False)


def skin(canvas: Canvas, kind: str, at: Point, size: float, angle: float) -> None:
    """What the skin shows: a seam, freckles on an apricot, and where the light falls."""
    what = FRUITS[kind]
    if what.seam:
        seam = place(spline(what.seam), at, size, angle)
        canvas.fill(ribbon(seam, lambda t: size * 0.026 * sin(pi * t) ** 0.8), what.shade)
    for spot in _FRECKLES if kind == "apricot" and size > 45 else ():
        canvas.dot(place([spot], at, size, angle)[0], size * 0.02, what.shade)
    y = 0.16 if kind == "pear" else -0.28
    stroke = place(spline([(-0.64, y + 0.26), (-0.63, y), (-0.5, y - 0.24)]), at, size, angle)
    canvas.fill(ribbon(stroke, lambda t: size * 0.036 * sin(pi * t) ** 0.6), what.glint)


def tally(
    canvas: Canvas, at: Point, count: int, height: float, colour: str, width: float = 4
) -> None:
    """Counting strokes, every fifth across the four before it."""
    rng, step = canvas.rng, height * 0.28
    for i in range(count):
        group, place_in = divmod(i, 5)
        x = at[0] + group * step * 6.2 + place_in * step
        if place_in == 4:
            start, end = (
                (x - step * 4.4, at[1] + height * 0.8),
                (x - step * 0.4, at[1] + height * 0.2),
            )
        else:
            start, end = (x, at[1] + rng.uniform(-3, 3)), (x + rng.uniform(-3, 3), at[1] + height)
        canvas.fill(tapered([start, end], width, width * 0.7), colour)
