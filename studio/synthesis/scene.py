"""What everything drawn by a rule declares: a picture with a size and a place, that can be looked at in any part."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

import msgspec
import numpy as np

from studio.raster.colour import unpremultiply
from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP, check, declare
from studio.synthesis.lattice import View
from studio.synthesis.maker import Maker

ROWS = 64
"""Rows drawn at once: what is needed for them stays near the processor."""
DESIGN = 1024.0
"""The size that a scene has until it is fitted to a picture, in document pixels."""
_PLACE: dict[str, Any] = {
    "low": -1_000_000.0, "high": 1_000_000.0, "step": 1.0, "unit": "px", "soft_high": 4096.0,
}  # fmt: skip
_Seed = Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Seed"), low=0, high=2**32 - 1, seed=True)]


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """Where a scene lies. Its own coordinates u, v are 0 in its middle and grow by 1 over its size, v downwards."""

    size: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Size"), low=1.0, high=1_000_000.0, soft_high=4096.0, step=1.0, unit="px",
            description=QT_TRANSLATE_NOOP(
                "recipe", "Height of the whole drawing; ten times as much is the same drawing, ten times as large."
            ),
        ),
    ] = DESIGN  # fmt: skip
    x: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Middle x"),
            description=QT_TRANSLATE_NOOP("recipe", "Where its middle lies, from the left edge."),
            **_PLACE,
        ),
    ] = DESIGN / 2
    y: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Middle y"),
            description=QT_TRANSLATE_NOOP("recipe", "Where its middle lies, from the upper edge."),
            **_PLACE,
        ),
    ] = DESIGN / 2


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """One thing drawn by a rule: a pure function of document coordinates, a fill layer and a maker.

    ``draw(parameters, seed, view)`` gives premultiplied float32 [h, w, 4], for each pixel the same whatever the view's
    rectangle. ``fits``: the side of a picture that its size is when it is new there. A change of pixels raises ``version``.
    ``description`` gives formula and source.
    """

    name: str
    version: int
    title: str
    description: str
    parameters: type[Placed]
    draw: Callable[[Any, int, View], np.ndarray]
    fits: Literal["height", "shorter"] = "height"

    @property
    def maker(self) -> Maker:
        return Maker(
            name=self.name, version=self.version, title=self.title, description=self.description,
            parameters=self.parameters, make=self._make, fitted=self.fitted,
        )  # fmt: skip

    def fitted(self, parameters: Any, width: int, height: int) -> Any:
        """The same drawing in the middle of a picture of that size, filling it."""
        size = height if self.fits == "height" else min(width, height)
        return msgspec.structs.replace(parameters, size=float(size), x=width / 2, y=height / 2)

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
            out[top - rect.top : strip.bottom - rect.top] = self.draw(
                parameters, seed, View(strip, view.pixel)
            )
        return out

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


def own(parameters: Placed, view: View) -> tuple[np.ndarray, np.ndarray, float]:
    """The view in the scene's coordinates: u [w] and v [h] of pixel centres, float64, and the width of a pixel."""
    return (
        (view.x - parameters.x) / parameters.size,
        (view.y - parameters.y) / parameters.size,
        view.pixel / parameters.size,
    )
