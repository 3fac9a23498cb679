"""Four authors: head and shoulders in flat shapes, without a face. On 800 x 800 units."""

import random

from .canvas import SQUARE, Canvas
from .geometry import (
    blob,
    closed,
    moved,
    oval,
    points,
    ribbon,
    spline,
    tapered,
)
from .motifs import columns, entries, fruit, leaf, rules, shaded
from .palette import (
    APRICOT,
    BLUSH,
    CHERRY,
    CREAM,
    DEEP_LEAF,
    INK,
    LEAF,
    NIGHT,
    ON_APRICOT,
    ON_BLUSH,
    ON_LEAF,
    ON_MIST,
    PAPER,
    PLUM,
    RIPE,
    SKINS,
    SLATE,
    Ground,
)

_SHADES = {SKINS[0]: "#E3A877", SKINS[1]: "#BD7A48", SKINS[2]: "#87482C", SKINS[3]: "#53301F"}
_HEAD = points("400,168 478,190 520,270 516,360 476,446 402,486 330,448 286,362 282,270 322,190")
_BOB = closed(
    points(
        "400,128 520,158 572,280 580,440 560,548 470,560 330,560 238,548 222,430 232,270 290,158"
    )
)
_FRINGE = closed(
    points(
        "300,150 420,118 530,168 556,290 540,360 512,300 470,232 380,262 296,270 284,380 "
        "262,400 240,300"
    )
)
_BEARD = closed(
    points(
        "284,330 300,372 348,396 402,388 456,396 504,370 518,330 516,420 474,506 402,532 "
        "330,506 288,420"
    )
)
_SHORT_HAIR = closed(
    points(
        "280,290 274,210 330,142 410,128 482,146 530,214 522,292 500,232 440,206 350,208 302,234"
    )
)
_SCARF = closed(
    points(
        "400,108 516,142 572,270 560,430 566,560 610,690 500,740 400,724 300,744 196,690 "
        "236,560 242,430 230,268 288,140"
    )
)
_CURLS_BEHIND = (
    (300, 190, 84),
    (392, 150, 92),
    (490, 184, 86),
    (548, 268, 70),
    (556, 356, 56),
    (252, 280, 70),
    (246, 362, 56),
)
_CURLS_BEFORE = ((322, 200, 52), (400, 176, 56), (478, 200, 52), (290, 262, 30), (514, 262, 30))


def _page(ground: Ground, rng: random.Random) -> Canvas:
    canvas = Canvas(ground, rng, SQUARE)
    rules(canvas)
    columns(canvas, 92)
    entries(canvas, 760, 27, 18, 60)
    return canvas


def _shoulders(canvas: Canvas, colour: str, shade: str, width: float = 300) -> None:
    """A jumper or a jacket, from the neck down to the edge of the picture."""
    right = [(90.0, 590.0), (width * 0.78, 650), (width, 760), (width * 1.06, 900)]
    left = [(-x, y) for x, y in right[::-1]]
    body = closed(moved([(0, 575), *right, (0, 960), *left], 400, 0))
    shaded(canvas, body, colour, shade, shift=(-0.1, -0.04))


def _head(canvas: Canvas, skin: str, ears: bool = True) -> None:
    """Neck, ears and an empty face; the cheek away from the light is ruled."""
    shade = _SHADES[skin]
    canvas.fill(closed(points("338,420 340,560 330,612 400,660 470,612 460,560 462,420")), shade)
    for x in (282, 520) if ears else ():
        canvas.fill(oval((x, 340), 24, 38), skin if x < 400 else shade)
    shaded(canvas, closed(_HEAD), skin, shade, shift=(-0.16, -0.03))


def portrait_1(rng: random.Random) -> Canvas:
    """A bob and an apricot at the ear."""
    canvas = _page(ON_MIST, rng)
    canvas.fill(_BOB, INK)
    _shoulders(canvas, RIPE, CHERRY)
    _head(canvas, SKINS[1], ears=False)
    canvas.fill(_FRINGE, INK)
    fruit(canvas, "apricot", (262, 448), 26)
    return canvas


def portrait_2(rng: random.Random) -> Canvas:
    """A beard, round glasses and a green jumper."""
    canvas = _page(ON_APRICOT, rng)
    _shoulders(canvas, LEAF, DEEP_LEAF, 330)
    _head(canvas, SKINS[3])
    canvas.fill(_BEARD, INK)
    canvas.fill(_SHORT_HAIR, INK)
    for x in (344, 458):
        canvas.outline(oval((x, 316), 46, 44), CREAM, 6)
    canvas.line([(390, 310), (412, 310)], CREAM, 6)
    collar = ribbon(spline(points("306,606 350,650 402,664 452,650 494,606")), lambda _: 17)
    canvas.fill(collar, DEEP_LEAF)
    return canvas


def portrait_3(rng: random.Random) -> Canvas:
    """A headscarf, with a leaf for a pin."""
    canvas = _page(ON_LEAF, rng)
    _shoulders(canvas, PLUM, NIGHT, 310)
    shaded(canvas, _SCARF, BLUSH, APRICOT, shift=(-0.12, -0.02))
    face = closed([(x * 0.9 + 40, y * 0.93 + 32) for x, y in _HEAD])
    shaded(canvas, face, SKINS[2], _SHADES[SKINS[2]], shift=(-0.16, -0.03))
    for fold in ("268,480 330,560 470,610 560,640", "262,560 330,630 440,680"):
        canvas.fill(tapered(spline(points(fold)), 8, 2), APRICOT)
    leaf(canvas, (470, 640), (600, 566), 0.28, colours=(LEAF, DEEP_LEAF))
    return canvas


def portrait_4(rng: random.Random) -> Canvas:
    """Grey curls and a jacket with a fruit on the lapel."""
    canvas = _page(ON_BLUSH, rng)
    for x, y, r in _CURLS_BEHIND:
        canvas.fill(blob(rng, (x, y), r, r), SLATE)
    _shoulders(canvas, NIGHT, INK)
    canvas.fill([(330, 600), (400, 780), (474, 600), (400, 640)], PAPER)
    _head(canvas, SKINS[0])
    for x, y, r in _CURLS_BEFORE:
        canvas.fill(blob(rng, (x, y), r, r), SLATE)
    fruit(canvas, "cherry", (560, 700), 30)
    return canvas
