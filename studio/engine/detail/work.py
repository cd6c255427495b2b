"""What is asked of detail networks: more pixels for a picture, and a network that learns from a folder."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from pathlib import Path

import numpy as np
from msgspec.structs import replace
from PIL import Image

from studio.engine.detail.enlarge import LARGEST, enlarged
from studio.engine.detail.file import LoadedDetail, load_detail
from studio.engine.failures import EngineError
from studio.engine.library.details import file_of, place_of
from studio.engine.networks.detail import FACTOR
from studio.engine.training.detail import detail_recipe, learnt, train_detail
from studio.engine.training.storing import copied
from studio.messages.events import Checkpoint, Event, Picture, Progress
from studio.messages.models import ModelEntry
from studio.messages.pixels import Pixels
from studio.messages.requests import AddDetail, LearnDetail
from studio.recipe import QT_TRANSLATE_NOOP, RecipeError

ADDING = QT_TRANSLATE_NOOP("engine", "Adding detail")
TOO_LARGE = QT_TRANSLATE_NOOP(
    "engine",
    "The picture would have {side} pixels a side; {most} is the most. Add detail to it once, or to a smaller one.",
)
EMPTY = QT_TRANSLATE_NOOP("engine", "The pixels handed over do not fit their shape {shape}.")


def add_detail(request: AddDetail, entry: ModelEntry | None, device: str) -> Iterator[Event]:
    """Progress for each tile, then the Picture. Raises EngineError."""
    pixels = _pixels_of(request)
    _check_size(pixels.shape[:2], request.times)
    loaded = load_detail(Path(request.file) if request.file else file_of(entry), device)
    began = time.perf_counter()
    made = yield from _told(loaded, pixels, request.seed, request.times)
    yield Picture(
        index=0,
        seed=request.seed,
        pixels=Pixels.of(made),
        real_size=max(pixels.shape[:2]),
        digest=entry.digest if entry is not None else "",
        seconds=time.perf_counter() - began,
        detail=request.times,
        detail_digest=loaded.digest,
    )


def with_detail(
    picture: Picture, entry: ModelEntry, times: int, digest: str, device: str
) -> Generator[Event, None, Picture]:
    """A model's picture larger ``times`` times over; its grain follows from its seed. Raises EngineError."""
    pixels = picture.pixels.array()
    _check_size(pixels.shape[:2], times)
    loaded = load_detail(file_of(entry), device, digest)
    began = time.perf_counter()
    made = yield from _told(loaded, pixels, picture.seed, times)
    return replace(
        picture,
        pixels=Pixels.of(made),
        seconds=picture.seconds + time.perf_counter() - began,
        detail=times,
        detail_digest=loaded.digest,
    )


def _told(
    loaded: LoadedDetail, pixels: np.ndarray, seed: int, times: int
) -> Generator[Event, None, np.ndarray]:
    """Colour through the network, alpha by cubic convolution: uint8 [h · 4ⁿ, w · 4ⁿ, 3 or 4]."""
    began = time.perf_counter()
    steps = enlarged(loaded.network, np.ascontiguousarray(pixels[..., :3]), seed, times, grain=loaded.grain)
    yield Progress(done=0, total=0, text=ADDING)
    while True:
        try:
            done, total = next(steps)
        except StopIteration as end:
            colour = end.value
            break
        left = (time.perf_counter() - began) / done * (total - done)
        yield Progress(done=done, total=total, seconds_left=left, text=ADDING)
    if pixels.shape[2] == 3:
        return colour
    size = colour.shape[1], colour.shape[0]
    alpha = Image.fromarray(pixels[..., 3]).resize(size, Image.Resampling.BICUBIC)
    return np.concatenate([colour, np.asarray(alpha)[..., None]], axis=2)


def _pixels_of(request: AddDetail) -> np.ndarray:
    height, width, channels = request.shape if len(request.shape) == 3 else (0, 0, 0)
    if channels not in (3, 4) or not 0 < height * width * channels == len(request.pixels):
        raise EngineError("bad_request", EMPTY, shape="×".join(map(str, request.shape)))
    return np.frombuffer(request.pixels, np.uint8).reshape(height, width, channels)


def _check_size(shape: tuple[int, ...], times: int) -> None:
    side = max(shape) * FACTOR**times
    if side > LARGEST:
        raise EngineError("bad_request", TOO_LARGE, side=str(side), most=str(LARGEST))


def learn_detail(request: LearnDetail, entry: ModelEntry | None) -> Iterator[Event]:
    """Progress of each step, then what was learnt and where it lies. Raises EngineError, RecipeError, OSError."""
    recipe = detail_recipe(request.recipe)
    if recipe is None:
        raise RecipeError(
            f"there is no recipe {request.recipe} for detail networks; known are: detail, detail-general"
        )
    run = Path(request.run)
    data = Path(request.data) if request.data else None
    for event in train_detail(recipe, run, data=data, steps=request.steps, resume=request.resume):
        if not isinstance(event, Checkpoint):
            yield event
            continue
        path = Path(event.path)
        if entry is not None:
            path = copied(path, place_of(Path(entry.path), embedded=entry.embedded))
        yield learnt(path)
