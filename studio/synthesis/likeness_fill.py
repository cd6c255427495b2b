"""Noise like a picture as a fill layer: the likeness stands in the layer's recipe, its pixels are made from it anywhere.

White normal noise keyed by (seed, x, y) is convolved with one kernel for each principal colour: what a pixel gets depends on
its place alone, so that tiles, crops and levels agree, and nothing repeats.
"""

from __future__ import annotations

import base64
import binascii
import math
import struct
import zlib
from functools import lru_cache
from typing import Annotated

import cv2
import msgspec
import numpy as np

from studio.raster import random
from studio.raster.geometry import TILE, Rect
from studio.raster.moments import Loop, Time, moment_of
from studio.raster.resample import halve
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.synthesis.likeness import PATCH, Likeness, kernels

BLOCK = TILE
"""Side of the squares at fixed places that noise is made in; a power of two, so that its levels are means of whole blocks."""
LEVELS = 8
"""At the last level a block is one pixel."""
_REACH = PATCH // 2
_ROOM = BLOCK + 2 * _REACH
_STREAM = 0x4C49
_HEAD = struct.Struct("<BB12f")
_FORM = 1
_PLAIN_SIGMA = 0.1


class NoiseLikeFill(msgspec.Struct, frozen=True, kw_only=True):
    """``likeness``: what :func:`written` gives; empty for grey noise, every frequency alike. Raises ValueError for other text;
    :func:`studio.recipe.check` makes it a RecipeError."""

    likeness: Annotated[
        str,
        msgspec.Meta(max_length=1 << 17, title=QT_TRANSLATE_NOOP("recipe", "Likeness")),
    ] = ""
    strength: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Strength"),
            low=0.0,
            high=10.0,
            soft_high=3.0,
            step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "1 is as strong as the noise that was measured."),
        ),
    ] = 1.0
    time: Time = 0.0
    loop: Loop = 0
    seed: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Seed"), low=0, high=2**32 - 1, seed=True)] = 0

    def __post_init__(self) -> None:
        read(self.likeness)


def written(likeness: Likeness) -> str:
    """A likeness as text: form, side, mean, components as float32, power as float16; deflated, base 64."""
    side = likeness.power.shape[-1]
    head = _HEAD.pack(_FORM, side, *likeness.mean.tolist(), *likeness.components.ravel().tolist())
    power = np.minimum(likeness.power, np.finfo(np.float16).max).astype("<f2")
    return base64.b64encode(zlib.compress(head + power.tobytes(), 9)).decode("ascii")


@lru_cache(maxsize=16)
def read(text: str) -> Likeness:
    """The likeness that :func:`written` wrote, shared: not to be changed. Raises ValueError where the text is none."""
    if not text:
        return _made(np.full(3, 0.5), np.full((3, 3), _PLAIN_SIGMA / 3**0.5), np.ones((3, 2, 2)))
    try:
        packed = base64.b64decode(text, validate=True)
        most = _HEAD.size + 6 * PATCH * PATCH
        data = zlib.decompressobj().decompress(packed, most + 1)
        form, side, *numbers = _HEAD.unpack_from(data)
    except (binascii.Error, zlib.error, struct.error, ValueError) as error:
        raise ValueError(f"likeness: {error}") from None
    if form != _FORM or not 2 <= side <= PATCH or len(data) != _HEAD.size + 6 * side * side:
        raise ValueError("likeness: this is none, or one of another version")
    power = np.frombuffer(data, "<f2", offset=_HEAD.size).astype(np.float64).reshape(3, side, side)
    mean, components = np.array(numbers[:3]), np.array(numbers[3:]).reshape(3, 3)
    if not all(np.isfinite(part).all() for part in (power, mean, components)) or power.min() < 0:
        raise ValueError("likeness: its numbers are not finite")
    return _made(mean, components, power)


def _made(mean: np.ndarray, components: np.ndarray, power: np.ndarray) -> Likeness:
    return Likeness(mean=mean, covariance=components @ components.T, components=components, power=power)


@lru_cache(maxsize=8)
def _spectra(text: str) -> tuple[np.ndarray, ...]:
    """What the transform of white noise is multiplied by, for each component: float32 [_ROOM, _ROOM] as ``cv2.dft`` packs it."""
    found = kernels(read(text))
    placed = np.zeros((3, _ROOM, _ROOM), np.float32)
    side = found.shape[-1]
    placed[:, :side, :side] = found
    return tuple(cv2.dft(one) for one in np.roll(placed, (-(side // 2), -(side // 2)), (1, 2)))


def _white(seed: int, moment: tuple[int, int, float], rect: Rect) -> np.ndarray:
    """float32 [h, w, 3]: normal noise by place. Two steps of time are joined by cosine and sine, which keeps their law."""
    step, after, part = moment
    here = random.normal(seed | step << 32, rect, (0, 1, 2), _STREAM)
    if not part:
        return here
    near, far = np.float32(math.cos(part * math.pi / 2)), np.float32(math.sin(part * math.pi / 2))
    return near * here + far * random.normal(seed | after << 32, rect, (0, 1, 2), _STREAM)


@lru_cache(maxsize=64)
def _noise(text: str, seed: int, moment: tuple[int, int, float], column: int, row: int) -> np.ndarray:
    """float32 [BLOCK, BLOCK, 3]: the noise of one block, without its mean (overlap-save; Stockham, 1966)."""
    likeness = read(text)
    place = Rect.of(column * BLOCK, row * BLOCK, BLOCK, BLOCK).grow(_REACH)
    white = _white(seed, moment, place)
    inner = slice(_REACH, _REACH + BLOCK)
    planes = []
    for channel, spectrum in enumerate(_spectra(text)):
        found = cv2.mulSpectrums(cv2.dft(np.ascontiguousarray(white[..., channel])), spectrum, 0)
        planes.append(cv2.idft(found, flags=cv2.DFT_SCALE)[inner, inner])
    made = cv2.transform(cv2.merge(planes), likeness.components)
    made.setflags(write=False)
    return made


def _range(mean: np.ndarray) -> tuple[float, float]:
    """What values are cut to: 0–1; a mean above 1 (of a float picture) leaves those above it."""
    return 0.0, math.inf if mean.max() > 1 else 1.0


def _block(fill: NoiseLikeFill, column: int, row: int, level: int) -> np.ndarray:
    """Opaque float32 [BLOCK >> level, BLOCK >> level, 4] of one block."""
    if level >= 2:
        return _small(fill, column, row, level)
    if level:
        return halve(_block(fill, column, row, 0))
    mean = read(fill.likeness).mean.astype(np.float32)
    noise = _noise(fill.likeness, fill.seed, moment_of(fill.time, fill.loop), column, row)
    made = np.ones((BLOCK, BLOCK, 4), np.float32)
    made[..., :3] = mean + np.float32(fill.strength) * noise
    np.clip(made[..., :3], *_range(mean), out=made[..., :3])
    return made


@lru_cache(maxsize=1024)
def _small(fill: NoiseLikeFill, column: int, row: int, level: int) -> np.ndarray:
    """:func:`_block` at a level from 2 on, kept: to make one anew takes all of its pixels."""
    made = halve(_block(fill, column, row, level - 1))
    made.setflags(write=False)
    return made


def _expected(fill: NoiseLikeFill) -> np.ndarray:
    """Opaque float32 [4]: the mean of normal values cut to their range (a censored normal law)."""
    likeness = read(fill.likeness)
    low, high = _range(likeness.mean)
    made = np.ones(4, np.float32)
    for channel in range(3):
        mean, sigma = likeness.mean[channel], fill.strength * math.sqrt(likeness.covariance[channel, channel])
        made[channel] = min(max(mean, low), high) if sigma < 1e-9 else _censored(mean, sigma, low, high)
    return made


def _censored(mean: float, sigma: float, low: float, high: float) -> float:
    below, above = (low - mean) / sigma, (high - mean) / sigma
    under, within = _share_below(below), _share_below(above)
    cut = 0.0 if math.isinf(high) else high * (1 - within)
    return low * under + cut + mean * (within - under) + sigma * (_density(below) - _density(above))


def _share_below(value: float) -> float:
    return 0.5 * (1 + math.erf(value / math.sqrt(2)))


def _density(value: float) -> float:
    return math.exp(-value * value / 2) / math.sqrt(2 * math.pi)


def paint(parameters: NoiseLikeFill, rect: Rect, level: int) -> np.ndarray:
    """Premultiplied float32 [h, w, 4] of a rectangle in pixels of a mip level: means of the pixels below them.

    Keyed by place: no square repeats. Beyond level :data:`LEVELS` a pixel is the mean colour.
    """
    out = np.empty((rect.height, rect.width, 4), np.float32)
    if level > LEVELS:
        out[...] = _expected(parameters)
        return out
    side = BLOCK >> level
    for row in range(rect.top // side, -(-rect.bottom // side)):
        for column in range(rect.left // side, -(-rect.right // side)):
            whole = Rect.of(column * side, row * side, side, side)
            part = whole.intersect(rect)
            to, of = part.move(-rect.left, -rect.top), part.move(-whole.left, -whole.top)
            made = _block(parameters, column, row, level)
            out[to.top : to.bottom, to.left : to.right] = made[of.top : of.bottom, of.left : of.right]
    return out
