"""Photoshop's descriptors: a tree of named values. Source: Adobe Photoshop File Formats Specification, “Descriptor”."""

from __future__ import annotations

from typing import Any

from studio.project.brushes.cursor import BrokenBrush, Cursor

DEEPEST = 24
MOST_VALUES = 200_000
VERSION = 16


def read_descriptor(cursor: Cursor) -> dict[str, Any]:
    """A descriptor with its version before it. Lists are lists, units are dropped from numbers. Raises BrokenBrush."""
    if cursor.u32() != VERSION:
        raise BrokenBrush("damaged", "descriptor")
    return _Reading(cursor).descriptor(0)


class _Reading:
    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._values = 0

    def descriptor(self, depth: int) -> dict[str, Any]:
        cursor = self._cursor
        cursor.utf16()
        found: dict[str, Any] = {"class": self._key()}
        for _ in range(self._count()):
            key = self._key()
            found[key] = self._value(depth)
        return found

    def _value(self, depth: int) -> Any:
        self._values += 1
        if depth > DEEPEST or self._values > MOST_VALUES:
            raise BrokenBrush("damaged", "descriptor")
        cursor = self._cursor
        kind = cursor.take(4)
        if kind in (b"Objc", b"GlbO"):
            return self.descriptor(depth + 1)
        if kind == b"VlLs":
            return [self._value(depth + 1) for _ in range(self._count())]
        if kind == b"UntF":
            cursor.skip(4)
            return cursor.f64()
        if kind == b"doub":
            return cursor.f64()
        if kind == b"TEXT":
            return cursor.utf16()
        if kind == b"bool":
            return bool(cursor.u8())
        if kind == b"long":
            return cursor.i32()
        if kind == b"comp":
            return int.from_bytes(cursor.take(8), signed=True)
        return self._rare(kind)

    def _rare(self, kind: bytes) -> Any:
        cursor = self._cursor
        if kind == b"enum":
            self._key()
            return self._key()
        if kind in (b"type", b"GlbC"):
            cursor.utf16()
            return self._key()
        if kind in (b"tdta", b"alis", b"Pth "):
            return cursor.take(cursor.u32())
        if kind == b"UnFl":
            cursor.skip(4)
            return [cursor.f64() for _ in range(self._count())]
        raise BrokenBrush("damaged", kind.decode("latin-1"))

    def _key(self) -> str:
        return self._cursor.take(self._cursor.u32() or 4).decode("latin-1")

    def _count(self) -> int:
        """How many values follow; each needs at least four bytes."""
        count = self._cursor.u32()
        if count * 4 > self._cursor.left:
            raise BrokenBrush("truncated")
        return count
