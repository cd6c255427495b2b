"""Which of the artist's pictures a made one is most like."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import numpy as np
import torch

from studio.engine.datasets.doctor import in_order
from studio.engine.datasets.listing import NO_PICTURES, DataError
from studio.engine.datasets.shaping import squares_of
from studio.engine.evaluation import measures
from studio.engine.evaluation.pictures import READING, need_folder, some, square_of
from studio.engine.training.losses import RandomFeatures
from studio.messages.data import Decisions
from studio.messages.events import Event, Nearest, Progress
from studio.messages.requests import FindNearest

SIDE = 64
"""Pixels a side at which pictures are compared: their composition counts, not their grain."""

Known = tuple[tuple[str, ...], torch.Tensor]
"""Files in their order, and of each the features in its fields [n, D]."""
_last: dict[tuple, Known] = {}
"""What the last folder's pictures are like, by its files and when they were written: the next question about them is quick."""


def nearest(request: FindNearest, pixels: np.ndarray) -> Iterator[Event]:
    """Progress, then Nearest to ``pixels`` uint8 [h, w, 3 or 4], by the features that the evaluation finds neighbours with. Raises
    DataError, OSError."""
    folder = Path(request.folder)
    need_folder(folder)
    files, real = yield from _known(folder, request.files)
    features = RandomFeatures(torch.device("cpu"))
    own = measures.described(_batch([_square(pixels)]), features).places
    found = measures.nearest(own, real, None, 1)
    yield Nearest(file=files[int(found.numbers[0, 0])], distance=float(found.distances[0, 0]))


def _known(folder: Path, files: tuple[str, ...]) -> Generator[Progress, None, Known]:
    chosen = [files[number] for number in some(np.arange(len(files)))]
    key = (str(folder), *((file, _written(folder / file)) for file in chosen))
    if key not in _last:
        made = yield from _described(folder, chosen)
        _last.clear()
        _last[key] = made
    return _last[key]


def _written(path: Path) -> int:
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return 0


def _described(folder: Path, files: list[str]) -> Generator[Progress, None, Known]:
    features = RandomFeatures(torch.device("cpu"))
    kept: list[str] = []
    places: list[torch.Tensor] = []
    done = 0
    for part in in_order(files, lambda file: square_of(folder / file, SIDE), 0):
        names = files[done : done + len(part)]
        done += len(part)
        readable = [(file, one) for file, one in zip(names, part, strict=True) if not isinstance(one, str)]
        if readable:
            kept += [file for file, _ in readable]
            places.append(measures.described(_batch([one for _, one in readable]), features).places)
        yield Progress(done=done, total=len(files), text=READING)
    if not kept:
        raise DataError(NO_PICTURES, folder=str(folder))
    return tuple(kept), torch.cat(places)


def _square(pixels: np.ndarray) -> np.ndarray:
    """The middle of uint8 [h, w, 3 or 4], alpha over white: uint8 [SIDE, SIDE, 3]."""
    if pixels.shape[2] == 4:
        alpha = pixels[..., 3:].astype(np.uint16)
        pixels = ((pixels[..., :3] * alpha + 255 * (255 - alpha)) // 255).astype(np.uint8)
    return squares_of(np.ascontiguousarray(pixels), Decisions(side=SIDE))[0]


def _batch(squares: list[np.ndarray]) -> torch.Tensor:
    """[n, 3, SIDE, SIDE] in −1…1."""
    return torch.from_numpy(np.stack(squares)).permute(0, 3, 1, 2).float() / 127.5 - 1
