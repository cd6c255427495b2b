"""A place in the bytes of a brush file: every read is checked against what is really there."""

from __future__ import annotations

import struct


class BrokenBrush(ValueError):
    """The file is broken. ``kind`` is a key of the project's sentences; ``reason`` fills it."""

    def __init__(self, kind: str, reason: str = "") -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason


def unknown_version(version: int) -> BrokenBrush:
    """For a version that is not read; a number that no program ever counted to is no version at all."""
    return BrokenBrush("brush_version" if version < 100 else "not_a_brush", str(version))


class Cursor:
    """Reads big-endian values one after another. Raises BrokenBrush("truncated") where the bytes end."""

    def __init__(self, data: bytes, start: int = 0, end: int | None = None) -> None:
        self._data = memoryview(data)
        self.place = start
        self.end = len(data) if end is None else min(end, len(data))

    @property
    def left(self) -> int:
        return self.end - self.place

    def take(self, count: int) -> bytes:
        """The next ``count`` bytes; nothing is allocated before they are known to be there."""
        if count < 0 or count > self.left:
            raise BrokenBrush("truncated")
        start, self.place = self.place, self.place + count
        return bytes(self._data[start : self.place])

    def skip(self, count: int) -> None:
        if count < 0 or count > self.left:
            raise BrokenBrush("truncated")
        self.place += count

    def within(self, count: int) -> Cursor:
        """A cursor over the next ``count`` bytes, which this one has then passed."""
        start = self.place
        self.skip(count)
        inner = Cursor(b"")
        inner._data, inner.place, inner.end = self._data, start, start + count
        return inner

    def u8(self) -> int:
        return self.take(1)[0]

    def u16(self) -> int:
        return int.from_bytes(self.take(2))

    def u32(self) -> int:
        return int.from_bytes(self.take(4))

    def i16(self) -> int:
        return int.from_bytes(self.take(2), signed=True)

    def i32(self) -> int:
        return int.from_bytes(self.take(4), signed=True)

    def f64(self) -> float:
        return struct.unpack(">d", self.take(8))[0]

    def utf16(self) -> str:
        """A count of UTF-16 units and the units; the closing zeros are dropped."""
        return self.take(2 * self.u32()).decode("utf-16-be", "replace").rstrip("\0")
