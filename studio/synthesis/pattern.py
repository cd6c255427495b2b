"""What every pattern declares, and how its field becomes colours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import cv2
import msgspec
import numpy as np

from studio.raster import gradient
from studio.raster.colour import unpremultiply
from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP, check, declare
from studio.synthesis.lattice import View
from studio.synthesis.maker import Maker

ROWS = 64
"""Rows made at once: what is needed for them stays in the cache."""
_Seed = Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Seed"), low=0, high=2**32 - 1, seed=True)]


class Pattern(msgspec.Struct, frozen=True, kw_only=True):
    """One pattern: a pure function of document coordinates.

    ``field(parameters, seed, view)`` gives float32 [h, w], 0–1 along the colours in ``parameters.stops``, or colours
    [h, w, 1 or 3]. A change of pixels raises ``version``. ``description`` gives formula and source.
    """

    name: str
    version: int
    title: str
    description: str
    parameters: type[msgspec.Struct]
    field: Callable[[Any, int, View], np.ndarray]

    @property
    def maker(self) -> Maker:
        return Maker(
            name=self.name,
            version=self.version,
            title=self.title,
            description=self.description,
            parameters=self.parameters,
            make=self._make,
        )

    def _make(self, width: int, height: int, parameters: Any, seed: int = 0) -> np.ndarray:
        """Straight float32 RGBA [height, width, 4]."""
        if min(width, height) < 1:
            raise ValueError("a picture needs a width and a height of at least 1")
        return unpremultiply(self.paint(parameters, seed, View(Rect(0, 0, width, height))))

    def paint(self, parameters: Any, seed: int, view: View) -> np.ndarray:
        """Premultiplied float32 [h, w, 4], the same for each pixel whatever the view's rectangle."""
        parameters = check(parameters)
        rect = view.rect
        out = np.empty((rect.height, rect.width, 4), np.float32)
        for top in range(rect.top, rect.bottom, ROWS):
            strip = Rect(rect.left, top, rect.right, min(top + ROWS, rect.bottom))
            made = self.field(parameters, seed, View(strip, view.pixel))
            out[top - rect.top : strip.bottom - rect.top] = _coloured(made, parameters)
        return out

    def values(self, parameters: Any, seed: int, view: View) -> np.ndarray:
        """The field itself in one piece, before it is coloured."""
        return self.field(check(parameters), seed, view)

    def with_seed(self) -> type[msgspec.Struct]:
        """The parameters of a fill layer, which keeps its seed."""
        return msgspec.defstruct(
            f"{self.parameters.__name__}Fill",
            [("seed", _Seed, 0)],
            bases=(self.parameters,),
            module=__name__,
            frozen=True,
            kw_only=True,
        )


def _coloured(made: np.ndarray, parameters: Any) -> np.ndarray:
    if made.ndim == 3:
        out = np.ones((*made.shape[:2], 4), np.float32)
        out[..., :3] = np.clip(made, 0, 1)
        return out
    place = np.clip(made, 0, 1)
    place *= np.float32(gradient.TABLE)
    table = gradient.table(parameters.stops)
    out = cv2.remap(
        table[None], place, np.zeros_like(place), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(out, np.float32)
