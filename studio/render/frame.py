"""Float32 accumulators: the pixels of a rectangle while layers are put on them."""

from __future__ import annotations

import threading

import numpy as np

from studio.raster.blend_native import Pile
from studio.raster.geometry import Rect

_spare = threading.local()
_MOST_SPARE = 12


class Frame:
    """Premultiplied float32 pixels of ``rect`` (pixels of one mip level)."""

    __slots__ = ("_memory", "array", "rect")

    def __init__(self, rect: Rect, array: np.ndarray, memory: np.ndarray | None = None) -> None:
        self.rect = rect
        self.array = array
        self._memory = memory

    @classmethod
    def clear(cls, rect: Rect) -> Frame:
        """Transparent pixels in memory that :meth:`release` gives back to this thread's store."""
        frame = cls.unset(rect)
        frame.array[...] = 0
        return frame

    @classmethod
    def unset(cls, rect: Rect) -> Frame:
        size = rect.width * rect.height * 4
        spare = getattr(_spare, "arrays", None)
        if spare is None:
            spare = _spare.arrays = []
        found = next((i for i, each in enumerate(spare) if size <= each.size <= max(4 * size, 1 << 16)), None)
        memory = spare.pop(found) if found is not None else np.empty(size, np.float32)
        return cls(rect, memory[:size].reshape(rect.height, rect.width, 4), memory)

    def view(self, rect: Rect) -> np.ndarray:
        """The part of the pixels in ``rect``, which must lie inside."""
        x, y = rect.left - self.rect.left, rect.top - self.rect.top
        return self.array[y : y + rect.height, x : x + rect.width]

    def pile(self) -> Pile:
        """Takes what is to be put on the pixels by one call."""
        return Pile(self.array, self.rect.left, self.rect.top)

    def copy(self, rect: Rect | None = None) -> Frame:
        rect = rect or self.rect
        made = Frame.unset(rect)
        made.array[...] = self.view(rect)
        return made

    def cropped(self, rect: Rect) -> Frame:
        """The same memory, seen through a smaller rectangle; this frame must not be used any more."""
        if rect == self.rect:
            return self
        part = Frame(rect, self.view(rect), self._memory)
        self._memory = None
        return part

    def release(self) -> None:
        """Gives the memory back; nothing may use the frame or views of it afterwards."""
        memory, self._memory = self._memory, None
        spare = getattr(_spare, "arrays", None)
        if memory is not None and spare is not None and len(spare) < _MOST_SPARE:
            spare.append(memory)


def part_of(array: np.ndarray, whole: Rect, rect: Rect) -> np.ndarray:
    """The part in ``rect`` of an array that fills ``whole``."""
    x, y = rect.left - whole.left, rect.top - whole.top
    return array[y : y + rect.height, x : x + rect.width]


def lerp(frame: Frame, other: Frame, amount: float | np.ndarray) -> None:
    """frame += amount · (other − frame); overwrites ``other``."""
    if isinstance(amount, float) and amount == 1.0:
        frame.array[...] = other.array
        return
    other.array -= frame.array
    other.array *= np.float32(amount) if isinstance(amount, float) else amount
    frame.array += other.array


def make_opaque(pixels: np.ndarray) -> None:
    """Straight colours with alpha 1, in place; transparent pixels become black."""
    alpha = pixels[..., 3:].copy()
    np.divide(pixels, alpha, out=pixels, where=alpha > 0)
    pixels[..., :3] *= alpha > 0
    pixels[..., 3] = 1
