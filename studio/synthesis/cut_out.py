"""A foreground cut out of its background: matting, with its edge moved and its colours freed of what was behind it."""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.raster.stopping import heed
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.synthesis import matting

_WORDS = (QT_TRANSLATE_NOOP("recipe", "closed form"), QT_TRANSLATE_NOOP("recipe", "guided"))
"""Words of the choices below, which their declarations hold as plain literals."""
_WAYS: dict[str, matting.Way] = {"closed form": "closed-form", "guided": "guided"}


class CutOut(msgspec.Struct, frozen=True, kw_only=True):
    """How a layer is cut out of its background; lengths in layer pixels."""

    way: Annotated[
        Literal["closed form", "guided"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Method"),
            description=QT_TRANSLATE_NOOP("recipe", "Closed form finds hair and fur; guided is quicker and softer."),
        ),
    ] = "closed form"  # fmt: skip
    band: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Edge width"), low=0, high=1000, soft_high=100, unit="px",
            description=QT_TRANSLATE_NOOP(
                "recipe", "How far on each side of the outline the edge is looked for; 0 follows the layer's size."
            ),
        ),
    ] = 0  # fmt: skip
    shift: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Move edge"), low=-20.0, high=20.0, step=0.25, unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "Outwards; below 0 inwards, which takes a rim of the background away."),
        ),
    ] = 0.0  # fmt: skip
    clean: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Clean colours"),
            description=QT_TRANSLATE_NOOP("recipe", "Frees the edge's colours of what shines through from the background."),
        ),
    ] = True  # fmt: skip


def alpha_of(pixels: np.ndarray, hint: np.ndarray | None, values: CutOut, scale: float) -> matting.Matting:
    """What is foreground, [h, w]; ``scale``: pixels here for a pixel of the layer."""
    if hint is None:
        hint = yield from matting.found(pixels)
    band = max(1, round(values.band * scale)) if values.band else max(6, round(0.015 * max(pixels.shape[:2])))
    trimap = matting.trimap_of(hint, band)
    if not (trimap == 255).any():  # narrower than the band
        trimap = matting.trimap_of(hint, 1)
    return (yield from matting.matted(pixels, trimap, _WAYS[values.way]))


def cleaned(
    pixels: np.ndarray, raw: np.ndarray, alpha: np.ndarray, shift: float
) -> Generator[float, None, np.ndarray]:
    """The layer's pixels whose colours are the foreground's wherever the edge is soft or was moved over the background."""
    freed = yield from matting.decontaminated(pixels, raw)
    heed()
    own = np.clip(pixels[..., 3:], 0, 1)
    soft = ((alpha > 0) & (raw < 1))[..., None]
    colours = matting.carried_out(freed, max(2, math.ceil(abs(shift)) + 2))
    heed()
    colours *= own
    heed()
    full = np.concatenate((colours, pixels[..., 3:]), 2)
    heed()
    return np.where(soft, full, pixels)


def cut_out(pixels: np.ndarray, hint: np.ndarray | None, values: CutOut) -> matting.Matting:
    """``pixels`` (premultiplied float32 [h, w, 4]) without their background; ``hint`` [h, w], 0–1: roughly what stays, None
    looks for it. Yields the part done. Raises HealError where no foreground, or nothing else, is found."""
    raw = yield from alpha_of(pixels, hint, values, 1.0)
    alpha = matting.shifted(raw, values.shift)
    new = (yield from cleaned(pixels, raw, alpha, values.shift)) if values.clean else pixels
    return new * alpha[..., None]
