"""What a brush paints on: grain of paper, weave of canvas, rough board, or a picture; periodic, fixed to the layer."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from studio.raster import random
from studio.raster.geometry import TILE, Rect

if TYPE_CHECKING:
    from studio.raster.brush import Brush

_PAPER_SEED = 0x7EB8
_CANVAS_SEED = 0x5A17
_ROUGH_SEED = 0x3C0D
_THREADS = 32
"""Threads of the canvas across one tile."""


@cache
def _fibres(seed: int, lengths: tuple[tuple[float, float], ...], along: float) -> np.ndarray:
    """Grain 0–1, evenly distributed, one tile, periodic: fibres of several (length, weight)."""
    rect = Rect(0, 0, TILE, TILE)
    grain = np.zeros((TILE, TILE), np.float32)
    for stream, (sigma, weight) in enumerate(lengths):
        pad = 32 if sigma <= 6 else 96
        tiled = np.pad(random.normal(seed, rect, stream=stream)[..., 0], pad, mode="wrap")
        # Fibres: blurred more along than across.
        fibres = cv2.GaussianBlur(tiled, (0, 0), sigmaX=sigma * along, sigmaY=sigma)[pad:-pad, pad:-pad]
        grain += np.float32(weight) * fibres / fibres.std()
    return _even(grain)


def _even(grain: np.ndarray) -> np.ndarray:
    """The normal distribution's own function, nearly: what comes out is spread evenly over 0–1. Read-only."""
    grain = (1 / (1 + np.exp(np.float32(-1.702) * grain / grain.std()))).astype(np.float32)
    grain.setflags(write=False)
    return grain


@cache
def _canvas() -> np.ndarray:
    """A plain weave: threads above and below each other in turn, each a little uneven."""
    period = TILE / _THREADS
    at = (np.arange(TILE, dtype=np.float32) + np.float32(0.5)) / np.float32(period)
    thread = np.abs(np.sin(np.pi * at)) ** np.float32(0.7)
    over = ((np.floor(at)[:, None] + np.floor(at)[None, :]) % 2).astype(np.float32)
    weave = over * thread[None, :] + (1 - over) * thread[:, None]
    weave += np.float32(0.35) * (_fibres(_CANVAS_SEED, ((1.0, 0.6), (3.0, 0.5)), 1.0) - np.float32(0.5))
    return _even(weave - weave.mean())


def paper(rect: Rect) -> np.ndarray:
    """Grain 0–1 of the paper at the pixels of ``rect``."""
    left, top = rect.left % TILE, rect.top % TILE
    if left + rect.width <= TILE and top + rect.height <= TILE:
        return _paper()[top : top + rect.height, left : left + rect.width]
    rows, columns = (np.arange(*ends) % TILE for ends in ((rect.top, rect.bottom), (rect.left, rect.right)))
    return _paper()[rows[:, None], columns[None, :]]


def _paper() -> np.ndarray:
    return _fibres(_PAPER_SEED, ((0.7, 0.5), (2.0, 0.9), (6.0, 0.7)), 1.6)


class Ground:
    """The texture of one brush, scaled; strength 0 changes nothing."""

    def __init__(self, brush: Brush) -> None:
        self.strength = 0.0 if brush.texture == "none" else brush.texture_strength
        if brush.texture == "image" and brush.texture_image is None:
            self.strength = 0.0
        self._heights = np.zeros((1, 1), np.float32)
        if self.strength:
            self._heights = _scaled(_one_tile(brush), brush.texture_scale)

    def at(self, rect: Rect) -> np.ndarray:
        """float32 [h, w]: 0 is a valley that takes paint first, 1 a hill that takes it last... in layer pixels."""
        height, width = self._heights.shape
        top, left = rect.top % height, rect.left % width
        if top + rect.height <= height and left + rect.width <= width:
            return self._heights[top : top + rect.height, left : left + rect.width]
        rows = np.arange(rect.top, rect.bottom) % height
        columns = np.arange(rect.left, rect.right) % width
        return self._heights[rows[:, None], columns[None, :]]

    def on(self, cover: np.ndarray, rect: Rect, strength: np.ndarray | float | None = None) -> np.ndarray:
        """``cover`` [h, w] 0–1 as the ground takes it: thin paint stays in the valleys, full paint nearly fills it.

        c·(1 + s) − 1.35·s·h, cut to 0–1: at s = 1 and full cover a quarter of the ground shows through.
        """
        strength = self.strength if strength is None else strength
        if isinstance(strength, np.ndarray):
            result = cover * (1 + strength)
            result -= np.float32(1.35) * strength * self.at(rect)
        elif strength:
            result = cover * np.float32(1 + strength)
            result -= np.float32(1.35 * strength) * self.at(rect)
        else:
            return cover
        np.clip(result, 0, 1, out=result)
        return result


def _one_tile(brush: Brush) -> np.ndarray:
    if brush.texture == "canvas":
        return _canvas()
    if brush.texture == "rough":
        return _fibres(_ROUGH_SEED, ((1.2, 0.7), (4.0, 1.0), (14.0, 0.6)), 1.0)
    if brush.texture == "image" and brush.texture_image is not None:
        pixels = brush.texture_image.pixels().astype(np.float32) / np.float32(255)
        return 1 - pixels if pixels.ndim == 2 else pixels[..., :3].mean(-1, dtype=np.float32)
    return _paper()


def _scaled(heights: np.ndarray, scale: float) -> np.ndarray:
    """The periodic ``heights`` enlarged or reduced, periodic still."""
    if scale == 1.0:
        return heights
    height, width = (max(1, round(side * scale)) for side in heights.shape)
    pad = 8
    grown = np.pad(heights, pad, mode="wrap")
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    across, down = round(pad * width / heights.shape[1]), round(pad * height / heights.shape[0])
    whole = cv2.resize(grown, (width + 2 * across, height + 2 * down), interpolation=method)
    return np.ascontiguousarray(np.clip(whole[down : down + height, across : across + width], 0, 1))
