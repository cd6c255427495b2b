"""Pixels in a message: bytes with shape, type and colour space."""

from __future__ import annotations

import msgspec
import numpy as np


class Pixels(msgspec.Struct, frozen=True):
    """An array [height, width, channels] as bytes. Crosses processes beside the header, never inside a pickle.

    ``colour_space`` is "srgb" (encoded, 0–255 for uint8 and 0–1 for floats, straight alpha) unless said otherwise.
    ``data`` may be a read-only memoryview of the received frame: read it through :meth:`array`.
    """

    shape: tuple[int, ...]
    dtype: str
    data: bytes
    colour_space: str = "srgb"

    @classmethod
    def of(cls, array: np.ndarray, colour_space: str = "srgb") -> Pixels:
        array = np.ascontiguousarray(array)
        return cls(array.shape, array.dtype.str, array.tobytes(), colour_space)

    def array(self) -> np.ndarray:
        """A read-only array over the bytes. Raises ValueError when they do not fit the shape."""
        return np.frombuffer(self.data, np.dtype(self.dtype)).reshape(self.shape)
