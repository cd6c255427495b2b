"""The reference board of the current picture: pictures are added, moved, enlarged, removed; colours are picked from them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from studio.document import board as edits
from studio.document.board import Board as Pictures
from studio.document.board import BoardPicture
from studio.document.errors import EditError
from studio.jobs.job import JobFailed, JobFinished
from studio.project.errors import DecodeError, read_failure
from studio.raster import resample
from studio.raster.colour import to_float, to_straight8
from studio.raster.icc import is_srgb
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import colours
from studio.workspace.notices import Notice

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

SIDE = 480.0
"""The longer side that a new picture gets on the board."""
SHOWN_SIDE = 2048
STRIP_PIXELS = 1 << 22
"""Pixels of a picture that are floats at once."""
ADD = QT_TRANSLATE_NOOP("history", "Add reference")
MOVE = QT_TRANSLATE_NOOP("history", "Move reference")
REMOVE = QT_TRANSLATE_NOOP("history", "Remove reference")
NOT_ADDED = QT_TRANSLATE_NOOP("notices", "{file} was not put on the reference board. {reason}")


class Board:
    """One undo step for each change. Files are read and decoded on the files lane."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    @property
    def pictures(self) -> Pictures:
        picture = self._studio.current
        return picture.document.committed.board if picture is not None else ()

    def add_files(self, paths: Sequence[str]) -> None:
        """Puts picture files on the board; each that cannot be read becomes a card, the others are there."""
        picture = self._studio.current
        if picture is None:
            return

        def reading() -> Generator[None, None, tuple[list[BoardPicture], list[tuple[str, Exception]]]]:
            made: list[BoardPicture] = []
            failed: list[tuple[str, Exception]] = []
            for path in paths:
                yield None
                try:
                    made.append(_read(path))
                except (DecodeError, OSError) as error:
                    failed.append((path, read_failure(error, path) if isinstance(error, OSError) else error))
            return made, failed

        def arrived(event: object) -> None:
            if isinstance(event, JobFinished):
                made, failed = event.result
                for path, error in failed:
                    words = {
                        "file": Path(path).name,
                        "reason": self._studio.filing.sentence(error, Path(path).name),
                    }
                    self._studio.tell(Notice(kind="error", text=NOT_ADDED, arguments=words))
                if made and picture in self._studio.pictures:
                    self._change(ADD, lambda board: edits.added(board, made))

        self._studio.files_lane.submit(reading, label="references", on_event=arrived)

    def move(self, picture_id: str, x: float, y: float, scale: float = 1.0) -> None:
        self._change(MOVE, lambda board: edits.moved(board, picture_id, x, y, scale))

    def remove(self, picture_id: str) -> None:
        self._change(REMOVE, lambda board: edits.removed(board, picture_id))

    def _change(self, label: str, change: Callable[[Pictures], Pictures]) -> None:
        picture = self._studio.current
        if picture is None or picture.document.gesture_open:
            return
        self._studio.settle()
        now = picture.document.committed
        try:
            picture.document.commit(label, now.with_(board=change(now.board)))
        except EditError as error:
            self._studio.refuse(error)

    def decoded(self, picture: BoardPicture, ready: Callable[[np.ndarray], None]) -> None:
        """Brings straight uint8 sRGB pixels with alpha [h, w, 4] of a board picture, at most ``SHOWN_SIDE`` pixels a side."""

        def work() -> Generator[None, None, np.ndarray]:
            from studio.project.decode import decode  # Pillow is not loaded before it is wanted

            yield None
            found = decode(picture.data, picture.name, allow_large=True)
            return small(found.pixels, found.icc)

        def arrived(event: object) -> None:
            if isinstance(event, JobFinished):
                ready(event.result)
            elif isinstance(event, JobFailed):  # it was read once: the file that holds it is damaged
                ready(np.full((8, 8, 4), (200, 65, 42, 255), np.uint8))

        self._studio.files_lane.submit(work, label="reference", on_event=arrived)


def _read(path: str) -> BoardPicture:
    from studio.project.decode import decode  # Pillow is not loaded before it is wanted

    data = Path(path).read_bytes()
    pixels = decode(data, path).pixels
    height, width = pixels.shape[:2]
    scale = SIDE / max(width, height)
    return BoardPicture(name=Path(path).name, data=data, width=width * scale, height=height * scale)


def small(pixels: np.ndarray, profile: bytes = b"") -> np.ndarray:
    """Straight uint8 sRGB with alpha of straight RGBA pixels of a profile, each the mean of as many as leave no side longer
    than ``SHOWN_SIDE``. In strips: a large picture is never there in floats as a whole."""
    height, width = pixels.shape[:2]
    step = -(-max(height, width) // SHOWN_SIDE)
    rows = step * max(1, STRIP_PIXELS // (width * step))
    parts = []
    for top in range(0, height, rows):
        strip = _means(to_float(pixels[top : top + rows]), step)
        parts.append(to_straight8(strip if is_srgb(profile) else colours.to_srgb(strip, profile)))
    return np.concatenate(parts)


def _means(premultiplied: np.ndarray, step: int) -> np.ndarray:
    """Means of ``step`` × ``step`` pixels; beyond the right and the lower edge the last ones count again."""
    height, width = premultiplied.shape[:2]
    down, across = -(-height // step), -(-width // step)
    beyond = (0, down * step - height), (0, across * step - width), (0, 0)
    return resample.resize(np.pad(premultiplied, beyond, "edge"), across, down, "area")
