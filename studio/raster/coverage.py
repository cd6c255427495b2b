"""What dabs build up in a stroke's buffer before it is laid on the layer: coverage, or paint of several colours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

import cv2
import numpy as np

from studio.raster.colour import hsv_to_rgb, rgb_to_hsv
from studio.raster.dab import Dab
from studio.raster.geometry import Rect
from studio.raster.plane import ALL, BLOCK, Plane
from studio.raster.stamp import Print
from studio.raster.texture import Ground, paper

if TYPE_CHECKING:
    from studio.raster.brush import Brush

_STRIP = 1 << 15
"""Pixels of a large dab worked on at once: what stays in the second-level cache."""


class Build(Protocol):
    """Lays dabs into a plane; ``cover`` says what of it shows."""

    plane: Plane

    def lay(self, dab: Dab, printed: Print, rect: Rect) -> None: ...

    def cover(self, rect: Rect) -> np.ndarray:
        """float32 [h, w] 0–1 in ``rect``, which lies inside one tile; may be written."""
        ...


def _zeros(place: Rect) -> np.ndarray:
    return np.zeros((BLOCK, BLOCK), np.float32)


def _ones(place: Rect) -> np.ndarray:
    return np.ones((BLOCK, BLOCK), np.float32)


class Flow:
    """Each dab adds its flow, and never beyond its level. The plane holds what is still uncovered, 1 − cover.

    At full level a dab is one product; so a stroke of flow φ leaves exactly Π (1 − φ·stamp).
    """

    def __init__(self, brush: Brush) -> None:
        self.plane = Plane(_ones)
        self._ground = Ground(brush)
        self._each = any(one.parameter == "texture" for one in brush.dynamics)
        self._wet = brush.wet_edges

    def lay(self, dab: Dab, printed: Print, rect: Rect) -> None:
        cover, keep = printed.cover, printed.keep
        if self._each:
            cover = self._ground.on(cover, rect, min(1.0, self._ground.strength * dab.texture))
            keep = None
        if keep is None and dab.level < 1:
            keep = 1 - np.float32(dab.flow) * cover
        view = self.plane.spot(rect)
        parts = self.plane.parts(rect) if view is None else ((view, ALL),)
        for part, where in parts:
            if keep is None:
                _thin(part, cover[where], dab.flow)
            else:
                _keep(part, keep[where], 1 - dab.level)

    def cover(self, rect: Rect) -> np.ndarray:
        result = 1 - self.plane.read(rect)
        if self._wet:
            result = wet_edges(result, self._wet)
        return result if self._each else self._ground.on(result, rect)


def _strips(view: np.ndarray) -> Iterator[slice]:
    step = max(1, _STRIP // view.shape[1])
    for top in range(0, view.shape[0], step):
        yield slice(top, top + step)


def _keep(view: np.ndarray, keep: np.ndarray, floor: float) -> None:
    """Takes what is above ``floor`` down by the factor ``keep``."""
    if floor <= 0:
        np.multiply(view, keep, out=view)
        return
    low = np.float32(floor)
    for strip in _strips(view):
        rows = view[strip]
        lowered = rows - low
        lowered *= keep[strip]
        lowered += low
        # below the floor this is above the old value
        np.minimum(rows, lowered, out=rows)


def _thin(view: np.ndarray, cover: np.ndarray, flow: float) -> None:
    """Takes ``view`` down by the factor 1 − flow · cover."""
    if 1 in view.shape:  # OpenCV would take it for a scalar
        view -= view * cover * np.float32(flow)
        return
    if view.size <= _STRIP:
        cv2.subtract(view, cv2.multiply(view, cover, scale=flow), dst=view)
        return
    for strip in _strips(view):
        rows = view[strip]
        cv2.subtract(rows, cv2.multiply(rows, cover[strip], scale=flow), dst=rows)


class Density:
    """Ink: the densest dab counts; thresholded on the grain of the paper."""

    def __init__(self, brush: Brush) -> None:
        self.plane = Plane(_zeros)
        self._grain = np.float32(brush.grain)
        self._ground = Ground(brush)

    def lay(self, dab: Dab, printed: Print, rect: Rect) -> None:
        dense = printed.cover if dab.level == 1 else printed.cover * np.float32(dab.level)
        for view, where in self.plane.parts(rect):
            np.maximum(view, dense[where], out=view)

    def cover(self, rect: Rect) -> np.ndarray:
        cover = self.plane.read(rect)
        density = (paper(rect) - np.float32(0.5)) * self._grain + cover
        density -= np.float32(0.25)
        density *= np.float32(2)
        np.clip(density, 0, 1, out=density)
        # Smooth step; a place that no dab touched stays untouched.
        result = density * density * (np.float32(3) - np.float32(2) * density)
        result[cover <= 0] = 0
        return self._ground.on(result, rect)


class Pigment:
    """Dabs of changing colour, each laid over those before; premultiplied [h, w, 4]."""

    def __init__(self, brush: Brush, colour: tuple[float, ...]) -> None:
        self.plane = Plane(_clear)
        self._ground = Ground(brush)
        self._wet = brush.wet_edges
        self._hsv = rgb_to_hsv(np.array(colour[:3], np.float64))
        self._plain = np.array([*colour[:3], 1.0], np.float32)

    def lay(self, dab: Dab, printed: Print, rect: Rect) -> None:
        weight = (np.float32(dab.flow * dab.level) * printed.cover)[..., None]
        if printed.colour is not None:
            paint = np.float32(dab.flow * dab.level) * printed.colour
        else:
            paint = weight * self.colour_of(dab)
        for view, where in self.plane.parts(rect):
            view *= 1 - weight[where]
            view += paint[where]

    def colour_of(self, dab: Dab) -> np.ndarray:
        """float32 [4]: the brush's colour with the dab's shifts of hue, saturation and value."""
        if not (dab.hue or dab.saturation or dab.value):
            return self._plain
        hue, saturation, value = self._hsv
        shifted = np.array(
            [(hue + dab.hue) % 1.0, _inside(saturation + dab.saturation), _inside(value + dab.value)]
        )
        return np.array([*hsv_to_rgb(shifted), 1.0], np.float32)

    def cover(self, rect: Rect) -> np.ndarray:
        return self._shown(self.plane.read(rect)[..., 3].copy(), rect)

    def paint(self, rect: Rect) -> np.ndarray:
        """Premultiplied float32 [h, w, 4] of what was laid, with texture."""
        paint = self.plane.read(rect).copy()
        if self._wet or self._ground.strength:
            alpha = paint[..., 3]
            shown = self._shown(alpha.copy(), rect)
            paint *= np.divide(shown, alpha, out=np.zeros_like(alpha), where=alpha > 0)[..., None]
        return paint

    def thinned(self, cover: np.ndarray, rect: Rect) -> np.ndarray:
        """The laid paint, thinned from its own coverage to ``cover``."""
        paint = self.paint(rect)
        alpha = paint[..., 3]
        paint *= np.divide(cover, alpha, out=np.zeros_like(alpha), where=alpha > 0)[..., None]
        return paint

    def _shown(self, cover: np.ndarray, rect: Rect) -> np.ndarray:
        if self._wet:
            cover = wet_edges(cover, self._wet)
        return self._ground.on(cover, rect)


def _clear(place: Rect) -> np.ndarray:
    return np.zeros((BLOCK, BLOCK, 4), np.float32)


def _inside(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def wet_edges(cover: np.ndarray, strength: float) -> np.ndarray:
    """Coverage with the paint drawn to the rim: where it is dense it becomes thin, where it is half it becomes dark.

    c·(1 − 0.65·s·t²·(3 − 2t)) + 0.4·s·(4c·(1 − c))², at most 1, with t = (c − 0.5) / 0.4 cut to 0–1.
    """
    inner = np.clip((cover - np.float32(0.5)) * np.float32(2.5), 0, 1)
    inner *= inner * (np.float32(3) - np.float32(2) * inner)
    rim = cover * (1 - cover)
    rim *= rim * np.float32(0.4 * 16 * strength)
    rim += cover * (1 - np.float32(0.65 * strength) * inner)
    return np.minimum(rim, 1, out=rim)
