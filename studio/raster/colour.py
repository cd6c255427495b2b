"""Colour values: 8 and 16 bit ↔ float, premultiplied ↔ straight, the view's 8-bit pixels, and the colour wheel's spaces.

Pixels are RGBA, encoded in the artwork's colour space, 0–1 (more is allowed). Half floats are made from 8-bit values
by one table, so every straight 8-bit colour with alpha > 0 comes back exactly; with alpha 0 the colour is lost.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import cv2
import numpy as np

from studio.raster import native
from studio.raster.geometry import TILE, Rect, TileKey, tile_keys
from studio.raster.surface import Surface
from studio.raster.tile import Tile

STRIP_PIXELS = 1 << 16
"""Pixels worked on at once: what stays in the cache of one core."""


NOTHING: Any = 0.0
"""A number where OpenCV's type stubs know only arrays."""


def widen(half: np.ndarray) -> np.ndarray:
    """float32 copy of float16 values, exactly; seven times faster than ``astype``. float32 is returned as it is."""
    return half if half.dtype == np.float32 else _converted(half, np.float32, cv2.CV_32F)


def narrow(pixels: np.ndarray) -> np.ndarray:
    """float16 copy of float32 values, rounded to nearest even like ``astype``. float16 is returned as it is."""
    return pixels if pixels.dtype == np.float16 else _converted(pixels, np.float16, cv2.CV_16F)


def as_type(pixels: np.ndarray, dtype: np.dtype | type) -> np.ndarray:
    """``pixels`` as float16 or float32; the same array where it already is."""
    return narrow(pixels) if np.dtype(dtype) == np.float16 else widen(pixels)


def _converted(pixels: np.ndarray, dtype: type, depth: int) -> np.ndarray:
    if pixels.size == 0 or pixels.ndim == 0 or pixels.dtype not in (np.float16, np.float32):
        return pixels.astype(dtype)
    # One row per row of the picture: OpenCV would take a 4×1 array for a scalar.
    rows = pixels.reshape(pixels.shape[0], -1) if pixels.ndim > 1 else pixels.reshape(1, -1)
    if rows.shape[1] == 1:
        return pixels.astype(dtype)
    return cv2.add(rows, NOTHING, dtype=depth).reshape(pixels.shape)


@cache
def _half_of_opaque() -> np.ndarray:
    table = (np.arange(256, dtype=np.float32) / np.float32(255)).astype(np.float16)
    table.setflags(write=False)
    return table.reshape(1, 256)


@cache
def _half_of_straight() -> np.ndarray:
    """[65536] float16: index alpha · 256 + value, premultiplied; the alpha channel itself uses alpha 255."""
    values = np.arange(256, dtype=np.float64) / 255
    table = (values[:, None] * values[None, :]).astype(np.float32).astype(np.float16).reshape(-1)
    table.setflags(write=False)
    return table


def is_opaque(pixels: np.ndarray) -> bool:
    """True where every alpha of uint8 pixels [h, w, 4] is 255."""
    if pixels.flags.c_contiguous:
        return bool((pixels.reshape(-1, 4).view("<u4") >= 0xFF000000).all())
    return bool((pixels[..., 3] == 255).all())


def to_half(straight: np.ndarray) -> np.ndarray:
    """Premultiplied float16 [h, w, 4] of straight uint8 [h, w, 4]; :func:`from_half` gives the same bytes back."""
    if straight.size == 0:
        return np.zeros(straight.shape, np.float16)
    out = np.empty(straight.shape, np.float16)
    in_rows = straight if straight.strides[1:] == (4, 1) else np.ascontiguousarray(straight)
    native.half_of_straight(in_rows, out, _half_of_straight())
    return out


def half_of_rgb(rgb: np.ndarray, width: int = 0, height: int = 0) -> np.ndarray:
    """Opaque float16 [h, w, 4] of uint8 RGB [h, w, 3], first brought to ``width`` × ``height`` when given.

    The size is changed in the 8 bits that there are: a tenth of the time of doing it in float, for a picture that is
    shown while a slider is dragged.
    """
    if width and rgb.shape[:2] != (height, width):
        smaller = width < rgb.shape[1] or height < rgb.shape[0]
        rgb = cv2.resize(rgb, (width, height), interpolation=cv2.INTER_AREA if smaller else cv2.INTER_CUBIC)
    return cv2.LUT(cv2.cvtColor(rgb, cv2.COLOR_RGB2RGBA), _half_of_opaque())


def _strips(work, pixels: np.ndarray, dtype: type) -> np.ndarray:
    """``work`` over strips of rows that stay in the cache."""
    rows = max(1, STRIP_PIXELS // max(1, pixels.shape[1]))
    out = np.empty(pixels.shape, dtype)
    for top in range(0, pixels.shape[0], rows):
        out[top : top + rows] = work(pixels[top : top + rows])
    return out


def from_half(premultiplied: np.ndarray) -> np.ndarray:
    """Straight uint8 [h, w, 4] of premultiplied float16 or float32, rounded; transparent pixels are black."""
    return to_straight8(premultiplied)


def premultiply(straight: np.ndarray) -> np.ndarray:
    """Premultiplied float32 of straight float32 [..., 4]."""
    out = straight * straight[..., 3:]
    out[..., 3] = straight[..., 3]
    return out


def unpremultiply(premultiplied: np.ndarray) -> np.ndarray:
    """Straight float32 of premultiplied float [..., 4]; pixels with alpha ≤ 0 become transparent black."""
    pixels = widen(premultiplied)
    alpha = pixels[..., 3:]
    if bool((alpha == 1).all()):
        return pixels.copy()
    out = np.divide(pixels, alpha, out=np.zeros_like(pixels), where=alpha > 0)
    out[..., 3] = pixels[..., 3]
    return out


def to_float(straight: np.ndarray) -> np.ndarray:
    """Premultiplied float32 [h, w, 4] of straight uint8, uint16 or float32. Exact back by :func:`to_straight16`."""
    if straight.dtype == np.float32:
        return premultiply(straight)
    scale = np.float32(np.iinfo(straight.dtype).max)
    return _strips(lambda strip: premultiply(strip.astype(np.float32) / scale), straight, np.float32)


def to_straight8(premultiplied: np.ndarray) -> np.ndarray:
    """Straight uint8 [h, w, 4], rounded and clamped, for export."""
    return _strips(lambda strip: _quantised(strip, 255, np.uint8), premultiplied, np.uint8)


def to_straight16(premultiplied: np.ndarray) -> np.ndarray:
    """Straight uint16 [h, w, 4], rounded and clamped, for export."""
    return _strips(lambda strip: _quantised(strip, 65535, np.uint16), premultiplied, np.uint16)


def _quantised(premultiplied: np.ndarray, high: int, dtype: type) -> np.ndarray:
    values = unpremultiply(premultiplied)
    values *= np.float32(high)
    values += np.float32(0.5)
    np.clip(values, 0, high, out=values)
    return values.astype(dtype)


def to_bgra8(premultiplied: np.ndarray) -> np.ndarray:
    """The view's pixels: premultiplied uint8 BGRA [h, w, 4], rounded, of premultiplied float [h, w, 4].

    Clamped so that no colour exceeds its alpha: QPainter's sums would run over into the next channel.
    """
    return native.view(widen(premultiplied))


def surface_from_straight(straight: np.ndarray) -> Surface:
    """A surface of straight pixels [h, w, 4]: uint8 becomes float16 tiles, uint16 and float32 become float32 tiles."""
    eight = straight.dtype == np.uint8
    dtype = np.float16 if eight else np.float32
    whole = Rect(0, 0, straight.shape[1], straight.shape[0])
    tiles: dict[TileKey, Tile] = {}
    for key in tile_keys(whole):
        place = Rect.of_tile(key)
        part = place.intersect(whole)
        source = straight[part.top : part.bottom, part.left : part.right]
        array = (np.empty if part == place else np.zeros)((TILE, TILE, 4), dtype)
        if eight:
            seen = native.half_of_straight(source, array[: part.height, : part.width], _half_of_straight())
        elif seen := bool(source[..., 3].any()):
            array[: part.height, : part.width] = to_float(source)
        if seen:
            tiles[key] = Tile(array)
    return Surface(tiles, dtype)


Rgb = tuple[float, float, float]


def to_hex(rgb: Rgb) -> str:
    """``#rrggbb`` of encoded 0–1 values, clamped."""
    return "#" + "".join(f"{round(255 * min(1.0, max(0.0, value))):02x}" for value in rgb)


def from_hex(text: str) -> Rgb:
    """Encoded 0–1 values of ``#rrggbb`` or ``#rgb``, with or without ``#``. Raises ValueError."""
    digits = text.strip().removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    if len(digits) != 6 or any(digit not in "0123456789abcdefABCDEF" for digit in digits):
        raise ValueError(f"“{text}” is not a colour; write it as #rrggbb")
    return int(digits[:2], 16) / 255, int(digits[2:4], 16) / 255, int(digits[4:], 16) / 255


def hsv_to_rgb(hsv: np.ndarray) -> np.ndarray:
    """Encoded RGB [..., 3] of hue 0–1 (wraps), saturation, value (Smith 1978)."""
    hsv = np.asarray(hsv, np.float64)
    hue, saturation, value = hsv[..., :1], hsv[..., 1:2], hsv[..., 2:]
    sector = (np.array([5.0, 3.0, 1.0]) + hue * 6) % 6
    return value - value * saturation * np.clip(np.minimum(sector, 4 - sector), 0, 1)


def rgb_to_hsv(rgb: np.ndarray) -> np.ndarray:
    """Hue 0–1, saturation, value [..., 3]; grey has hue 0."""
    rgb = np.asarray(rgb, np.float64)
    red, green, blue = rgb[..., 0], rgb[..., 1], rgb[..., 2]
    high, span = rgb.max(-1), np.ptp(rgb, axis=-1)
    safe = np.where(span > 0, span, 1)
    hue = np.where(
        high == red,
        (green - blue) / safe,
        np.where(high == green, 2 + (blue - red) / safe, 4 + (red - green) / safe),
    )
    saturation = np.where(high > 0, span / np.where(high > 0, high, 1), 0)
    return np.stack([np.where(span > 0, hue / 6 % 1, 0), saturation, high], -1)


def srgb_to_linear(encoded: np.ndarray) -> np.ndarray:
    """Linear light of sRGB-encoded values (IEC 61966-2-1); negative values are mirrored."""
    size = np.abs(encoded)
    return np.sign(encoded) * np.where(size <= 0.04045, size / 12.92, ((size + 0.055) / 1.055) ** 2.4)


def linear_to_srgb(linear: np.ndarray) -> np.ndarray:
    """sRGB-encoded values of linear light; the inverse of :func:`srgb_to_linear`."""
    size = np.abs(linear)
    return np.sign(linear) * np.where(size <= 0.0031308, size * 12.92, 1.055 * size ** (1 / 2.4) - 0.055)


# B. Ottosson, "A perceptual color space for image processing", 2020 (public domain).
_TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_OKLAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_FROM_CONES = np.linalg.inv(_TO_CONES)
_FROM_OKLAB = np.linalg.inv(_TO_OKLAB)


def rgb_to_oklab(rgb: np.ndarray) -> np.ndarray:
    """Lightness 0–1 and the two colour axes, within about ±0.33, of sRGB-encoded values [..., 3]."""
    cones = np.cbrt(srgb_to_linear(np.asarray(rgb, np.float64)) @ _TO_CONES.T)
    return cones @ _TO_OKLAB.T


def oklab_to_rgb(lab: np.ndarray) -> np.ndarray:
    """sRGB-encoded values [..., 3]; outside 0–1 where the colour lies outside sRGB."""
    return linear_to_srgb((np.asarray(lab, np.float64) @ _FROM_OKLAB.T) ** 3 @ _FROM_CONES.T)


def rgb_to_oklch(rgb: np.ndarray) -> np.ndarray:
    """Lightness 0–1, chroma (0 to about 0.33), hue 0–1 of sRGB-encoded values [..., 3]."""
    lab = rgb_to_oklab(rgb)
    hue = np.arctan2(lab[..., 2], lab[..., 1]) / (2 * np.pi) % 1
    return np.stack([lab[..., 0], np.hypot(lab[..., 1], lab[..., 2]), hue], -1)


def oklch_to_rgb(oklch: np.ndarray) -> np.ndarray:
    """sRGB-encoded values [..., 3]; outside 0–1 where the colour lies outside sRGB."""
    oklch = np.asarray(oklch, np.float64)
    angle = oklch[..., 2] * 2 * np.pi
    return oklab_to_rgb(
        np.stack([oklch[..., 0], oklch[..., 1] * np.cos(angle), oklch[..., 1] * np.sin(angle)], -1)
    )


def oklch_in_srgb(oklch: np.ndarray, halvings: int = 24) -> np.ndarray:
    """The nearest sRGB-encoded colour of the same lightness and hue: chroma is lowered until it fits."""
    oklch = np.array(oklch, np.float64)
    low, high = np.zeros(oklch.shape[:-1]), oklch[..., 1].copy()
    fits = _inside(oklch_to_rgb(oklch))
    for _ in range(halvings):
        middle = (low + high) / 2
        oklch[..., 1] = middle
        inside = _inside(oklch_to_rgb(oklch))
        low, high = np.where(inside, middle, low), np.where(inside, high, middle)
    oklch[..., 1] = np.where(fits, high, low)
    return np.clip(oklch_to_rgb(oklch), 0, 1)


def _inside(rgb: np.ndarray) -> np.ndarray:
    return np.all((rgb >= -1e-6) & (rgb <= 1 + 1e-6), axis=-1)
