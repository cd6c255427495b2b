"""What a repair refuses, in sentences; and what every repair checks first."""

from __future__ import annotations

import cv2
import numpy as np

from studio.recipe import QT_TRANSLATE_NOOP


class HealError(ValueError):
    """A repair that cannot be made. ``text``: English source text of context ``document``."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(text)


EMPTY = QT_TRANSLATE_NOOP("document", "Nothing is marked. Select what is to be repaired.")
FULL = QT_TRANSLATE_NOOP(
    "document", "Everything is marked, so nothing is left to repair from. Select only what is to be repaired."
)
NO_SOURCE = QT_TRANSLATE_NOOP(
    "document", "There is nothing to take from. Let the sampled part hold more of the picture."
)
OTHER_SIZE = QT_TRANSLATE_NOOP(
    "document", "The mask has another size than the picture. Give one of the same size."
)


def finite(pixels: np.ndarray) -> np.ndarray:
    """The pixels with 0 for NaN and ±65504 for infinities; the same array where there are none."""
    if cv2.checkRange(pixels)[0]:
        return pixels
    return np.nan_to_num(pixels, nan=0.0, posinf=65504.0, neginf=-65504.0)


def check_mask(pixels: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """The mask [h, w] as bool, true where it is above ½. Raises HealError for one that is empty, full or of another size."""
    if mask.shape != pixels.shape[:2]:
        raise HealError(OTHER_SIZE)
    marked = mask if mask.dtype == bool else mask > 0.5
    if not marked.any():
        raise HealError(EMPTY)
    if marked.all():
        raise HealError(FULL)
    return marked
