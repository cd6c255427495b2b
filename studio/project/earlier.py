"""What a project keeps of the steps that it holds no more: their number, the time they took, small pictures for the film.

Steps leave in two ways: the oldest when a file would hold too many, and those that were undone when painting goes on. Of
the undone ones only the time stays.

Each step may have a small picture in the table ``thumbnail``, named ``step <id>``. When a step leaves the file its picture
stays as ``film <number>``, the number counted from the picture's very first step; ``earlier_steps`` and ``earlier_seconds``
in ``meta`` say what has left so far. A file of another version has none of them and means nothing else.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Sequence

import cv2
import msgspec
import numpy as np

from studio.document.history import worked_seconds
from studio.project.store import Reader

MOST_FRAMES = 600
MOST_BYTES = 12 << 20
"""20 KiB for each of the most frames."""
QUALITY = 60
"""WebP, 0–100: 480 × 480 pixels of a painting are about 15 KB (measured)."""
_STEP, _FILM = "step ", "film "
Row = tuple
"""Of the table ``revision``: seq, id, parent, label, time, manifest."""


class Earlier(msgspec.Struct, frozen=True, kw_only=True):
    """``steps`` that were made before the first one the file holds; ``seconds``: how long was worked on them and on steps
    that were undone and are gone; ``film_from``: the number of the first of ``steps`` that has a small picture, ``steps``
    where none has."""

    steps: int = 0
    seconds: float = 0.0
    film_from: int = 0


NOTHING = Earlier()


def earlier(reader: Reader) -> Earlier:
    """What has left the file."""
    steps = _count(reader)
    numbers = _film_numbers(reader)
    return Earlier(steps=steps, seconds=seconds(reader), film_from=min((*numbers, steps)) if steps else 0)


def film(reader: Reader) -> list[tuple[int, bytes]]:
    """(number of the step, encoded picture) of steps that have left the file, oldest first; some kilobytes each."""
    steps = _count(reader)
    rows = reader.query("SELECT name, png FROM thumbnail WHERE name LIKE 'film %'")
    found = ((_number(name), data) for name, data in rows if isinstance(data, bytes))
    return sorted((number, data) for number, data in found if 0 <= number < steps)


def encode(pixels: np.ndarray) -> bytes:
    """A small picture, straight uint8 RGBA [h, w, 4], as WebP."""
    done, data = cv2.imencode(
        ".webp", cv2.cvtColor(pixels, cv2.COLOR_RGBA2BGRA), [cv2.IMWRITE_WEBP_QUALITY, QUALITY]
    )
    return data.tobytes() if done else b""


def decode(data: bytes) -> np.ndarray | None:
    """Straight uint8 RGBA [h, w, 4]; None where it cannot be read."""
    try:
        pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error:
        return None
    if pixels is None or pixels.ndim != 3 or pixels.dtype != np.uint8:
        return None
    return cv2.cvtColor(pixels, cv2.COLOR_BGRA2RGBA if pixels.shape[2] == 4 else cv2.COLOR_BGR2RGBA)


def name_of(revision: object) -> str:
    """Under which a step's small picture stands in the table ``thumbnail``."""
    return f"{_STEP}{revision}"


def is_frame(name: str) -> bool:
    """Whether a thumbnail belongs to the film."""
    return name.startswith((_STEP, _FILM))


def carry(connection: sqlite3.Connection, reader: Reader, line: Sequence[Row], kept: int) -> None:
    """Writes into ``connection`` what is known of the steps of ``line`` (oldest first) when only the last ``kept`` stay,
    after what ``reader``, which has them all, knew of still earlier ones."""
    before, left = _count(reader), len(line) - kept
    times = [row[4] for row in line[: left + 1]]
    if before + left:
        values = {"earlier_steps": before + left, "earlier_seconds": seconds(reader) + worked_seconds(times)}
        connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", list(values.items()))
    sizes = dict(reader.query("SELECT name, length(png) FROM thumbnail WHERE name LIKE '____ %'"))
    frames = {number: name for name in sizes if 0 <= (number := _number(name)) < before}
    for number, row in enumerate(line, start=before):
        if (name := name_of(row[1])) in sizes:
            frames[number] = name
    for number in _thinned({number: sizes[name] for number, name in frames.items()}):
        name = frames[number]
        kept_name = name if number >= before + left else f"{_FILM}{number:09d}"
        for data, time in reader.query("SELECT png, time FROM thumbnail WHERE name = ?", (name,)):
            connection.execute("INSERT OR REPLACE INTO thumbnail VALUES (?, ?, ?)", (kept_name, data, time))


def _thinned(sizes: dict[int, int]) -> list[int]:
    """Numbers of the frames that stay: one of each run of 1, 2, 4, 8 … steps, the shortest runs whose frames are few enough.
    What stays at one length is what stays of it at the next, so that saving often thins no more than saving once."""
    run = 1
    while True:
        first: dict[int, int] = {}
        for number in sorted(sizes):
            first.setdefault(number // run, number)
        kept = list(first.values())
        small = len(kept) <= MOST_FRAMES and sum(sizes[number] for number in kept) <= MOST_BYTES
        if small or len(kept) == 1:
            return kept
        run *= 2


def _film_numbers(reader: Reader) -> list[int]:
    rows = reader.query("SELECT name FROM thumbnail WHERE name LIKE 'film %'")
    return [number for (name,) in rows if (number := _number(name)) >= 0]


def _number(name: str) -> int:
    """−1 for a name that is none of the film's."""
    text = name.removeprefix(_FILM)
    return int(text) if name.startswith(_FILM) and text.isdecimal() and len(text) < 16 else -1


def _count(reader: Reader) -> int:
    value = reader.meta("earlier_steps")
    return value if isinstance(value, int) and value > 0 else 0


def seconds(reader: Reader) -> float:
    """How long was worked on what has left, 0 where nothing sensible is said of it."""
    value = reader.meta("earlier_seconds")
    return float(value) if isinstance(value, int | float) and math.isfinite(value) and value > 0 else 0.0
