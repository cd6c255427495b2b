"""Whole pictures from a compositor: flattened, and small ones for lists."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np

from studio.document.artwork import Artwork
from studio.raster import icc, vision
from studio.raster.colour import premultiply, to_straight8, unpremultiply
from studio.raster.geometry import TILE, Rect
from studio.render.whole import strips

LINEAR = "Linear sRGB"
_LARGEST_PART = 4 * TILE
"""Side of a part of a picture that is flattened at once."""
Compose = Callable[[Artwork, Rect, int], np.ndarray]
ToSrgb = Callable[[np.ndarray, bytes], np.ndarray]
"""(premultiplied float32 [h, w, 4], ICC profile of its colours) → the same look in sRGB, float32."""
Seen = Callable[[Artwork, np.ndarray], np.ndarray]
"""(whose they are, premultiplied pixels) → as they are to be seen."""


def flatten_steps(compose: Compose, artwork: Artwork, out: np.ndarray) -> Iterator[float]:
    """Fills ``out`` [height, width, 4] float32 part by part; yields the fraction done."""
    parts = strips(artwork.rect)
    for done, part in enumerate(parts):
        out[part.top : part.bottom, part.left : part.right] = compose(artwork, part, 0)
        yield (done + 1) / len(parts)


def at_once(draw: Callable[[Rect], None], rect: Rect, reach: int) -> None:
    """``draw`` of all parts of ``rect``, on all processors. ``reach``: how far pixels depend on others: parts are larger than
    what has to be read around them, as far as the caches of a processor allow."""
    side = TILE
    while side < 2 * reach and side < _LARGEST_PART:
        side *= 2
    with ThreadPoolExecutor(min(8, os.cpu_count() or 1)) as pool:
        for _ in pool.map(draw, strips(rect, side, max(side, 2 * TILE))):
            pass


def thumbnail(compose: Compose, artwork: Artwork, size: int, layer_id: str, seen: Seen) -> np.ndarray:
    """Straight uint8 RGBA, longer side ``size``; one layer's pixels alone (shown, without mask and effects) where ``layer_id`` is given.

    ``seen``: what the composed pixels become before they are 8 bits.
    """
    longer = max(artwork.width, artwork.height)
    level = 0
    while longer >> (level + 1) >= size and level < 12:
        level += 1
    shown = artwork
    if layer_id:
        layer = artwork.find(layer_id)
        alone = (
            ()
            if layer is None
            else (
                layer.with_(opacity=1.0, mode="normal", visible=True, clipping=False, mask=None, effects=()),
            )
        )
        shown = artwork.with_(layers=alone)
    pixels = compose(shown, Rect(0, 0, -(-artwork.width >> level), -(-artwork.height >> level)), level)
    scale = size / longer
    wanted = (max(1, round(artwork.width * scale)), max(1, round(artwork.height * scale)))
    method = cv2.INTER_AREA if wanted[0] < pixels.shape[1] else cv2.INTER_CUBIC
    if wanted != (pixels.shape[1], pixels.shape[0]):
        pixels = np.maximum(cv2.resize(pixels, wanted, interpolation=method), 0)
    return to_straight8(seen(artwork, pixels.reshape(wanted[1], wanted[0], 4)))


def matrix_to_srgb(premultiplied: np.ndarray, profile: bytes) -> np.ndarray:
    """Pixels of a matrix profile in sRGB; those of a table as they are."""
    if not icc.is_matrix(profile):
        return premultiplied
    return icc.convert_pixels(premultiplied, profile, b"", quick=True)


def encoded(artwork: Artwork, premultiplied: np.ndarray) -> np.ndarray:
    """Pixels as eight bits can hold them: linear light is encoded like sRGB, else the shadows would lie in coarse steps."""
    if artwork.colour_space.name != LINEAR:
        return premultiplied
    straight = unpremultiply(premultiplied)
    straight[..., :3] = vision.encoded(straight[..., :3])
    return premultiply(straight)


def framed(compose: Compose, artwork: Artwork, width: int, height: int, paper: int, seen: Seen) -> np.ndarray:
    """uint8 RGB [height, width, 3]: the flattened artwork in the middle of a frame, as large as it fits, over the grey
    ``paper`` (0–255). ``seen``: as for :func:`thumbnail`."""
    inner = _fitted(artwork.width, artwork.height, width, height)
    pixels = thumbnail(compose, artwork, max(inner), "", seen)
    if (pixels.shape[1], pixels.shape[0]) != inner:
        pixels = cv2.resize(pixels, inner, interpolation=cv2.INTER_AREA)
    return _in_middle(_over_paper(pixels, paper), width, height, paper)


def framed_small(pixels: np.ndarray, width: int, height: int, paper: int) -> np.ndarray:
    """The same of a small picture, straight uint8 RGBA [h, w, 4], that is enlarged."""
    over = _over_paper(pixels, paper)  # before it is enlarged: transparent pixels have no colour to mix in
    inner = _fitted(pixels.shape[1], pixels.shape[0], width, height)
    method = cv2.INTER_CUBIC if inner[0] > pixels.shape[1] else cv2.INTER_AREA
    return _in_middle(cv2.resize(over, inner, interpolation=method), width, height, paper)


def _fitted(across: int, down: int, width: int, height: int) -> tuple[int, int]:
    """(width, height) of a picture of ``across`` × ``down`` as large as it fits a frame."""
    scale = min(width / across, height / down)
    return max(1, round(across * scale)), max(1, round(down * scale))


def _over_paper(pixels: np.ndarray, paper: int) -> np.ndarray:
    alpha = pixels[..., 3:].astype(np.uint16)
    over = (pixels[..., :3] * alpha + np.uint16(paper) * (255 - alpha) + 127) // 255
    return over.astype(np.uint8)


def _in_middle(pixels: np.ndarray, width: int, height: int, paper: int) -> np.ndarray:
    out = np.full((height, width, 3), paper, np.uint8)
    left, top = (width - pixels.shape[1]) // 2, (height - pixels.shape[0]) // 2
    out[top : top + pixels.shape[0], left : left + pixels.shape[1]] = pixels
    return out
