"""What dabs build up in a stroke's buffer before it is laid on the layer: coverage, or paint of several colours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

import cv2
import numpy as np

from studio.raster.colour import hsv_to_rgb, rgb_to_hsv
from studio.raster.dab import Dab
from studio.raster.finish import Finish, varied
from studio.raster.geometry import Rect
from studio.raster.plane import ALL, BLOCK, Plane, uniform
from studio.raster.stamp import Print
from studio.raster.texture import Ground, paper
from studio.raster.wet_native import lay_paint

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


class Flow:
    """Each dab adds its flow, and never beyond its level. The plane holds what is still uncovered, 1 − cover.

    At full level a dab is one product; so a stroke of flow φ leaves exactly Π (1 − φ·stamp). Of a sharp tip a pixel at the
    edge is never covered further than the edge reaches into it: else dabs on dabs would make its smooth edge jagged, and the
    stroke wider here than there.
    """

    def __init__(self, brush: Brush) -> None:
        self.plane = Plane(uniform(1.0))
        self._ground = Ground(brush)
        self._each = any(one.parameter in ("texture", "texture_scale") for one in brush.dynamics)
        self._finish = Finish(brush, texture=not self._each)
        self._own = self._finish.each

    def lay(self, dab: Dab, printed: Print, rect: Rect) -> None:
        cover, keep = printed.cover, printed.keep
        if self._each:
            strength = min(1.0, self._ground.strength * dab.texture)
            cover = self._ground.on(cover, rect, strength, dab.texture_scale)
            keep = None
        if self._own:
            self._finish.lay(dab, cover * np.float32(dab.flow * dab.level), rect)
        view = self.plane.spot(rect)
        parts = self.plane.parts(rect) if view is None else ((view, ALL),)
        if printed.sharp:
            for part, where in parts:
                _edge(part, cover[where], dab.flow, dab.level)
            return
        if keep is None and dab.level < 1:
            keep = 1 - np.float32(dab.flow) * cover
        for part, where in parts:
            if keep is None:
                _thin(part, cover[where], dab.flow)
            else:
                _keep(part, keep[where], 1 - dab.level)

    def cover(self, rect: Rect) -> np.ndarray:
        return self._finish.shown(1 - self.plane.read(rect), rect)


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


def _edge(view: np.ndarray, cover: np.ndarray, flow: float, level: float) -> None:
    """Takes what of ``view`` is above 1 − level · cover down by the factor 1 − flow."""
    for strip in _strips(view):
        rows = view[strip]
        floor = 1 - np.float32(level) * cover[strip]
        if flow < 1:  # v + flow · (floor − v)
            floor -= rows
            floor *= np.float32(flow)
            floor += rows
        np.minimum(rows, floor, out=rows)


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
    """Ink: each dab takes the density towards its own, by its flow and never down; thresholded on the grain of the paper.

    At full flow the densest dab counts; at low flow a quick brush leaves little, and the grain shows.
    """

    def __init__(self, brush: Brush) -> None:
        self.plane = Plane(uniform(0.0))
        self._grain = np.float32(brush.grain)
        self._grain_each = varied(brush, "grain", brush.grain)
        self._finish = Finish(brush)
        self._own = self._finish.each or self._grain_each is not None

    def lay(self, dab: Dab, printed: Print, rect: Rect) -> None:
        dense = printed.cover if dab.level == 1 else printed.cover * np.float32(dab.level)
        if self._own:
            self._finish.lay(dab, dense, rect)
            if self._grain_each is not None:
                self._grain_each.lay(dab.grain, dense, rect)
        for view, where in self.plane.parts(rect):
            if dab.flow == 1:
                np.maximum(view, dense[where], out=view)
            else:
                view += np.float32(dab.flow) * np.maximum(dense[where] - view, 0)

    def cover(self, rect: Rect) -> np.ndarray:
        grain: np.ndarray | np.float32 = self._grain
        if self._grain_each is not None:
            grain = np.minimum(grain * self._grain_each.at(rect), np.float32(1))
        return self._finish.shown(inked(self.plane.read(rect), rect, grain), rect)


def inked(density: np.ndarray, rect: Rect, grain: np.ndarray | np.float32) -> np.ndarray:
    """What ink of ``density`` [h, w] covers on paper whose ``grain`` shows: a smooth step; untouched paper stays so."""
    inner = (paper(rect) - np.float32(0.5)) * grain + density
    inner -= np.float32(0.25)
    inner *= np.float32(2)
    np.clip(inner, 0, 1, out=inner)
    result = inner * inner * (np.float32(3) - np.float32(2) * inner)
    result[density <= 0] = 0
    return result


class Tint:
    """The brush's colour with what each dab shifts of it."""

    def __init__(self, colour: tuple[float, ...]) -> None:
        self._hsv = rgb_to_hsv(np.array(colour[:3], np.float64))
        self._plain = np.array([*colour[:3], 1.0], np.float32)

    def of(self, dab: Dab) -> np.ndarray:
        """float32 [4]: straight, opaque; saturation and value stay inside 0–1."""
        if not (dab.hue or dab.saturation or dab.value):
            return self._plain
        hue, saturation, value = self._hsv
        shifted = np.array(
            [(hue + dab.hue) % 1.0, _inside(saturation + dab.saturation), _inside(value + dab.value)]
        )
        return np.array([*hsv_to_rgb(shifted), 1.0], np.float32)


_NO_PAINT = np.zeros(4, np.float32)


class Pigment:
    """Dabs of changing colour, each laid over those before; premultiplied [h, w, 4]."""

    def __init__(self, brush: Brush, colour: tuple[float, ...]) -> None:
        self.plane = Plane(_clear)
        self._finish = Finish(brush)
        self._own = self._finish.each
        self._tint = Tint(colour)

    def lay(self, dab: Dab, printed: Print, rect: Rect) -> None:
        share = dab.flow * dab.level
        if self._own:
            self._finish.lay(dab, np.float32(share) * printed.cover, rect)
        colours, part = printed.colour, _NO_PAINT if printed.colour is not None else self._tint.of(dab)
        for view, where in self.plane.parts(rect):
            cover = printed.cover[where]
            own = None if colours is None else (colours[where], cover, 1.0)
            lay_paint(cover, None, view, share, part, own)

    def cover(self, rect: Rect) -> np.ndarray:
        return self._finish.shown(self.plane.read(rect)[..., 3].copy(), rect)

    def thinned(self, cover: np.ndarray, rect: Rect) -> np.ndarray:
        """Premultiplied float32 [h, w, 4]: the laid colours, as dense as ``cover`` [h, w] says."""
        paint = self.plane.read(rect)
        return paint * _share(cover, paint[..., 3])[..., None]


class TintedInk(Density):
    """Ink whose dabs change in colour: the density of ink, the colours of paint laid over paint."""

    def __init__(self, brush: Brush, colour: tuple[float, ...]) -> None:
        super().__init__(brush)
        self._pigment = Pigment(brush, colour)

    def lay(self, dab: Dab, printed: Print, rect: Rect) -> None:
        super().lay(dab, printed, rect)
        self._pigment.lay(dab, printed, rect)

    def thinned(self, cover: np.ndarray, rect: Rect) -> np.ndarray:
        """As of :class:`Pigment`."""
        return self._pigment.thinned(cover, rect)


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.divide(part, whole, out=np.zeros_like(whole), where=whole > 0)


def _clear(place: Rect) -> np.ndarray:
    return np.zeros((BLOCK, BLOCK, 4), np.float32)


def _inside(value: float) -> float:
    return min(max(value, 0.0), 1.0)
