"""Noise like a picture as a fill layer: the likeness stands in the layer's recipe, its pixels are made from it anywhere."""

from __future__ import annotations

import base64
import binascii
import math
import struct
import zlib
from functools import lru_cache
from typing import Annotated

import msgspec
import numpy as np

from studio.raster.geometry import Rect
from studio.raster.resample import halve
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.synthesis.likeness import PATCH, Likeness, synthesise
from studio.synthesis.noise import moment_of
from studio.synthesis.pattern_parameters import Loop, Time

SIDE = 512
"""Pixels after which the noise repeats, without a seam. A power of two, so that means of blocks repeat, too."""
LEVELS = 9
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
def _square(text: str, seed: int, step: int) -> np.ndarray:
    """float32 [SIDE, SIDE, 3]: the noise of a whole step of time alone, without its mean."""
    likeness = read(text)
    made = synthesise(likeness, SIDE, SIDE, seed | step << 32) - likeness.mean.astype(np.float32)
    made.setflags(write=False)
    return made


def _noise(text: str, seed: int, moment: tuple[int, int, float]) -> np.ndarray:
    """Two steps of time joined by cosine and sine: sums of normal noises keep covariance and spectrum."""
    step, after, part = moment
    here = _square(text, seed, step)
    if not part:
        return here
    near, far = np.float32(math.cos(part * math.pi / 2)), np.float32(math.sin(part * math.pi / 2))
    return near * here + far * _square(text, seed, after)


@lru_cache(maxsize=16)
def _level(text: str, seed: int, strength: float, moment: tuple[int, int, float], level: int) -> np.ndarray:
    """Opaque float32 [SIDE >> level, SIDE >> level, 4]. Values are cut to 0–1; a mean above 1 (of a float picture) leaves
    those above it."""
    if level:
        made = halve(_level(text, seed, strength, moment, level - 1))
    else:
        mean = read(text).mean.astype(np.float32)
        made = np.ones((SIDE, SIDE, 4), np.float32)
        made[..., :3] = mean + np.float32(strength) * _noise(text, seed, moment)
        np.clip(made[..., :3], 0, np.inf if mean.max() > 1 else 1, out=made[..., :3])
    made.setflags(write=False)
    return made


def paint(parameters: NoiseLikeFill, rect: Rect, level: int) -> np.ndarray:
    """Premultiplied float32 [h, w, 4] of a rectangle in pixels of a mip level: means of the pixels below them."""
    moment = moment_of(parameters.time, parameters.loop)
    table = _level(parameters.likeness, parameters.seed, parameters.strength, moment, min(level, LEVELS))
    rows = np.arange(rect.top, rect.bottom) % table.shape[0]
    columns = np.arange(rect.left, rect.right) % table.shape[1]
    return np.ascontiguousarray(table[rows[:, None], columns])
