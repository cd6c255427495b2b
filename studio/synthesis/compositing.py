"""Pictures laid over each other: with opacity, in any blend mode, dissolved into each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
import numpy as np

from studio.raster import blend
from studio.raster.blend import BLEND_MODES
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.synthesis.fusion import Fusion, Steps, by_strips

if TYPE_CHECKING:
    Mode = str
else:
    Mode = Literal[tuple(BLEND_MODES)]
_OPACITY = declare(QT_TRANSLATE_NOOP("recipe", "Opacity"), low=0.0, high=1.0, step=0.01)
_SEED = declare(
    QT_TRANSLATE_NOOP("recipe", "Seed"), low=0, high=2**31 - 1, seed=True, when={"mode": ("dissolve",)}
)


class Alpha(msgspec.Struct, frozen=True, kw_only=True):
    opacity: Annotated[float, _OPACITY] = 1.0


class Blend(msgspec.Struct, frozen=True, kw_only=True):
    mode: Annotated[Mode, declare(QT_TRANSLATE_NOOP("recipe", "Blend mode"))] = "multiply"
    opacity: Annotated[float, _OPACITY] = 1.0
    seed: Annotated[int, _SEED] = 0


class CrossDissolve(msgspec.Struct, frozen=True, kw_only=True):
    position: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Position"), low=0.0, high=1.0, step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "0 is the first picture, 1 the last."),
        ),
    ] = 0.5  # fmt: skip


def alpha(pictures: Sequence[np.ndarray], parameters: Alpha, mask: np.ndarray | None) -> Steps:
    return (yield from blended(pictures, Blend(mode="normal", opacity=parameters.opacity), mask))


def blended(pictures: Sequence[np.ndarray], parameters: Blend, mask: np.ndarray | None) -> Steps:
    """Each picture on those below it, in the mode."""
    mode = BLEND_MODES[parameters.mode]

    def work(parts: list[np.ndarray], part: np.ndarray | None, top: int) -> np.ndarray:
        out = parts[0].copy()
        for number, source in enumerate(parts[1:]):
            if mode.name == "dissolve":
                weight = (
                    np.float32(parameters.opacity)
                    if part is None
                    else part[..., None] * np.float32(parameters.opacity)
                )
                source = source * weight
                blend.dissolve(source, 0, top, 1, parameters.seed + number)
                blend.put(mode, out, source)
            else:
                blend.put(mode, out, np.ascontiguousarray(source), parameters.opacity, part)
        return out

    return (yield from by_strips(pictures, mask, work))


def dissolved(pictures: Sequence[np.ndarray], parameters: CrossDissolve, mask: np.ndarray | None) -> Steps:
    """Linear between neighbours in the row of pictures."""
    place = parameters.position * (len(pictures) - 1)
    low = min(int(place), len(pictures) - 2)
    weight = np.float32(place - low)

    def work(parts: list[np.ndarray], part: np.ndarray | None, _top: int) -> np.ndarray:
        share = weight if part is None else weight * part[..., None]
        return parts[0] * (1 - share) + parts[1] * share

    return (yield from by_strips(pictures[low : low + 2], mask, work))


FUSIONS = (
    Fusion(
        name="alpha",
        version=1,
        title=QT_TRANSLATE_NOOP("recipe", "Lay over each other"),
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "Lays each picture over those below it: co = o·m·cs + (1 − o·m·αs)·cb on premultiplied encoded colours, o the "
            "opacity, m the mask (Porter, Duff, Compositing Digital Images, 1984, over).",
        ),
        parameters=Alpha,
        function=alpha,
        local=True,
        masked=True,
    ),
    Fusion(
        name="blend",
        version=1,
        title=QT_TRANSLATE_NOOP("recipe", "Blend mode"),
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "Puts each picture on those below it in a blend mode, with the formulas of the layers: co = cs·αs·(1 − αb) + "
            "cb·αb·(1 − αs) + αs·αb·B(cb, cs) on encoded colours, αs times opacity and mask (W3C, Compositing and "
            "Blending 1, section 5).",
        ),
        parameters=Blend,
        function=blended,
        masked=True,
    ),
    Fusion(
        name="cross-dissolve",
        version=1,
        title=QT_TRANSLATE_NOOP("recipe", "Cross-dissolve"),
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "Mixes two pictures that are neighbours in the row: (1 − t)·a + t·b on premultiplied encoded colours, t how far "
            "the position lies from the one to the other, times the mask.",
        ),
        parameters=CrossDissolve,
        function=dissolved,
        local=True,
        masked=True,
    ),
)
