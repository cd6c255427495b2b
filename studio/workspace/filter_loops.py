"""A picture under a filter that changes with time, such as film grain, as a loop without a seam."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from studio import recipe
from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Filter
from studio.filters import FILTERS
from studio.project import animation, assembling
from studio.raster import colour
from studio.recipe import RecipeError
from studio.synthesis import looping


def write(
    artwork: Artwork, name: str, path: str | Path, frames: int, rate: int, parameters: dict[str, Any],
    flatten: Callable[[Artwork], np.ndarray],
) -> Generator[int, None, None]:  # fmt: skip
    """Writes ``frames`` pictures over white, of which the last leads into the first, as :func:`animation.write_animation` does;
    yields how many are written. Raises RecipeError for a filter without time, ExportError."""
    kind = FILTERS.get(name)
    if kind is None or not looping.has_time(kind.parameters):
        able = [one.name for one in FILTERS.values() if looping.has_time(one.parameters)]
        raise RecipeError(looping.NO_TIME, name=name, known=", ".join(able))
    if frames < 1 or artwork.width * artwork.height > animation.MOST_PIXELS:
        size = {"width": artwork.width, "height": artwork.height}
        raise RecipeError(animation.NO_FRAMES, frames=frames, **size)
    values = recipe.from_plain(kind.parameters, parameters)

    def shown() -> Iterator[np.ndarray]:
        top = artwork.layers[-1].id if artwork.layers else None
        for one in looping.turn(values, frames):
            layer = Filter(name=kind.title, recipe=recipe.store(name, kind.version, one))
            made = edits.add_layer(artwork, layer, above=top)
            yield animation.frame_of(colour.unpremultiply(assembling.in_srgb(flatten(made), made)))

    yield from animation.write_animation(path, shown(), artwork.width, artwork.height, rate)
