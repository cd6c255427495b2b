"""A JPEG from bands: each is encoded alone, and their scans are joined at restart markers, so that no more than a band is in
memory.

With a restart interval of one row of blocks the predictors begin anew at each row (ITU-T T.81, E.1.4 and F.1.2.1.3), so that rows
of several files with the same tables make one scan: the decoded pixels are those of the picture encoded at once.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator

import numpy as np

ROWS = 128
"""Heights of all bands but the last are multiples of it: eight rows of the largest blocks, after which markers count anew."""
_SCAN, _FRAME = 0xDA, 0xC0
_LAST_MARKER, _END = b"\xff\xd7", b"\xff\xd9"

Save = Callable[[np.ndarray, bool], bytes]
"""A baseline file of a band, uint8 [h, w, 3], with the usual tables and a restart marker after each row of blocks; whether it is the first,
which brings the picture's profile and words."""


def jpeg_parts(height: int, bands: Iterable[np.ndarray], save: Save) -> Iterator[bytes]:
    """The file's bytes. Raises ValueError for a band that is not high enough to be joined to the next."""
    done = 0
    for band in bands:
        if done % ROWS:
            raise ValueError(f"bands end at row {done}, not at a multiple of {ROWS}")
        data = save(band, not done)
        scan = _scan_of(data)
        yield _with_height(data[:scan], height) if not done else _LAST_MARKER
        yield data[scan : -len(_END)]
        done += len(band)
    yield _END


def _segments(data: bytes) -> Iterator[tuple[int, int]]:
    """(marker, where it stands) up to the scan."""
    at = 2
    while True:
        marker, length = data[at + 1], struct.unpack_from(">H", data, at + 2)[0]
        yield marker, at
        if marker == _SCAN:
            return
        at += 2 + length


def _scan_of(data: bytes) -> int:
    """Where the first scan's coded blocks begin."""
    at = next(at for marker, at in _segments(data) if marker == _SCAN)
    return at + 2 + struct.unpack_from(">H", data, at + 2)[0]


def _with_height(head: bytes, height: int) -> bytes:
    at = next(at for marker, at in _segments(head) if marker == _FRAME)
    return head[: at + 5] + struct.pack(">H", height) + head[at + 7 :]
