"""Fill layers by rule where their layer lies: moved with the crop, enlarged with the picture, turned with the canvas."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import cv2
import msgspec
import numpy as np

from studio.document.layer import IDENTITY, Affine
from studio.raster.geometry import Rect
from studio.render.pyramid import bounds_under, compose_transforms, inverse

_AROUND = 3
"""Pixels that a cubic interpolation reads beyond the outermost place."""
_SAME = 1e-6


class FillMaker(msgspec.Struct, frozen=True):
    """``draw``: (parameters, rectangle in pixels that are ``pixel`` document pixels wide, ``pixel``) → premultiplied
    float32 [h, w, 4]. ``any_pixel``: whether these may have any width; numbers drawn for each pixel know powers of two only.
    """

    draw: Callable[[dict[str, Any], Rect, float], np.ndarray]
    any_pixel: bool = False

    def __call__(self, parameters: dict[str, Any], rect: Rect, level: int) -> np.ndarray:
        """What an unmoved layer shows in ``rect``, pixels of ``level``."""
        return self.draw(parameters, rect, float(1 << level))

    def placed(self, parameters: dict[str, Any], transform: Affine, rect: Rect, pixel: float) -> np.ndarray:
        """What it shows under ``transform``, from the layer to the document, in ``rect`` of pixels of that width.

        Whole pixels away the pixels are the same bit for bit. Other sizes of a field are drawn in their own detail;
        what is turned or sheared, and drawn numbers of another size, is resampled once.
        """
        if transform == IDENTITY:
            return self.draw(parameters, rect, pixel)
        scale = _even_scale(transform)
        if scale is not None and (self.any_pixel or scale == 1.0):
            x, y = (math.floor(offset / pixel + 0.5) for offset in transform[4:])
            return self.draw(parameters, rect.move(-x, -y), pixel / scale)
        return self._resampled(parameters, transform, rect, pixel)

    def _resampled(
        self, parameters: dict[str, Any], transform: Affine, rect: Rect, pixel: float
    ) -> np.ndarray:
        back = inverse(transform)
        if back is None:
            return np.zeros((rect.height, rect.width, 4), np.float32)
        # the mip level of the layer whose pixels are nearest to those shown, and no larger
        shrink = pixel * math.sqrt(abs(back[0] * back[3] - back[1] * back[2]))
        own = max(0, math.floor(math.log2(max(shrink, 1.0)) + _SAME))
        to_own = compose_transforms(
            compose_transforms((0.5**own, 0, 0, 0.5**own, 0, 0), back), (pixel, 0, 0, pixel, 0, 0)
        )
        source = bounds_under(to_own, rect).grow(_AROUND)
        pixels = self.draw(parameters, source, float(1 << own))
        a, b, c, d, x, y = to_own
        columns = np.arange(rect.left, rect.right) + 0.5
        rows = np.arange(rect.top, rect.bottom)[:, None] + 0.5
        across = (a * columns + c * rows + (x - source.left - 0.5)).astype(np.float32)
        down = (b * columns + d * rows + (y - source.top - 0.5)).astype(np.float32)
        return cv2.remap(pixels, across, down, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)


def _even_scale(transform: Affine) -> float | None:
    """How many times as large the layer is shown; None where it is turned, mirrored, sheared or stretched."""
    a, b, c, d = transform[:4]
    if a <= 0 or abs(a - d) > _SAME * a or max(abs(b), abs(c)) > _SAME * a:
        return None
    return 1.0 if abs(a - 1) < _SAME else a
