"""What happens to coverage when all dabs are laid: wet edges, and the ground that takes the paint."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studio.raster.dab import Dab
from studio.raster.geometry import Rect
from studio.raster.plane import BLOCK, Plane
from studio.raster.texture import Ground

if TYPE_CHECKING:
    from studio.raster.brush import Brush


class Varied:
    """A factor that each dab has of its own: at each pixel those of the dabs laid over each other, as paint is."""

    def __init__(self) -> None:
        self._plane = Plane(_nothing)

    def lay(self, factor: float, weight: np.ndarray, rect: Rect) -> None:
        kept = 1 - weight
        for view, where in self._plane.parts(rect):
            view *= kept[where][..., None]
            view[..., 0] += np.float32(factor) * weight[where]
            view[..., 1] += weight[where]

    def at(self, rect: Rect) -> np.ndarray:
        """float32 [h, w]; 1 where no dab lies."""
        found = self._plane.read(rect)
        weight = found[..., 1]
        return np.divide(found[..., 0], weight, out=np.ones_like(weight), where=weight > 1e-6)


def varied(brush: Brush, parameter: str, value: float) -> Varied | None:
    """For a parameter that sensors drive from dab to dab; None where it is ``value`` everywhere, or nothing."""
    return Varied() if value and any(one.parameter == parameter for one in brush.dynamics) else None


class Finish:
    """Wet edges and texture of one brush; ``texture`` False where each dab has its texture already."""

    def __init__(self, brush: Brush, *, texture: bool = True) -> None:
        self._ground = Ground(brush) if texture else None
        strength = self._ground.strength if self._ground is not None else 0.0
        self._wet = brush.wet_edges
        self._wet_each = varied(brush, "wet_edges", brush.wet_edges)
        self._texture_each = varied(brush, "texture", strength)
        self._scale_each = varied(brush, "texture_scale", strength)
        self.each = any(one is not None for one in (self._wet_each, self._texture_each, self._scale_each))
        """Whether :meth:`lay` is to be told of every dab."""

    @property
    def plain(self) -> bool:
        """Whether coverage stays as it is."""
        return not self._wet and not (self._ground is not None and self._ground.strength)

    def lay(self, dab: Dab, weight: np.ndarray, rect: Rect) -> None:
        """Takes what a dab that covers ``weight`` [h, w] has of its own."""
        if self._wet_each is not None:
            self._wet_each.lay(dab.wet_edges, weight, rect)
        if self._texture_each is not None:
            self._texture_each.lay(dab.texture, weight, rect)
        if self._scale_each is not None:
            self._scale_each.lay(dab.texture_scale, weight, rect)

    def shown(self, cover: np.ndarray, rect: Rect) -> np.ndarray:
        """What is seen of ``cover`` [h, w] in ``rect``; a new array, or ``cover`` itself where all is seen."""
        if self._wet:
            strength: np.ndarray | float = self._wet
            if self._wet_each is not None:
                strength = np.minimum(np.float32(self._wet) * self._wet_each.at(rect), np.float32(1))
            cover = wet_edges(cover, strength)
        if self._ground is None:
            return cover
        scale = 1.0 if self._scale_each is None else self._scale_each.at(rect)
        if self._texture_each is None:
            return self._ground.on(cover, rect, scale=scale)
        strength = np.minimum(np.float32(self._ground.strength) * self._texture_each.at(rect), np.float32(1))
        return self._ground.on(cover, rect, strength, scale)


def wet_edges(cover: np.ndarray, strength: np.ndarray | float) -> np.ndarray:
    """Coverage with the paint drawn to the rim: where it is dense it becomes thin, where it is half it becomes dark.

    c·(1 − 0.65·s·t²·(3 − 2t)) + 0.4·s·(4c·(1 − c))², at most 1, with t = (c − 0.5) / 0.4 cut to 0–1.
    """
    strength = np.asarray(strength, np.float32)
    inner = np.clip((cover - np.float32(0.5)) * np.float32(2.5), 0, 1)
    inner *= inner * (np.float32(3) - np.float32(2) * inner)
    rim = cover * (1 - cover)
    rim *= rim * (np.float32(0.4 * 16) * strength)
    rim += cover * (1 - np.float32(0.65) * strength * inner)
    return np.minimum(rim, 1, out=rim)


def _nothing(place: Rect) -> np.ndarray:
    return np.zeros((BLOCK, BLOCK, 2), np.float32)
