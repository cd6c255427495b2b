"""What saving as JPEG does to a picture: blocks, ringing and coarse colours, without writing a file.

All sums are of whole numbers in float64 and therefore exact, so that a tile equals the whole bit for bit.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal

import cv2
import msgspec
import numpy as np

from studio.filters.kind import FilterKind, Place
from studio.filters.noise_adding import finite
from studio.raster.geometry import Rect
from studio.raster.stopping import heed
from studio.recipe import QT_TRANSLATE_NOOP, declare

BLOCK = 8
_ROWS = 128
"""Rows worked on at once; a multiple of two blocks."""
_WHOLE = float(1 << 13)
"""The transform's weights are whole numbers out of this, as in the reference decoder's 13 bits."""
_SUM = float(1 << 16)

Sampling = Literal["4:4:4", "4:2:2", "4:2:0"]

# ITU-T T.81 (1992), tables K.1 and K.2.
_LUMINANCE = (
    (16, 11, 10, 16, 24, 40, 51, 61), (12, 12, 14, 19, 26, 58, 60, 55), (14, 13, 16, 24, 40, 57, 69, 56),
    (14, 17, 22, 29, 51, 87, 80, 62), (18, 22, 37, 56, 68, 109, 103, 77), (24, 35, 55, 64, 81, 104, 113, 92),
    (49, 64, 78, 87, 103, 121, 120, 101), (72, 92, 95, 98, 112, 100, 103, 99),
)  # fmt: skip
_CHROMA = (
    (17, 18, 24, 47, 99, 99, 99, 99), (18, 21, 26, 66, 99, 99, 99, 99), (24, 26, 56, 99, 99, 99, 99, 99),
    (47, 66, 99, 99, 99, 99, 99, 99), *((99,) * 8 for _ in range(4)),
)  # fmt: skip


class Jpeg(msgspec.Struct, frozen=True, kw_only=True):
    """Parameters of ``jpeg``."""

    quality: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Quality"),
            low=1,
            high=100,
            step=1,
            description=QT_TRANSLATE_NOOP("recipe", "As most programs count it: 100 is the best."),
        ),
    ] = 20
    sampling: Annotated[
        Sampling,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Colour resolution"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "4:4:4 is full; 4:2:2 half across; 4:2:0 half both ways."
            ),
        ),
    ] = "4:2:0"
    rounds: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Times saved"),
            low=1,
            high=20,
            step=1,
            description=QT_TRANSLATE_NOOP(
                "recipe", "Each further time the blocks lie one pixel further right and down."
            ),
        ),
    ] = 1


def _side(level: int) -> int:
    """Side of a block in pixels of the level."""
    return BLOCK >> level if level <= 3 else 0


def jpeg_reach(parameters: Jpeg, level: int) -> int:
    return parameters.rounds * max(0, 2 * _side(level) - 1)


def jpeg(pixels: np.ndarray, parameters: Jpeg, place: Place) -> np.ndarray:
    side = _side(place.level)
    canvas = place.canvas or place.rect
    inside = place.rect.intersect(canvas)
    source = finite(pixels)
    if side == 0 or inside.empty:
        return source.copy()
    out = source.copy()
    part = inside.move(-place.rect.left, -place.rect.top)
    shown = np.ascontiguousarray(source[part.top : part.bottom, part.left : part.right])
    for number in range(parameters.rounds):
        shown = _saved(shown, inside, parameters, side, number >> place.level)
    out[part.top : part.bottom, part.left : part.right] = shown
    return out


def _saved(pixels: np.ndarray, rect: Rect, parameters: Jpeg, side: int, shift: int) -> np.ndarray:
    """Premultiplied pixels of ``rect``, saved once in blocks that begin at (shift, shift)."""
    unit = 2 * side
    left, top = (rect.left - shift) % unit, (rect.top - shift) % unit
    right, bottom = -(left + rect.width) % unit, -(top + rect.height) % unit
    wide = cv2.copyMakeBorder(pixels, top, bottom, left, right, cv2.BORDER_REPLICATE)
    for row in range(0, wide.shape[0], _ROWS):
        heed()
        strip = wide[row : row + _ROWS]
        strip[..., :3] = _decoded(_straight(strip, unit), parameters, side) * strip[..., 3:]
    return np.ascontiguousarray(wide[top : top + rect.height, left : left + rect.width])


def _straight(pixels: np.ndarray, unit: int) -> np.ndarray:
    """Straight colours in whole steps of 1/255, float64 [h, w, 3]; transparent pixels take the mean of what is seen
    in their block, so that they give no colour."""
    colours, alpha = pixels[..., :3], pixels[..., 3:]
    if bool((alpha == 1).all()):
        straight = colours
    else:
        whole = np.round(pixels.astype(np.float64) * _SUM)
        height, width = pixels.shape[:2]
        sums = whole.reshape(height // unit, unit, width // unit, unit, 4).sum((1, 3))
        means = sums[..., :3] / np.maximum(sums[..., 3:], 1)
        behind = np.repeat(np.repeat(means, unit, 0), unit, 1)
        straight = np.divide(colours, alpha, out=behind.astype(np.float32), where=alpha > 0)
    return np.floor(np.clip(straight, 0, 1).astype(np.float64) * 255 + 0.5)


def _decoded(rgb: np.ndarray, parameters: Jpeg, side: int) -> np.ndarray:
    """Colours 0–255 after coding and decoding, as float32 0–1."""
    red, green, blue = rgb[..., 0], rgb[..., 1], rgb[..., 2]
    luma = np.floor(0.299 * red + 0.587 * green + 0.114 * blue + 0.5)
    first = np.floor(128.5 - 0.168736 * red - 0.331264 * green + 0.5 * blue)
    second = np.floor(128.5 + 0.5 * red - 0.418688 * green - 0.081312 * blue)
    down, across = {"4:4:4": (1, 1), "4:2:2": (1, 2), "4:2:0": (2, 2)}[parameters.sampling]
    luma = _coded(luma, quantisation(_LUMINANCE, parameters.quality), side)
    table = quantisation(_CHROMA, parameters.quality)
    first = _coded_small(first, table, side, down, across) - 128
    second = _coded_small(second, table, side, down, across) - 128
    out = np.stack(
        [luma + 1.402 * second, luma - 0.344136 * first - 0.714136 * second, luma + 1.772 * first], -1
    )
    return (np.clip(np.floor(out + 0.5), 0, 255) / 255).astype(np.float32)


def _coded_small(plane: np.ndarray, table: np.ndarray, side: int, down: int, across: int) -> np.ndarray:
    height, width = plane.shape
    small = plane.reshape(height // down, down, width // across, across).sum((1, 3)) / (down * across)
    coded = _coded(np.floor(small + 0.5), table, side)
    return np.repeat(np.repeat(coded, down, 0), across, 1)


def quantisation(table: tuple[tuple[int, ...], ...], quality: int) -> np.ndarray:
    """The table at a quality, as the Independent JPEG Group scales it."""
    scale = 5000 // quality if quality < 50 else 200 - 2 * quality
    return np.clip((np.array(table, np.int64) * scale + 50) // 100, 1, 255).astype(np.float64)


@cache
def _transform(side: int) -> np.ndarray:
    """The orthonormal DCT-II of ``side`` numbers times √side, in whole parts of 2^13, float64 [side, side]."""
    frequency, place = np.mgrid[0:side, 0:side]
    weights = np.cos(np.pi * frequency * (2 * place + 1) / (2 * side)) * np.sqrt(2)
    weights[0] = 1
    return np.round(weights * _WHOLE)


def _coded(plane: np.ndarray, table: np.ndarray, side: int) -> np.ndarray:
    """Whole numbers 0–255 [h, w] after transform, rounding to multiples of the table, and back."""
    weights = _transform(side)
    # Averaged pixels have the low frequencies of the full block, divided by how many were averaged along a side.
    steps = table[:side, :side] * (side / BLOCK)
    height, width = plane.shape
    across = ((plane - 128).reshape(-1, side) @ weights.T).reshape(height // side, side, width)
    shape = (height // side, side, width // side, side)
    found = (weights @ across).reshape(shape)
    found /= steps[:, None, :] * (side * _WHOLE**2)
    # Halves are rounded away from zero, as encoders do; the mean of a block often is one.
    np.copysign(np.floor(np.abs(found) + 0.5), found, out=found)
    found *= steps[:, None, :]
    back = (weights.T @ found.reshape(height // side, side, width)).reshape(-1, side) @ weights
    return np.clip(np.floor(back.reshape(height, width) / (side * _WHOLE**2) + 128.5), 0, 255)


JPEG = FilterKind(
    name="jpeg",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Codes and decodes the picture as baseline JPEG (ITU-T T.81, 1992): straight colours cut to 0–1 and rounded to "
        "8 bits, YCbCr after JFIF, colour differences averaged over 1×1, 1×2 or 2×2 pixels, 8×8 blocks from the "
        "picture's corner transformed by the DCT, each coefficient F replaced by q · round(F / q), q from tables K.1 "
        "and K.2 scaled by the quality as the Independent JPEG Group does, and transformed back; colour differences "
        "are repeated. Beyond the edge the outermost pixels are repeated; transparent pixels count as the mean of "
        "their block and transparency stays.",
    ),
    parameters=Jpeg,
    function=jpeg,
    reach_of=jpeg_reach,
    at_scale="rescaled",
)

KINDS = (JPEG,)
