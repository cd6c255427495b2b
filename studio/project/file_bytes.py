"""A file that is read like its bytes, a slice at a time, so that a very large one is never in memory."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import BinaryIO, overload

_PART = 1 << 20


class FileBytes:
    """Slices are read when they are asked for, from any thread. Raises OSError like ``open``."""

    def __init__(self, path: str | Path) -> None:
        self._file = open(path, "rb")
        self._size = os.fstat(self._file.fileno()).st_size
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, key: int) -> int: ...
    @overload
    def __getitem__(self, key: slice) -> bytes: ...
    def __getitem__(self, key: int | slice) -> int | bytes:
        if isinstance(key, int):
            return self[key : key + 1][0]
        start, stop, step = key.indices(self._size)
        if step != 1:
            raise ValueError("only what lies together is read")
        with self._lock:
            self._file.seek(start)
            return self._file.read(max(0, stop - start))

    def find(self, wanted: bytes, start: int = 0) -> int:
        """Where ``wanted`` first stands, −1 where it does not."""
        for place in range(start, self._size, _PART):
            at = self[place : place + _PART + len(wanted) - 1].find(wanted)
            if at >= 0:
                return place + at
        return -1

    def file(self) -> BinaryIO:
        """The same file opened once more, for what reads files."""
        return open(self._file.name, "rb")

    def close(self) -> None:
        self._file.close()

    def __del__(self) -> None:
        if hasattr(self, "_file"):  # a picture that nobody waited for is never read to its end
            self._file.close()


Bytes = bytes | FileBytes
