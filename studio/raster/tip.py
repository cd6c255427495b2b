"""A brush tip made of pixels: the stamp of a GIMP or Photoshop brush, or a texture of paper."""

from __future__ import annotations

import hashlib
import zlib

import msgspec
import numpy as np

LARGEST = 4096
"""The longest side of a tip, pixels."""


class TipError(ValueError):
    """A tip's bytes are not what its size says."""


class Tip(msgspec.Struct, frozen=True):
    """8-bit pixels, deflated: ``channels`` 1 is how much the tip covers (255 full), 4 straight RGBA of its own colours."""

    width: int
    height: int
    channels: int
    data: bytes

    @classmethod
    def of(cls, pixels: np.ndarray) -> Tip:
        """A tip of uint8 ``pixels`` [h, w] (coverage) or [h, w, 4] (straight RGBA). Raises TipError."""
        channels = pixels.shape[2] if pixels.ndim == 3 else 1
        if pixels.dtype != np.uint8 or channels not in (1, 4) or not pixels.size:
            raise TipError(f"a tip is uint8 [h, w] or [h, w, 4], not {pixels.dtype} {pixels.shape}")
        if max(pixels.shape[:2]) > LARGEST:
            raise TipError(f"a tip has at most {LARGEST} pixels a side, not {max(pixels.shape[:2])}")
        packed = zlib.compress(np.ascontiguousarray(pixels).tobytes(), 6)
        return cls(pixels.shape[1], pixels.shape[0], channels, packed)

    def pixels(self) -> np.ndarray:
        """uint8 [h, w] or [h, w, 4]. Raises TipError where the bytes are damaged."""
        if not (0 < self.width <= LARGEST and 0 < self.height <= LARGEST and self.channels in (1, 4)):
            raise TipError(f"a tip of {self.width} × {self.height} × {self.channels} is not possible")
        wanted = self.width * self.height * self.channels
        unpack = zlib.decompressobj()
        try:
            plain = unpack.decompress(self.data, wanted + 1)
        except zlib.error as error:
            raise TipError(f"the pixels of the tip are damaged: {error}") from None
        if len(plain) != wanted:
            raise TipError(f"the tip has {len(plain)} bytes instead of {wanted}")
        shape = (self.height, self.width) if self.channels == 1 else (self.height, self.width, 4)
        return np.frombuffer(plain, np.uint8).reshape(shape)

    @property
    def digest(self) -> str:
        """32 hexadecimal digits that identify the pixels."""
        head = f"{self.width}x{self.height}x{self.channels}".encode()
        return hashlib.blake2b(head + self.data, digest_size=16).hexdigest()
