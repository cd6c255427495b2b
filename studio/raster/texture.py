"""What a brush paints on: grain of paper, weave of canvas, rough board, or a picture; periodic, fixed to the layer."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from studio.raster import random, wet_native
from studio.raster.brush import LEAST_SCALE, MOST_SCALE
from studio.raster.geometry import TILE, Rect

if TYPE_CHECKING:
    from studio.raster.brush import Brush

_PAPER_SEED = 0x7EB8
_CANVAS_SEED = 0x5A17
_ROUGH_SEED = 0x3C0D
_THREADS = 32
"""Threads of the canvas across one tile."""
_STEPS = 4
"""Of a scale that sensors drive, in an octave."""
_OCTAVES = 8


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
        self._scale, self._halves = brush.texture_scale, [self._heights]
        self._wrapped: dict[int, np.ndarray] = {}
        if self.strength:
            tile = _one_tile(brush)
            self._heights, self._halves = _scaled(tile, brush.texture_scale), [tile]

    def at(self, rect: Rect, scale: np.ndarray | float = 1.0) -> np.ndarray:
        """float32 [h, w]: 0 is a valley that takes paint first, 1 a hill that takes it last... in layer pixels.

        ``scale``: what the brush's own scale is multiplied by, by steps of a quarter of an octave: dabs whose scales are
        nearly the same lie on the same ground.
        """
        steps = np.rint(np.log2(np.maximum(scale, 2.0**-_OCTAVES)) * _STEPS)
        if steps.ndim == 0:
            return self._at_step(rect, int(steps))
        found = np.empty(steps.shape, np.float32)
        for step in np.unique(steps):
            where = steps == step
            found[where] = self._at_step(rect, int(step))[where]
        return found

    def _at_step(self, rect: Rect, step: int) -> np.ndarray:
        if step == 0:
            return self._plain(rect)
        scale = min(max(self._scale * 2.0 ** (step / _STEPS), LEAST_SCALE), MOST_SCALE)
        half = 0
        while scale * 2**half < 1 and min(self._halved(half).shape) > 1:
            half += 1
        tile, (height, width) = self._halved(half), self._halves[0].shape
        down, across = (
            np.mod((np.arange(first, last) + 0.5) * (few / max(1, round(many * scale))) - 0.5, few).astype(np.float32)
            for first, last, few, many in (
                (rect.top, rect.bottom, tile.shape[0], height), (rect.left, rect.right, tile.shape[1], width),
            )
        )  # fmt: skip
        shape = rect.height, rect.width
        columns, rows = np.broadcast_to(across, shape), np.broadcast_to(down[:, None], shape)
        if half not in self._wrapped:
            self._wrapped[half] = np.pad(tile, ((0, 1), (0, 1)), mode="wrap")
        return cv2.remap(self._wrapped[half], np.array(columns), np.array(rows), cv2.INTER_LINEAR).reshape(
            shape
        )

    def _halved(self, times: int) -> np.ndarray:
        """The periodic tile at its own size, halved so often."""
        while len(self._halves) <= times:
            self._halves.append(_scaled(self._halves[-1], 0.5))
        return self._halves[times]

    def _plain(self, rect: Rect) -> np.ndarray:
        height, width = self._heights.shape
        top, left = rect.top % height, rect.left % width
        if top + rect.height <= height and left + rect.width <= width:
            return self._heights[top : top + rect.height, left : left + rect.width]
        rows = np.arange(rect.top, rect.bottom) % height
        columns = np.arange(rect.left, rect.right) % width
        return self._heights[rows[:, None], columns[None, :]]

    def on(
        self,
        cover: np.ndarray,
        rect: Rect,
        strength: np.ndarray | float | None = None,
        scale: np.ndarray | float = 1.0,
    ) -> np.ndarray:
        """``cover`` [h, w] 0–1 as the ground takes it: thin paint stays in the valleys, full paint nearly fills it.

        c·(1 + s) − 1.35·s·h, cut to 0–1: at s = 1 and full cover a quarter of the ground shows through.
        """
        strength = self.strength if strength is None else strength
        if isinstance(strength, np.ndarray):
            result = cover * (1 + strength)
            result -= np.float32(1.35) * strength * self.at(rect, scale)
        elif strength:
            return self._evenly(cover, rect, strength, scale)
        else:
            return cover
        np.clip(result, 0, 1, out=result)
        return result

    def _evenly(
        self, cover: np.ndarray, rect: Rect, strength: float, scale: np.ndarray | float
    ) -> np.ndarray:
        """As :meth:`on` where the ground is equally strong everywhere."""
        heights, corner = self._heights, rect[:2]
        if isinstance(scale, np.ndarray) or scale != 1.0:
            heights, corner = self.at(rect, scale), (0, 0)
        return wet_native.on_ground(cover, 1.0, 1 + strength, 1.35 * strength, heights, corner)


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
