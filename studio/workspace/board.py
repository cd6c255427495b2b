"""The reference board of the current picture: pictures are added, moved, enlarged, removed; colours are picked from them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from studio.document import board as edits
from studio.document.board import Board as Pictures
from studio.document.board import BoardPicture
from studio.document.errors import EditError
from studio.jobs.job import JobFailed, JobFinished
from studio.project.errors import DecodeError
from studio.raster import resample, vision
from studio.raster.colour import to_float, to_straight8
from studio.raster.icc import is_srgb
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import colours
from studio.workspace.inserting import Incoming
from studio.workspace.notices import Notice

if TYPE_CHECKING:
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

SIDE = 480.0
"""The longer side that a new picture gets on the board."""
SHOWN_SIDE = 2048
STRIP_PIXELS = 1 << 22
"""Pixels of a picture that are floats at once."""
ADD = QT_TRANSLATE_NOOP("history", "Add reference")
MOVE = QT_TRANSLATE_NOOP("history", "Move reference")
SEEN = QT_TRANSLATE_NOOP("history", "Change reference")
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
        """Puts picture files on the board."""
        self.add([Incoming.of_file(path) for path in paths])

    def add(self, incoming: Sequence[Incoming]) -> None:
        """Puts pictures on the board; each that cannot be read becomes a card, the others are there."""
        picture = self._studio.current
        if picture is None or not incoming:
            return

        def reading() -> Generator[None, None, tuple[list[BoardPicture], list[tuple[str, Exception]]]]:
            made: list[BoardPicture] = []
            failed: list[tuple[str, Exception]] = []
            for one in incoming:
                yield None
                try:
                    made.append(_read(one))
                except DecodeError as error:
                    failed.append((one.name, error))
            return made, failed

        def arrived(event: object) -> None:
            if isinstance(event, JobFinished):
                made, failed = event.result
                for name, error in failed:
                    words = {"file": name, "reason": self._studio.filing.sentence(error, name)}
                    self._studio.tell(Notice(kind="error", text=NOT_ADDED, arguments=words))
                if made and picture in self._studio.pictures:
                    picture.document.when_idle(
                        lambda: self._change(ADD, lambda board: edits.added(board, made), picture)
                    )

        self._studio.files_lane.submit(reading, label="references", on_event=arrived)

    def move(self, picture_id: str, x: float, y: float, scale: float = 1.0) -> None:
        self._change(MOVE, lambda board: edits.moved(board, picture_id, x, y, scale))

    def show_as(self, picture_id: str, **how: bool) -> None:
        """``grey``: without its colours; ``flipped``: left and right exchanged."""
        self._change(SEEN, lambda board: edits.seen(board, picture_id, **how))

    def remove(self, picture_id: str) -> None:
        self._change(REMOVE, lambda board: edits.removed(board, picture_id))

    def _change(
        self, label: str, change: Callable[[Pictures], Pictures], picture: Picture | None = None
    ) -> None:
        """One step of ``picture``, or of the current one."""
        picture = picture or self._studio.current
        if picture is None or picture.document.gesture_open:
            return
        if picture is self._studio.current:
            self._studio.settle()
        now = picture.document.committed
        try:
            picture.document.commit(label, now.with_(board=change(now.board)))
        except EditError as error:
            self._studio.refuse(error)

    def decoded(self, picture: BoardPicture, ready: Callable[[np.ndarray], None]) -> None:
        """Brings straight uint8 sRGB pixels with alpha [h, w, 4] of a board picture, at most ``SHOWN_SIDE`` pixels a side; in
        grey where it is to be seen so."""

        def work() -> Generator[None, None, np.ndarray]:
            from studio.project.decode import decode  # Pillow is not loaded before it is wanted

            yield None
            found = decode(picture.data, picture.name, allow_large=True)
            pixels = small(found.pixels, found.icc)
            return in_grey(pixels) if picture.grey else pixels

        def arrived(event: object) -> None:
            if isinstance(event, JobFinished):
                ready(event.result)
            elif isinstance(event, JobFailed):  # it was read once: the file that holds it is damaged
                ready(np.full((8, 8, 4), (200, 65, 42, 255), np.uint8))

        self._studio.files_lane.submit(work, label="reference", on_event=arrived)


def _read(one: Incoming) -> BoardPicture:
    """Raises DecodeError."""
    from studio.project.decode import decode  # Pillow is not loaded before it is wanted

    data = one.read()
    pixels = decode(data, one.name).pixels
    height, width = pixels.shape[:2]
    scale = SIDE / max(width, height)
    return BoardPicture(name=one.name, data=data, width=width * scale, height=height * scale)


def in_grey(straight: np.ndarray) -> np.ndarray:
    """Straight uint8 RGBA with each colour's luminance in its place, as the view in values shows it."""
    table = (vision.linear(np.arange(256) / 255)[:, None] * vision.LUMINANCE).astype(np.float32)
    light = table[straight[..., 0], 0] + table[straight[..., 1], 1] + table[straight[..., 2], 2]
    value = np.round(vision.encoded(light) * 255).astype(np.uint8)
    return np.dstack([value, value, value, straight[..., 3]])


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
