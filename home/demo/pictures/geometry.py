"""Shapes as lists of points: splines, ribbons, blobs. Lengths in picture units, angles in degrees.

A picture is 1600 x 1067 units (a portrait 800 x 800), y runs downwards, and one unit is one
pixel of the finished picture. Shapes meant for `place` are drawn round (0, 0) with radius 1.
"""

import random
from collections.abc import Callable, Sequence
from math import cos, hypot, pi, radians, sin

Point = tuple[float, float]
Shape = list[Point]


def points(text: str) -> Shape:
    """A shape from text, as SVG writes it: "0,0 12,5 30,8"."""
    pairs = (pair.split(",") for pair in text.split())
    return [(float(x), float(y)) for x, y in pairs]


def _between(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    """The Catmull-Rom point between b and c."""
    x, y = (
        0.5
        * (
            2 * q
            + (r - p) * t
            + (2 * p - 5 * q + 4 * r - s) * t**2
            + (3 * q - p - 3 * r + s) * t**3
        )
        for p, q, r, s in zip(a, b, c, d, strict=True)
    )
    return x, y


def spline(points: Sequence[Point], steps: int = 12) -> Shape:
    """A smooth open line through the points."""
    p = [points[0], *points, points[-1]]
    line = [
        _between(p[i], p[i + 1], p[i + 2], p[i + 3], k / steps)
        for i in range(len(points) - 1)
        for k in range(steps)
    ]
    return [*line, points[-1]]


def closed(points: Sequence[Point], steps: int = 12) -> Shape:
    """A smooth closed shape through the points."""
    n = len(points)
    return [
        _between(points[i - 1], points[i], points[(i + 1) % n], points[(i + 2) % n], k / steps)
        for i in range(n)
        for k in range(steps)
    ]


def bezier(a: Point, b: Point, c: Point, d: Point, steps: int = 28) -> Shape:
    """A cubic curve from a to d, drawn towards b and c."""

    def at(t: float) -> Point:
        u = 1 - t
        k = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
        x, y = (sum(w * p[i] for w, p in zip(k, (a, b, c, d), strict=True)) for i in (0, 1))
        return x, y

    return [at(i / steps) for i in range(steps + 1)]


def bow(start: Point, end: Point, bend: float, steps: int = 44) -> Shape:
    """A curve from start to end that bulges to its left by `bend` times its length."""
    (ax, ay), (bx, by) = start, end
    nx, ny = (by - ay) * bend * 1.33, (ax - bx) * bend * 1.33
    third = (ax + (bx - ax) * 0.33 + nx, ay + (by - ay) * 0.33 + ny)
    two_thirds = (ax + (bx - ax) * 0.67 + nx, ay + (by - ay) * 0.67 + ny)
    return bezier(start, third, two_thirds, end, steps)


def normals(line: Shape) -> Shape:
    """For each point of a line the unit vector to its left."""
    pairs = zip([line[0], *line[:-1]], [*line[1:], line[-1]], strict=True)
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairs]
    return [(dy / (hypot(dx, dy) or 1), -dx / (hypot(dx, dy) or 1)) for dx, dy in steps]


def beside(line: Shape, width: Callable[[float], float], side: int = 1) -> Shape:
    """The line moved sideways, by a width that may change from 0 (start) to 1 (end)."""
    last = len(line) - 1
    offsets = [side * width(i / last) for i in range(len(line))]
    return [
        (x + nx * w, y + ny * w)
        for (x, y), (nx, ny), w in zip(line, normals(line), offsets, strict=True)
    ]


def ribbon(line: Shape, width: Callable[[float], float]) -> Shape:
    """The area within `width` of the line, on both sides."""
    return beside(line, width) + beside(line, width, -1)[::-1]


def tapered(line: Shape, start: float, end: float) -> Shape:
    """A branch: a ribbon that goes from one thickness to another."""
    return ribbon(line, lambda t: (start + (end - start) * t) / 2)


def place(
    shape: Sequence[Point], at: Point, size: float = 1, angle: float = 0, flip: bool = False
) -> Shape:
    """A shape drawn round (0, 0): scaled, turned clockwise, and put where it belongs."""
    c, s, sign = cos(radians(angle)) * size, sin(radians(angle)) * size, -1 if flip else 1
    return [(at[0] + sign * x * c - y * s, at[1] + sign * x * s + y * c) for x, y in shape]


def moved(shape: Sequence[Point], dx: float, dy: float) -> Shape:
    return [(x + dx, y + dy) for x, y in shape]


def polar(centre: Point, radius: float, angle: float) -> Point:
    """The point at a clock angle: 0 is up, 90 is right."""
    return centre[0] + radius * sin(radians(angle)), centre[1] - radius * cos(radians(angle))


def oval(centre: Point, rx: float, ry: float | None = None) -> Shape:
    """A circle, or an ellipse; large ones get more corners, so that none is seen."""
    ry = rx if ry is None else ry
    steps = max(40, int(max(rx, ry) * 0.7))
    turns = [2 * pi * i / steps for i in range(steps)]
    return [(centre[0] + rx * cos(a), centre[1] + ry * sin(a)) for a in turns]


def wedge(centre: Point, radius: float, start: float, end: float) -> Shape:
    """A slice of a disc between two clock angles."""
    steps = max(24, int(radius * 0.3))
    return [centre] + [
        polar(centre, radius, start + (end - start) * i / steps) for i in range(steps + 1)
    ]


def blob(rng: random.Random, centre: Point, rx: float, ry: float, wobble: float = 0.05) -> Shape:
    """A round thing by hand: an oval with a few slow waves in its edge."""
    waves = [
        (n, rng.uniform(0.4, 1) * wobble / k, rng.uniform(0, 6))
        for k, n in ((1, 2), (1.2, 3), (2.5, 5))
    ]

    def at(a: float) -> Point:
        r = 1 + sum(size * sin(n * a + turn) for n, size, turn in waves)
        return centre[0] + rx * r * cos(a), centre[1] + ry * r * sin(a)

    return [at(2 * pi * i / 96) for i in range(96)]


def block(
    left: float,
    top: float,
    right: float,
    bottom: float,
    rng: random.Random | None = None,
    hand: float = 2.5,
) -> Shape:
    """A rectangle; with a random source its corners are cut by hand, that many units off."""
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    if rng is None:
        return [(float(x), float(y)) for x, y in corners]
    return [(x + rng.uniform(-hand, hand), y + rng.uniform(-hand, hand)) for x, y in corners]


def along(line: Shape, t: float) -> Point:
    """The point at fraction t of a line."""
    return line[round(t * (len(line) - 1))]


def bounds(shape: Shape) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in shape], [y for _, y in shape]
    return min(xs), min(ys), max(xs), max(ys)
