"""Gradient fill layers at any place and level."""

from __future__ import annotations

import numpy as np

from studio.document.layer import Affine
from studio.raster import gradient
from studio.raster.geometry import Rect
from studio.recipe import RecipeError, Stored
from studio.render.pyramid import compose_transforms, inverse
from studio.synthesis.fills import FillGradient, parameters_of


def gradient_tile(stored: Stored, transform: Affine, profile: bytes, rect: Rect, level: int) -> np.ndarray:
    """Premultiplied float32 [h, w, 4] of ``rect`` (pixels of ``level``); ``transform`` from the layer to the document.

    ``profile``: of the document's colours; version 1 mixed them as if they were sRGB's, and still does. Values that are
    not allowed, of another version's file, show nothing.
    """
    back = inverse(transform)
    try:
        values: FillGradient = parameters_of(stored)
    except RecipeError:
        return np.zeros((rect.height, rect.width, 4), np.float32)
    if back is None:
        return np.zeros((rect.height, rect.width, 4), np.float32)
    grow = float(1 << level)
    return gradient.paint(
        values.stops,
        values.kind,
        (values.x0, values.y0),
        (values.x1, values.y1),
        rect,
        to_gradient=compose_transforms(back, (grow, 0, 0, grow, 0, 0)),
        extend=values.extend,
        space=values.space,
        dither=values.dither,
        profile=profile if stored.version >= 2 else b"",
    )
