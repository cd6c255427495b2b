"""One picture turned into another: both bent towards each other along optical flow, and dissolved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import cv2
import msgspec
import numpy as np

from studio.raster.colour import unpremultiply
from studio.raster.stopping import heed
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.synthesis.fusion import Fusion, Steps, grey, strips

FLOW_SIDE = 512
"""Correspondences are looked for in pictures of at most this side: shapes are matched, not grain."""
_STEPS = 4


class Morph(msgspec.Struct, frozen=True, kw_only=True):
    position: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Position"), low=0.0, high=1.0, step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "0 is the first picture, 1 the last."),
        ),
    ] = 0.5  # fmt: skip
    smoothness: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Smoothness"), low=0.0, high=10.0, unit="%",
            description=QT_TRANSLATE_NOOP("recipe", "How far neighbouring places move together."),
        ),
    ] = 1.0  # fmt: skip


def flow(one: np.ndarray, other: np.ndarray, smoothness: float) -> np.ndarray:
    """Where each pixel of the one lies in the other, float32 [h, w, 2] in pixels; premultiplied pictures of one size."""
    height, width = one.shape[:2]
    shrink = min(1.0, FLOW_SIDE / max(height, width))
    # Smaller than this the search has no patch to look at.
    size = max(32, round(width * shrink)), max(32, round(height * shrink))
    small = [_bytes(cv2.resize(picture, size, interpolation=cv2.INTER_AREA)) for picture in (one, other)]
    search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    search.setFinestScale(0)
    heed()
    found = search.calc(small[0], small[1], None)  # type: ignore[arg-type]
    sigma = smoothness / 100 * max(size)
    if sigma > 0.3:
        found = cv2.GaussianBlur(found, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE)
    heed()
    found = found * np.array([width / size[0], height / size[1]], np.float32)
    return cv2.resize(found, (width, height), interpolation=cv2.INTER_LINEAR).reshape(height, width, 2)


def _bytes(picture: np.ndarray) -> np.ndarray:
    """Luma and alpha together in 8 bits: a shape on transparency is seen by its edge, too."""
    luma = grey(unpremultiply(picture)) * picture[..., 3] + (1 - picture[..., 3]) * np.float32(0.5)
    return np.clip(luma * 255 + 0.5, 0, 255).astype(np.uint8)


def moved(picture: np.ndarray, way: np.ndarray, part: float) -> Steps:
    """The picture whose pixels went ``part`` of their way, cubic; edge pixels are repeated.

    y + part·way(y) = x is solved for y by fixed-point steps.
    """
    height, width = picture.shape[:2]
    out = np.empty_like(picture)
    for rows in strips(height, width):
        x, y = np.meshgrid(
            np.arange(width, dtype=np.float32), np.arange(rows.start, rows.stop, dtype=np.float32)
        )
        across, down = x, y
        for _ in range(_STEPS):
            step = cv2.remap(way, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
            step = step.reshape(*x.shape, 2)
            across, down = x - np.float32(part) * step[..., 0], y - np.float32(part) * step[..., 1]
        found = cv2.remap(picture, across, down, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
        out[rows] = found.reshape(*x.shape, 4)
        yield rows.stop / height
    np.clip(out[..., 3], 0, 1, out=out[..., 3])
    return out


def morphed(pictures: Sequence[np.ndarray], parameters: Morph, _mask: np.ndarray | None) -> Steps:
    """Between the two neighbours in the row of pictures."""
    place = parameters.position * (len(pictures) - 1)
    low = min(int(place), len(pictures) - 2)
    part = place - low
    one, other = pictures[low], pictures[low + 1]
    if part in (0.0, 1.0):
        return (one if part == 0 else other).copy()
    there = flow(one, other, parameters.smoothness)
    yield 0.2
    back = flow(other, one, parameters.smoothness)
    yield 0.4
    first = yield from moved(one, there, part)
    second = yield from moved(other, back, 1 - part)
    for one, share in ((first, 1 - part), (second, part)):
        heed()
        one *= np.float32(share)
    heed()
    first += second
    return first


FUSIONS = (
    Fusion(
        name="morph",
        version=1,
        title=QT_TRANSLATE_NOOP("recipe", "Morph"),
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "One picture turns into the other: dense inverse search optical flow (Kroeger et al., 2016) on at most 512 "
            "pixels a side, smoothed, tells where each pixel goes; the first picture is bent t of its way, the second "
            "1 − t of its own, both cubic, and dissolved (1 − t)·a + t·b on premultiplied encoded colours.",
        ),
        parameters=Morph,
        function=morphed,
    ),
)
