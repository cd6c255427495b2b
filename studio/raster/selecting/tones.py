"""Selections made of the picture's own values: a channel as it is, or a range of tones with soft handles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np

from studio.raster.colour import unpremultiply
from studio.raster.geometry import Rect, TileKey
from studio.raster.mask import Mask
from studio.raster.selecting.blocks import Steps, blocks_of, tiles_of
from studio.raster.selecting.regions import Read, to_lab
from studio.raster.tile import Tile

Channel = Literal["red", "green", "blue", "luminance", "alpha"]
Tone = Literal["shadows", "midtones", "highlights"]
Handles = tuple[float, float, float, float]
"""Lightness L* 0–100: nothing up to the first, all from the second to the third, nothing from the fourth."""

LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)
"""Rec. ITU-R BT.709 weights, of encoded values."""
TONES: dict[Tone, Handles] = {
    "shadows": (0.0, 0.0, 20.0, 40.0),
    "midtones": (20.0, 40.0, 60.0, 80.0),
    "highlights": (60.0, 80.0, 100.0, 100.0),
}


def from_channel(read: Read, canvas: Rect, channel: Channel) -> Steps:
    """The encoded, straight values of a channel as a selection; transparent pixels are not selected."""
    return _of_values(read, canvas, lambda pixels: channel_values(pixels, channel))


def by_tone(read: Read, canvas: Rect, handles: Handles) -> Steps:
    """Pixels by their CIE lightness; between the handles the selection rises and falls smoothly.

    Raises ValueError where the handles are not in order.
    """
    if list(handles) != sorted(handles):
        raise ValueError(f"the handles must rise: {handles}")
    return _of_values(read, canvas, lambda pixels: tone_values(pixels, handles))


def channel_values(pixels: np.ndarray, channel: Channel) -> np.ndarray:
    """float32 [h, w] 0–1 of premultiplied ``pixels`` [h, w, 4]."""
    straight = unpremultiply(pixels)
    if channel == "alpha":
        return np.clip(straight[..., 3], 0, 1)
    if channel == "luminance":
        values = straight[..., :3] @ LUMA
    else:
        values = straight[..., ("red", "green", "blue").index(channel)]
    return np.clip(values, 0, 1) * np.clip(straight[..., 3], 0, 1)


def tone_values(pixels: np.ndarray, handles: Handles) -> np.ndarray:
    """float32 [h, w] 0–1: how far each pixel belongs to the range, times its alpha."""
    straight = unpremultiply(pixels)
    lightness = to_lab(straight[..., :3])[..., 0]
    return (
        _rise(lightness, *handles[:2])
        * (1 - _rise(lightness, *handles[2:]))
        * np.clip(straight[..., 3], 0, 1)
    )


def _rise(values: np.ndarray, low: float, high: float) -> np.ndarray:
    """0 up to ``low``, 1 from ``high``, 3t² − 2t³ between; handles on one another make a step.

    At the ends of the scale, where the handles lie on 0 or 100, everything is on the inner side.
    """
    if high - low < 1e-3:
        return (values >= low).astype(np.float32) if low < 100 else np.zeros_like(values)
    t = np.clip((values - np.float32(low)) / np.float32(high - low), 0, 1)
    return t * t * (3 - 2 * t)


def _of_values(read: Read, canvas: Rect, values: Callable[[np.ndarray], np.ndarray]) -> Steps:
    tiles: dict[TileKey, Tile] = {}
    for block in blocks_of(canvas):
        tiles |= tiles_of(block, values(read(block)))
        yield
    return Mask(tiles)
