"""Pixels of a picture as Qt paints them."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage


def image_of(pixels: np.ndarray) -> QImage:
    """An image of its own memory; ``pixels``: premultiplied float [h, w, 4] in sRGB, cut to what can be shown."""
    alpha = np.clip(pixels[..., 3:], 0, 1)
    eight = np.concatenate((np.clip(pixels[..., :3], 0, alpha), alpha), 2)
    eight = np.ascontiguousarray((eight * 255).round().astype(np.uint8))
    kind = QImage.Format.Format_RGBA8888_Premultiplied
    return QImage(eight.data, eight.shape[1], eight.shape[0], eight.strides[0], kind).copy()
