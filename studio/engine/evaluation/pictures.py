"""The pictures of a folder as they lie there, to be measured: none is left out for being like another one."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from studio.engine.datasets.doctor import in_order
from studio.engine.datasets.listing import NO_PICTURES, DataError, list_pictures
from studio.engine.datasets.reading import BROKEN, file_bytes, read_picture
from studio.engine.datasets.shaping import squares_of
from studio.messages.data import Decisions
from studio.messages.events import Progress
from studio.recipe import QT_TRANSLATE_NOOP

MOST = 2048
"""Pictures of a set that are measured: more hardly change a number."""
FEWEST = 8
SEED = 20_261
READING = QT_TRANSLATE_NOOP("engine", "Reading the pictures")
NO_FOLDER = QT_TRANSLATE_NOOP("engine", "“{folder}” is no folder; give a folder of pictures.")
TOO_FEW_IN = QT_TRANSLATE_NOOP(
    "engine",
    "“{folder}” has too few pictures that can be read ({count}); at least {least} are needed to measure them.",
)


class Taken(NamedTuple):
    """``pictures`` [n, 3, side, side] in −1…1; ``skipped``: a line for each file that cannot be read, its name first."""

    pictures: torch.Tensor
    skipped: tuple[str, ...]


def over_white(pictures: torch.Tensor) -> torch.Tensor:
    """Pictures [B, 3 or 4, S, S] in −1…1, alpha straight, as colour over white."""
    if pictures.shape[1] == 3:
        return pictures
    alpha = (pictures[:, 3:] + 1) / 2
    return pictures[:, :3] * alpha + (1 - alpha)


def need_folder(folder: Path) -> None:
    """Raises DataError where ``folder`` is none."""
    if not folder.is_dir():
        raise DataError(NO_FOLDER, folder=str(folder))


def printable(name: str) -> str:
    """A file's name as text that every output takes: bytes that are no UTF-8 become question marks."""
    return name.encode("utf-8", "replace").decode()


def some(numbers: np.ndarray) -> np.ndarray:
    """At most ``MOST`` of them, always the same ones."""
    if len(numbers) <= MOST:
        return numbers
    chosen = torch.randperm(len(numbers), generator=torch.Generator().manual_seed(SEED))[:MOST]
    return numbers[np.sort(chosen.numpy())]


def taken(folder: Path, side: int) -> Generator[Progress, None, Taken]:
    """Yields Progress; returns the middle square of each picture in and below ``folder``, alpha over white, by area when it shrinks
    and bicubic when it grows; of more than ``MOST`` always the same ones. Raises DataError, OSError."""
    need_folder(folder)
    found = list_pictures(folder)
    if not found:
        raise DataError(NO_PICTURES, folder=str(folder))
    listed = [found[number] for number in some(np.arange(len(found)))]
    squares: list[np.ndarray] = []
    skipped: list[str] = []
    done = 0
    for part in in_order(listed, lambda one: square_of(one.path, side), 0):
        for square in part:
            if isinstance(square, str):
                skipped.append(f"{printable(listed[done].file)}: {square}")
            else:
                squares.append(square)
            done += 1
        yield Progress(done=done, total=len(listed), text=READING)
    if len(squares) < FEWEST:
        raise DataError(TOO_FEW_IN, folder=str(folder), count=str(len(squares)), least=str(FEWEST))
    pixels = torch.from_numpy(np.stack(squares)).permute(0, 3, 1, 2)
    return Taken(pixels.float() / 127.5 - 1, tuple(skipped))


def square_of(path: Path, side: int) -> np.ndarray | str:
    """The middle square of a picture, alpha over white, uint8 [side, side, 3], or why there is none."""
    try:
        reading = read_picture(file_bytes(path), 2 * side)
    except BROKEN as error:
        return f"undecodable {error or type(error).__name__}"
    return np.ascontiguousarray(squares_of(reading.rgb, Decisions(side=side))[0])
