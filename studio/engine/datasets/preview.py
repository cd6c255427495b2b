"""What training would see of some pictures: the squares as they are packed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from studio.engine.datasets.reading import BROKEN, file_bytes, read_picture
from studio.engine.datasets.shaping import squares_of
from studio.messages.data import Decisions
from studio.messages.events import Squares
from studio.messages.pixels import Pixels


def preview(folder: Path, files: Sequence[str], decisions: Decisions) -> Iterator[Squares]:
    """One Squares for each of ``files`` that can be read; one that cannot is passed over."""
    for file in files:
        try:
            reading = read_picture(file_bytes(folder / file), 2 * decisions.side)
        except BROKEN:
            continue
        squares = squares_of(reading.rgb, decisions, decisions.crops.get(file))
        row = np.concatenate([np.broadcast_to(square, (*square.shape[:2], 3)) for square in squares], axis=1)
        yield Squares(file=file, count=len(squares), pixels=Pixels.of(row))
