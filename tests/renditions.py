"""Pictures that are scaled once in a test process: of the same original come the same renditions.

Most tests that show a page show it with pictures of one colour, in all their widths. Each original
is scaled by the real thing once, in each way that it is asked for.
"""

from collections.abc import Callable
from contextlib import nullcontext
from hashlib import sha256
from io import BytesIO
from typing import Any

from django.core.files import File
from wagtail.images.models import AbstractImage, Filter

Scale = Callable[..., Any]
MADE: dict[tuple[str, str, bytes], tuple[type, bytes]] = {}


def scaled_once(scale: Scale) -> Scale:
    """`Filter.run`, for what was not made before by this process. Failures are not kept."""

    def run(
        self: Filter, image: AbstractImage, output: Any, source: File[Any] | None = None
    ) -> Any:
        with nullcontext(source) if source else image.open_file() as file:
            original = file.read()
        key = (self.spec, self.get_cache_key(image), sha256(original).digest())
        if key not in MADE:
            made = scale(self, image, output, source=File(BytesIO(original), image.file.name))
            made.f.seek(0)
            MADE[key] = (type(made), made.f.read())
        kind, content = MADE[key]
        return kind(BytesIO(content))

    return run
