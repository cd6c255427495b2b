"""Gradients: how far along, which colour there, and the dither that hides the steps of 8 bits.

A gradient is a function of document pixels (pixel centres at +0.5), so any rectangle, level or transform of it can be
made alone.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Literal

import cv2
import numpy as np

from studio.raster import icc, random
from studio.raster.colour import linear_to_srgb, oklch_to_rgb, premultiply, rgb_to_oklch, srgb_to_linear
from studio.raster.geometry import TILE, Rect

GradientKind = Literal["linear", "radial", "angle", "reflected"]
Extend = Literal["pad", "repeat", "mirror"]
Space = Literal["encoded", "oklab", "linear-light"]
Stop = tuple[float, float, float, float, float]
"""(offset 0–1, red, green, blue, alpha): straight, encoded."""
Affine = tuple[float, float, float, float, float, float]

TABLE = 4096
DITHER_SEED = 0x7A11


def along(
    kind: GradientKind, x: np.ndarray, y: np.ndarray, start: tuple[float, float], end: tuple[float, float]
) -> np.ndarray:
    """How far along the gradient the points are, float32 as ``x``: 0 at ``start``, 1 at ``end`` (angle: a whole turn).

    ``angle`` begins in the direction from start to end and turns clockwise as seen (y down). A gradient without
    length is 1 everywhere (0 on its start).
    """
    across, down = end[0] - start[0], end[1] - start[1]
    square = across * across + down * down
    x, y = np.asarray(x - start[0], np.float32), np.asarray(y - start[1], np.float32)
    if square < 1e-12:
        return ((x * x + y * y) > 0).astype(np.float32)
    if kind == "radial":
        return np.sqrt(x * x + y * y) * np.float32(square**-0.5)
    if kind == "angle":
        turned = np.arctan2(y * across - x * down, x * across + y * down) / np.float32(2 * np.pi)
        return np.asarray(turned % 1, np.float32)
    t = (x * np.float32(across) + y * np.float32(down)) * np.float32(1 / square)
    return np.abs(t) if kind == "reflected" else t


def extended(t: np.ndarray, extend: Extend) -> np.ndarray:
    """``t`` brought to 0–1: held at the ends, repeated, or there and back."""
    if extend == "repeat":
        return t - np.floor(t)
    if extend == "mirror":
        return 1 - np.abs(1 - (t - 2 * np.floor(t / 2)))
    return np.clip(t, 0, 1)


def colours_at(
    stops: Sequence[Stop], offsets: np.ndarray, space: Space = "encoded", profile: bytes = b""
) -> np.ndarray:
    """Straight encoded RGBA float64 [n, 4] at ``offsets`` [n]; ``stops`` in any order, equal offsets make a hard edge.

    Alpha runs linearly; colours run in ``space`` and are weighted by alpha, so that a fade to nothing keeps its colour.
    ``profile``: of the stops' colours and the result's; one that is a table counts as sRGB.
    """
    ordered = sorted(stops, key=lambda stop: stop[0])
    values = np.array(ordered, np.float64).reshape(-1, 5)
    at = values[:, 0]
    encode, decode = _mixing(space, profile)
    alpha = np.interp(offsets, at, values[:, 4])
    weighted = encode(values[:, 1:4]) * values[:, 4:]
    straight = encode(values[:, 1:4])
    out = np.empty((len(offsets), 4))
    for channel in range(3):
        mixed = np.interp(offsets, at, weighted[:, channel])
        plain = np.interp(offsets, at, straight[:, channel])
        out[:, channel] = np.where(alpha > 1e-9, mixed / np.maximum(alpha, 1e-9), plain)
    out[:, :3] = decode(out[:, :3])
    out[:, 3] = alpha
    return out


def _to_oklab(rgb: np.ndarray) -> np.ndarray:
    lightness, chroma, hue = np.moveaxis(rgb_to_oklch(rgb), -1, 0)
    return np.stack([lightness, chroma * np.cos(2 * np.pi * hue), chroma * np.sin(2 * np.pi * hue)], -1)


def _from_oklab(lab: np.ndarray) -> np.ndarray:
    hue = np.arctan2(lab[..., 2], lab[..., 1]) / (2 * np.pi)
    return oklch_to_rgb(np.stack([lab[..., 0], np.hypot(lab[..., 1], lab[..., 2]), hue], -1))


Change = Callable[[np.ndarray], np.ndarray]
_SPACES: dict[Space, tuple[Change, Change]] = {
    "oklab": (_to_oklab, _from_oklab),
    "linear-light": (srgb_to_linear, linear_to_srgb),
}
"""From sRGB to where colours are mixed, and back."""


def _mixing(space: Space, profile: bytes) -> tuple[Change, Change]:
    """From encoded colours of ``profile`` to where they are mixed, and back, brought to 0–1; encoded ones as they are."""
    if space == "encoded":
        return (lambda rgb: rgb), (lambda rgb: rgb)
    encode, decode = _SPACES[space]
    with contextlib.suppress(icc.UnknownProfile):
        if not icc.is_srgb(profile):
            icc.matrix_profile(profile)
            return (
                lambda rgb: encode(icc.convert(rgb, profile, b"")),
                lambda mixed: np.clip(icc.convert(decode(mixed), b"", profile), 0, 1),
            )
    return encode, lambda mixed: np.clip(decode(mixed), 0, 1)


@lru_cache(maxsize=64)
def table(stops: tuple[Stop, ...], space: Space = "encoded", profile: bytes = b"") -> np.ndarray:
    """Premultiplied float32 [TABLE + 1, 4] at evenly spaced offsets 0–1. Shared: not to be changed."""
    made = premultiply(colours_at(stops, np.linspace(0, 1, TABLE + 1), space, profile).astype(np.float32))
    made.setflags(write=False)
    return made


def paint(
    stops: tuple[Stop, ...],
    kind: GradientKind,
    start: tuple[float, float],
    end: tuple[float, float],
    rect: Rect,
    *,
    to_gradient: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0),
    extend: Extend = "pad",
    space: Space = "encoded",
    dither: bool = True,
    profile: bytes = b"",
) -> np.ndarray:
    """Premultiplied float32 [h, w, 4] of ``rect``; ``to_gradient`` maps its pixels to where start and end are given.

    ``dither``: evenly distributed noise of half an 8-bit step either way, the same at the same place.
    """
    x = np.arange(rect.left, rect.right, dtype=np.float64)[None, :] + 0.5
    y = np.arange(rect.top, rect.bottom, dtype=np.float64)[:, None] + 0.5
    a, b, c, d, tx, ty = to_gradient
    t = along(kind, a * x + c * y + tx, b * x + d * y + ty, start, end)
    place = np.asarray(extended(np.broadcast_to(t, (rect.height, rect.width)), extend), np.float32)
    place = np.ascontiguousarray(place * np.float32(TABLE))
    row = np.zeros_like(place)
    pixels = cv2.remap(
        table(stops, space, profile)[None], place, row, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    pixels = np.asarray(pixels, np.float32)
    return dithered(pixels, rect) if dither else pixels


def dithered(pixels: np.ndarray, rect: Rect) -> np.ndarray:
    """Premultiplied ``pixels`` with noise within ±0.5 / 255 on colours where they are opaque enough to show it."""
    noise = _grain_in(rect)
    if bool((pixels[..., 3] == 1).all()):
        pixels += noise
    else:
        pixels += noise * pixels[..., 3:]
        np.minimum(pixels, pixels[..., 3:].copy(), out=pixels)
    np.clip(pixels, 0, 1, out=pixels)
    return pixels


@cache
def _grain() -> np.ndarray:
    """float32 [TILE, TILE, 4] within ±0.5 / 255, the same in all colours, none in alpha; repeated over the picture."""
    noise = random.uniform(DITHER_SEED, Rect(0, 0, TILE, TILE), (0,))
    grain = np.repeat((noise - np.float32(0.5)) * np.float32(1 / 255), 4, axis=2)
    grain[..., 3] = 0
    grain.setflags(write=False)
    return grain


def _grain_in(rect: Rect) -> np.ndarray:
    if rect.left % TILE == 0 and rect.top % TILE == 0 and rect.width <= TILE and rect.height <= TILE:
        return _grain()[: rect.height, : rect.width]
    rows, columns = np.arange(rect.top, rect.bottom) % TILE, np.arange(rect.left, rect.right) % TILE
    return _grain()[rows[:, None], columns]
