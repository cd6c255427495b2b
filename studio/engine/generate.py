"""Pictures from a model, and pictures through a network filter. Needs torch; nothing here knows sockets or windows."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from PIL import Image

from studio.engine import devices
from studio.engine.context import Context
from studio.engine.detail.work import with_detail
from studio.engine.failures import FELL_BACK, NOT_NUMBERS, OUT_OF_MEMORY, EngineError
from studio.engine.latent.interpolation import between, slerp, stations
from studio.engine.latent.mixing import check_parts, in_bands, style_of
from studio.engine.latent.projection import searched
from studio.engine.latent.ranking import by_examples, rank
from studio.engine.library.model_file import WRONG_TENSOR, ModelFileError
from studio.messages.events import Directions, Event, LearntDirection, Picture, Progress
from studio.messages.models import ModelEntry, is_found, told_of
from studio.messages.pixels import Pixels
from studio.messages.requests import (
    MOST_EXAMPLES,
    ApplyFilter,
    Encode,
    FindDirections,
    FindNearest,
    Generate,
    Interpolate,
    LearnDirection,
    Project,
    Station,
)
from studio.recipe import QT_TRANSLATE_NOOP, from_plain

BATCH_FROM = 17
"""Below this many seeds each picture is made alone: the first one comes soonest, and its pixels are the same whether
it was asked for alone or with others. More seeds go through an accelerator in batches."""

UNKNOWN_SLIDER = QT_TRANSLATE_NOOP("engine", "The model has no slider “{slider}”; it has: {sliders}.")
UNKNOWN_CLASS = QT_TRANSLATE_NOOP("engine", "The model has no class “{label}”; it has: {classes}.")
UNKNOWN_FILTER = QT_TRANSLATE_NOOP("engine", "There is no engine filter “{filter}” of version {version}.")
WRONG_PIXELS = QT_TRANSLATE_NOOP("engine", "The pixels handed to the filter do not fit their shape {shape}.")
EXAMPLES = QT_TRANSLATE_NOOP("engine", "A direction needs one to {most} pictures of either kind.")
ALIKE = QT_TRANSLATE_NOOP(
    "engine", "The pictures of both kinds are the same; nothing leads from one to the other."
)
TWO_SEEDS = QT_TRANSLATE_NOOP("engine", "A way needs two seeds or more; one was given.")
SEARCHING = QT_TRANSLATE_NOOP("engine", "Looking for the picture in the model")
FILM = 12
"""Pictures of a search, beside the first."""
TRYING = QT_TRANSLATE_NOOP("engine", "Trying directions")
LOADING = QT_TRANSLATE_NOOP("engine", "Loading the model")


@torch.inference_mode()
def generate(request: Generate, entry: ModelEntry, context: Context) -> Iterator[Event]:
    """A Picture per seed in order, each as soon as it is made, with Progress between them.

    When the memory is full the batch is halved, then the processor takes over and a Device event says so.
    Raises EngineError(out_of_memory, bad_request, bug), ModelFileError.
    """
    _check_sliders(request, entry)
    check_classes((request.label, request.toward), entry)
    _check_parts(request, entry)
    total, done, began = len(request.seeds), 0, time.perf_counter()
    batch = 1 if total < BATCH_FROM or context.device == "cpu" else context.batch
    if not context.models.holds(entry, context.device):
        yield Progress(done=0, total=total, text=LOADING)
    while done < total:
        seeds = request.seeds[done : done + batch]
        try:
            model = load(entry, context)
            with devices.threads(context.quick_threads if request.quick else 0):
                made = list(_pictures(model, seeds, done, request, entry))
        except (RuntimeError, MemoryError) as error:
            if not devices.is_out_of_memory(error):
                raise
            made = []
        if not made:
            devices.forget_memory(context.device)
            if batch == 1:
                yield fall_back(context)
            batch = max(1, batch // 2)
            continue
        for picture in made:
            if request.detail and not request.quick:
                picture = yield from with_detail(
                    picture, entry, request.detail, request.detail_digest, context.device
                )
            yield picture
        done += len(made)
        if total > 1:
            left = (time.perf_counter() - began) / done * (total - done)
            yield Progress(done=done, total=total, seconds_left=left)


@torch.inference_mode()
def interpolate(request: Interpolate, entry: ModelEntry, context: Context) -> Iterator[Event]:
    """A Picture per frame from seed to seed, codes along great circles; where the ends are of two classes, mixed by the same
    share. Where an end is made of others its style goes straight to the other's. Raises EngineError, ModelFileError."""
    ways = request.stations
    if len(ways) < 2:
        raise EngineError("bad_request", TWO_SEEDS)
    for one in ways:
        _check_sliders(one, entry)
        check_classes((one.label, one.toward), entry)
        _check_parts(one, entry)
    frames = list(stations(len(ways), request.between, request.closed))
    yield Progress(done=0, total=len(frames), text=LOADING)
    model = load(entry, context)
    for one in ways:
        _check_found(model, one)
    z = model.latents(tuple(one.seed for one in ways)).split(1)
    kinds = [one.label or model.class_of(code) for one, code in zip(ways, z, strict=True)]
    for index, (start, end, share) in enumerate(frames):
        began = time.perf_counter()
        code = slerp(z[start], z[end], share)
        if any(one.parts or one.toward or one.varieties or one.vectors for one in (ways[start], ways[end])):
            begun, ended = in_bands(
                [style_of(model, ways[place], ways[place].seed) for place in (start, end)]
            )
            w = torch.lerp(begun, ended, share)
        else:
            sliders, variety = between(ways[start], ways[end], share)
            toward = kinds[end] if kinds[end] != kinds[start] else ""
            w = model.styles(code, sliders, variety, kinds[start], toward, share)
        picture = model.render(w)
        if not bool(torch.isfinite(picture.sum())):
            raise EngineError("bug", NOT_NUMBERS, file=entry.path)
        codes = codes_of(picture)[0]
        yield Picture(
            index=index,
            seed=ways[start].seed,
            pixels=Pixels.of(resized(codes, request.size)),
            real_size=codes.shape[0],
            latent=code[0].float().cpu().numpy().tobytes(),
            digest=entry.digest,
            seconds=time.perf_counter() - began,
        )
        yield Progress(done=index + 1, total=len(frames))


def find_directions(request: FindDirections, entry: ModelEntry, context: Context) -> Iterator[Event]:
    """Directions, the strongest first, with Progress before. Raises EngineError, ModelFileError."""
    yield Progress(done=0, total=0, text=LOADING)
    model = load(entry, context)
    total, done = len(model.card.sliders) + len(model.found), 0
    ranking = rank(model, request.count)
    while True:
        try:
            next(ranking)
        except StopIteration as end:
            found = end.value
            break
        done += 1
        yield Progress(done=done, total=total, text=TRYING)
    yield Directions(
        model=entry.card.name,
        digest=entry.digest,
        names=tuple(one.name for one in found),
        changes=tuple(round(one.change, 2) for one in found),
        also=tuple(one.also for one in found),
    )


def learn_direction(request: LearnDirection, entry: ModelEntry, context: Context) -> Iterator[Event]:
    """The direction from the pictures that are not liked to those that are. Raises EngineError, ModelFileError."""
    examples = (*request.yes, *request.no)
    if not (request.yes and request.no) or max(len(request.yes), len(request.no)) > MOST_EXAMPLES:
        raise EngineError("bad_request", EXAMPLES, most=str(MOST_EXAMPLES))
    for one in examples:
        _check_sliders(one, entry)
        check_classes((one.label, one.toward), entry)
        _check_parts(one, entry)
    yield Progress(done=0, total=0, text=LOADING)
    model = load(entry, context)
    for one in examples:
        _check_found(model, one)
    vector, change, also = by_examples(model, request.yes, request.no)
    if not bool(torch.isfinite(vector).all()) or not bool(vector.any()):
        raise EngineError("bad_request", ALIKE)
    packed = vector.half().cpu().numpy().tobytes()
    name = f"own-{hashlib.sha256(packed).hexdigest()[:8]}"
    yield LearntDirection(
        model=entry.card.name,
        digest=entry.digest,
        name=name,
        vector=packed,
        change=round(change, 2),
        also=also,
    )


def pixels_of(request: Project | Encode | FindNearest) -> np.ndarray:
    """uint8 [h, w, 3 or 4] of a request that carries a picture. Raises EngineError."""
    height, width, channels = request.shape if len(request.shape) == 3 else (0, 0, 0)
    if channels not in (3, 4) or not 0 < height * width * channels == len(request.pixels):
        raise EngineError("bad_request", WRONG_PIXELS, shape="×".join(map(str, request.shape)))
    return np.frombuffer(request.pixels, np.uint8).reshape(height, width, channels)


def project(request: Project, entry: ModelEntry, context: Context) -> Iterator[Event]:
    """Pictures on the way to the one that is looked for. Raises EngineError, ModelFileError."""
    check_classes((request.label,), entry)
    pixels = pixels_of(request)
    yield Progress(done=0, total=request.steps, text=LOADING)
    model = load(entry, context)
    began = time.perf_counter()
    for step in searched(model, pixels, request.steps, request.seed, request.label):
        left = (time.perf_counter() - began) / max(step.done, 1) * (request.steps - step.done)
        difference = {"difference": step.difference}
        yield Progress(
            done=step.done, total=request.steps, seconds_left=left, text=SEARCHING, values=difference
        )
        last = step.done == request.steps
        if step.done % max(1, request.steps // FILM) and not last:
            continue
        picture = model.render(step.w, quick=not last, enlarged=last)
        if not bool(torch.isfinite(picture.sum())):
            raise EngineError("bug", NOT_NUMBERS, file=entry.path)
        yield Picture(
            index=step.done,
            seed=step.seed,
            pixels=Pixels.of(codes_of(picture)[0]),
            real_size=picture.shape[-1],
            latent=step.w[0].float().cpu().numpy().tobytes(),
            digest=entry.digest,
        )


def fall_back(context: Context) -> Event:
    """Goes on with the processor. Raises EngineError(out_of_memory) when that is where the memory ran out."""
    if context.device == "cpu":
        raise EngineError("out_of_memory", OUT_OF_MEMORY)
    context.models.clear()
    context.device = "cpu"
    return devices.describe("cpu", reason=FELL_BACK)


def load(entry: ModelEntry, context: Context) -> Any:
    """The model in memory. Raises ModelFileError(model_unknown) naming the tensor that does not fit the network."""
    try:
        # Weights made in inference mode could be in no gradient afterwards, and a code is bettered by one.
        with torch.inference_mode(False), torch.no_grad():
            return context.models.get(entry, context.device)
    except RuntimeError as error:
        missing = re.search(r"Missing key\(s\) in state_dict: \"([^\"]+)\"", str(error))
        extra = re.search(r"Unexpected key\(s\) in state_dict: \"([^\"]+)\"", str(error))
        size = re.search(r"size mismatch for ([^:]+): (.*)", str(error))
        found = missing or size or extra
        if found is None:
            raise
        reason = (
            "nothing is there" if missing else size.group(2) if size else "the network has no such tensor"
        )
        raise ModelFileError(
            "model_unknown", entry.path, WRONG_TENSOR, tensor=found.group(1), reason=reason
        ) from None


def check_classes(labels: tuple[str, ...], entry: ModelEntry) -> None:
    for label in labels:
        if label and label not in entry.card.classes:
            known = told_of(label, entry.card.classes)
            raise EngineError("bad_request", UNKNOWN_CLASS, label=label, classes=known)


def _check_parts(request: Generate | Station, entry: ModelEntry) -> None:
    check_parts(request)
    check_classes(tuple(part.label for part in request.parts), entry)


def _check_sliders(request: Generate | Station, entry: ModelEntry) -> None:
    names = [slider.name for slider in entry.card.sliders]
    for name in (*request.sliders, *(name for part in request.parts for name in part.sliders)):
        if name not in names and not is_found(name) and name not in request.vectors:
            raise EngineError("bad_request", UNKNOWN_SLIDER, slider=name, sliders=told_of(name, names))


def _check_found(model: Any, request: Generate | Station) -> None:
    """A small model has fewer directions to be found than names there are."""
    for name in (*request.sliders, *(name for part in request.parts for name in part.sliders)):
        if name not in request.vectors and not model.has_slider(name):
            known = [slider.name for slider in model.card.sliders] + list(model.found)
            raise EngineError("bad_request", UNKNOWN_SLIDER, slider=name, sliders=told_of(name, known))


def _pictures(
    model: Any, seeds: tuple[int, ...], first: int, request: Generate, entry: ModelEntry
) -> Iterator[Picture]:
    began = time.perf_counter()
    _check_found(model, request)
    enlarged = not request.quick or request.size > entry.card.size
    z = model.latents(seeds)
    if request.parts or request.varieties or request.vectors:
        w = torch.cat([style_of(model, request, seed) for seed in seeds])
    else:
        w = model.styles(z, request.sliders, request.variety, request.label, request.toward, request.blend)
    made = model.render(w, quick=request.quick, enlarged=enlarged)
    if not bool(torch.isfinite(made.sum())):  # one value that is no number makes the sum none
        raise EngineError("bug", NOT_NUMBERS, file=entry.path)
    codes = codes_of(made)
    latents = z.float().cpu().numpy()
    for place, seed in enumerate(seeds):
        fast = request.quick and request.size >= codes.shape[1]
        native = fast or (request.detail and not request.quick)
        shown = codes[place] if native else resized(codes[place], request.size)
        yield Picture(
            index=first + place,
            seed=seed,
            pixels=Pixels.of(shown),
            real_size=codes.shape[1],
            latent=latents[place].tobytes(),
            digest=entry.digest,
            seconds=(time.perf_counter() - began) / len(seeds),
        )


def codes_of(pictures: torch.Tensor) -> np.ndarray:
    """uint8 [B, S, S, 3 or 4] of pictures [B, 3 or 4, S, S] in -1…1."""
    codes = (pictures * 127.5 + 127.5).round().to(torch.uint8)
    return codes.permute(0, 2, 3, 1).contiguous().cpu().numpy()


def resized(codes: np.ndarray, size: int) -> np.ndarray:
    """uint8 [h, w, 3 or 4] resampled to ``size`` × ``size`` by Lanczos, over all covered pixels when it becomes smaller."""
    if codes.shape[:2] == (size, size):
        return codes
    return np.asarray(Image.fromarray(codes).resize((size, size), Image.Resampling.LANCZOS))


@torch.inference_mode()
def apply_filter(request: ApplyFilter, context: Context) -> Iterator[Event]:
    """The filtered picture as one Picture event. Raises EngineError, RecipeError."""
    kind = context.filters.get(request.name)
    if kind is None or kind.version != request.version:
        raise EngineError("bad_request", UNKNOWN_FILTER, filter=request.name, version=str(request.version))
    parameters = from_plain(kind.parameters, request.parameters)
    try:
        pixels = np.frombuffer(request.pixels, np.dtype(request.dtype)).reshape(request.shape)
    except (ValueError, TypeError):
        raise EngineError("bad_request", WRONG_PIXELS, shape="×".join(map(str, request.shape))) from None
    yield Progress(done=0, total=1)
    result: np.ndarray | None = None
    while result is None:
        try:
            result = kind.apply(pixels, parameters, device=context.device)
        except (RuntimeError, MemoryError) as error:
            if not devices.is_out_of_memory(error):
                raise
        if result is None:
            devices.forget_memory(context.device)
            yield fall_back(context)
    if not np.isfinite(result).all():
        raise EngineError("bug", NOT_NUMBERS)
    yield Picture(index=0, seed=0, pixels=Pixels.of(result), real_size=result.shape[0])
