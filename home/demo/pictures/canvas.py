"""The sheet that everything is drawn on: twice as large as the picture, for smooth edges.

All coordinates and widths are in picture units (see geometry); only this module knows pixels.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageDraw

from .geometry import Point, Shape, bounds, oval
from .palette import Ground

SCALE = 2
HAIRLINE = 1.5
LANDSCAPE = (1600, 1067)
SQUARE = (800, 800)


class Canvas:
    def __init__(
        self, ground: Ground, rng: random.Random, size: tuple[int, int] = LANDSCAPE
    ) -> None:
        self.ground, self.rng = ground, rng
        self.width, self.height = size
        sheet = Image.new("RGB", (size[0] * SCALE, size[1] * SCALE), ground.base)
        self._use(sheet, (0, 0))

    def _use(self, image: Image.Image, origin: tuple[int, int]) -> None:
        self._image, self._origin, self._pen = image, origin, ImageDraw.Draw(image)

    def _pixels(self, shape: Shape) -> Shape:
        ox, oy = self._origin
        return [(x * SCALE - ox, y * SCALE - oy) for x, y in shape]

    def fill(self, shape: Shape, colour: str) -> None:
        self._pen.polygon(self._pixels(shape), fill=colour)

    def line(self, points: Shape, colour: str, width: float = HAIRLINE) -> None:
        pixels = max(1, round(width * SCALE))
        self._pen.line(self._pixels(points), fill=colour, width=pixels, joint="curve")

    def outline(self, shape: Shape, colour: str, width: float = HAIRLINE) -> None:
        self.line([*shape, *shape[:2]], colour, width)

    def dot(self, centre: Point, radius: float, colour: str) -> None:
        self.fill(oval(centre, radius), colour)

    @contextmanager
    def clip(self, shape: Shape) -> Iterator[None]:
        """Within this block, ink reaches the sheet only inside the shape."""
        outer, origin = self._image, self._origin
        left, top, right, bottom = bounds(self._pixels(shape))
        corner = max(0, int(left)), max(0, int(top))
        opposite = min(outer.width, int(right) + 2), min(outer.height, int(bottom) + 2)
        if corner[0] >= opposite[0] or corner[1] >= opposite[1]:
            corner, opposite = (0, 0), (1, 1)
        layer = outer.crop((*corner, *opposite))
        self._use(layer, (origin[0] + corner[0], origin[1] + corner[1]))
        mask = Image.new("L", layer.size)
        ImageDraw.Draw(mask).polygon(self._pixels(shape), fill=255)
        yield
        outer.paste(layer, corner, mask)
        self._use(outer, origin)

    def finish(self) -> Image.Image:
        return self._image.resize((self.width, self.height), Image.Resampling.LANCZOS)
