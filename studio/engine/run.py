"""From a request to its generator of events: one function per kind of request.

torch is imported by the first request that needs it, so that listing models does not wait for it.
"""

from __future__ import annotations

import errno
import sys
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import msgspec

from studio.engine.context import Context
from studio.engine.failures import (
    BAD_REQUEST,
    DEVICE_GONE,
    DISK_FULL,
    OUT_OF_MEMORY,
    EngineError,
    check_request,
)
from studio.engine.library.model_file import ModelFileError
from studio.messages.events import Device, Event, Failed, Finished, Models, Progress
from studio.messages.requests import (
    AddDetail,
    ApplyFilter,
    CheckData,
    Classify,
    Compare,
    Compress,
    Decompress,
    Encode,
    EncodeFolder,
    Evaluate,
    ExportModel,
    FindDirections,
    FindNearest,
    Foresee,
    Generate,
    ImportModel,
    Interpolate,
    LearnClasses,
    LearnDetail,
    LearnDirection,
    ListModels,
    LookInside,
    MakeSet,
    PreviewData,
    Project,
    Request,
    Train,
    UseDevice,
)
from studio.recipe import QT_TRANSLATE_NOOP, RecipeError

STARTING = QT_TRANSLATE_NOOP("engine", "Starting the engine")
UNKNOWN_REQUEST = QT_TRANSLATE_NOOP("engine", "This engine does not know the request “{request}”.")


def run(request: Request, context: Context) -> Generator[Event, None, None]:
    """The events of ``request``; the last one is Finished or Failed. Closing the generator cancels the work.

    Failures that have a name become Failed; anything else is a bug and is raised.
    """
    began = time.perf_counter()
    failed: Failed | None = None
    try:
        check_request(request)
        yield from _function_for(request)(request, context)
    except EngineError as error:
        failed = Failed(kind=error.kind, message=error.message, file=error.file, arguments=error.arguments)
    except ModelFileError as error:
        failed = Failed(kind=error.kind, message=error.message, file=error.file, arguments=error.arguments)
    except RecipeError as error:
        failed = Failed(kind="bad_request", message=BAD_REQUEST, arguments={"reason": str(error)})
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        failed = Failed(kind="disk_full", message=DISK_FULL, file=str(error.filename or ""))
    except (RuntimeError, MemoryError) as error:
        if not _is_out_of_memory(error):
            raise
        failed = Failed(kind="out_of_memory", message=OUT_OF_MEMORY)
    yield failed or Finished(seconds=time.perf_counter() - began)


def _is_out_of_memory(error: BaseException) -> bool:
    if "torch" not in sys.modules:
        return isinstance(error, MemoryError)
    from studio.engine import devices

    return devices.is_out_of_memory(error)


def _function_for(request: Request) -> Callable[[Any, Context], Iterator[Event]]:
    functions: dict[type, Callable[[Any, Context], Iterator[Event]]] = {
        Generate: _generate,
        ApplyFilter: _apply_filter,
        AddDetail: _add_detail,
        LearnDetail: _learn_detail,
        Train: _train,
        Foresee: _foresee,
        LearnClasses: _learn_classes,
        Classify: _classify,
        MakeSet: _make_set,
        LookInside: _look_inside,
        Compress: _compress,
        Decompress: _decompress,
        Evaluate: _evaluate,
        Compare: _compare,
        CheckData: _check_data,
        PreviewData: _preview_data,
        FindNearest: _find_nearest,
        Interpolate: _interpolate,
        FindDirections: _find_directions,
        LearnDirection: _learn_direction,
        Project: _project,
        Encode: _encode,
        EncodeFolder: _encode_folder,
        ListModels: _list_models,
        ImportModel: _import_model,
        ExportModel: _export_model,
        UseDevice: _use_device,
    }
    function = functions.get(type(request))
    if function is None:
        raise EngineError("bad_request", UNKNOWN_REQUEST, request=type(request).__name__)
    return function


def _ready(context: Context, total: int) -> Iterator[Event]:
    """Imports torch and settles the device; says so, because the first time it takes a second.

    A wish kept from earlier may name a device that is gone (card removed, driver broken, settings of another computer): the
    fastest one that is there takes its place, and the Device event says why.
    """
    if "torch" not in sys.modules:
        yield Progress(done=0, total=total, text=STARTING)
    from studio.engine import devices

    if context.device not in devices.available():
        reason = ""
        try:
            context.device = devices.choose(context.device)
        except devices.DeviceError:
            context.device, reason = devices.choose("auto"), DEVICE_GONE
        yield devices.describe(context.device, reason)


def warm(context: Context) -> Iterator[Event]:
    """Gets ready what the first Generate needs: torch, the device, the first embedded model and one picture of it."""
    yield from _ready(context, 1)
    for entry in context.catalog.entries():
        if entry.embedded and not entry.problem:
            seeds, size = (0,), max(entry.card.learned_size, 32)
            picture = Generate(model=entry.card.name, digest=entry.digest, seeds=seeds, size=size)
            yield from (event for event in _generate(picture, context) if isinstance(event, Device))
            return


def _generate(request: Generate, context: Context) -> Iterator[Event]:
    entry = context.catalog.find(request.model, request.digest)
    yield from _ready(context, len(request.seeds))
    from studio.engine.generate import generate

    yield from generate(request, entry, context)


def _apply_filter(request: ApplyFilter, context: Context) -> Iterator[Event]:
    yield from _ready(context, 1)
    from studio.engine.generate import apply_filter

    yield from apply_filter(request, context)


def _add_detail(request: AddDetail, context: Context) -> Iterator[Event]:
    entry = context.catalog.find(request.model, request.digest) if request.model else None
    yield from _ready(context, 0)
    from studio.engine.detail.work import add_detail

    yield from add_detail(request, entry, context.device)


def _learn_detail(request: LearnDetail, context: Context) -> Iterator[Event]:
    entry = context.catalog.find(request.model, request.digest) if request.model else None
    yield from _ready(context, request.steps)
    from studio.engine.detail.work import learn_detail

    yield from learn_detail(request, entry)


def _train(request: Train, context: Context) -> Iterator[Event]:
    yield from _ready(context, request.steps)
    from studio.engine.training.train import train

    events = train(request, device=context.device)
    if request.mains_only:
        from studio.engine.training.battery import at_mains

        events = at_mains(events)
    yield from events


def _foresee(request: Foresee, context: Context) -> Iterator[Event]:
    yield from _ready(context, 0)
    from studio.engine.training.forecast import foresee

    yield from foresee(request, device=context.device)


def _learn_classes(request: LearnClasses, context: Context) -> Iterator[Event]:
    yield from _ready(context, request.steps)
    from studio.engine.training.classes import learn

    yield from learn(request)


def _classify(request: Classify, context: Context) -> Iterator[Event]:
    yield from _ready(context, len(request.files))
    from studio.engine.training.classes import classify

    yield from classify(request)


def _make_set(request: MakeSet, context: Context) -> Iterator[Event]:
    from studio.engine.datasets.rules import RULES
    from studio.engine.datasets.rules.writing import write_set

    if request.rule not in RULES:
        raise RecipeError(f"there is no rule {request.rule}; there are: {', '.join(RULES)}")
    folder, count, side = Path(request.folder), request.count, request.side
    yield from write_set(request.rule, folder, count=count, size=side, seed=request.seed)


def _look_inside(request: LookInside, context: Context) -> Iterator[Event]:
    yield from _ready(context, 1)
    from studio.engine.evaluation.inside import insides

    yield insides(Path(request.model), request.seed)


def _compress(request: Compress, context: Context) -> Iterator[Event]:
    yield from _ready(context, 0)
    from studio.engine.compression.compress import compress

    yield from compress(request)


def _decompress(request: Decompress, context: Context) -> Iterator[Event]:
    yield from _ready(context, 0)
    from studio.engine.compression.compress import decompress

    yield from decompress(request)


def _evaluate(request: Evaluate, context: Context) -> Iterator[Event]:
    entry = context.catalog.find(request.model, request.digest)
    yield from _ready(context, request.count)
    from studio.engine.evaluation.evaluate import evaluate

    yield from evaluate(request, entry, context)


def _compare(request: Compare, context: Context) -> Iterator[Event]:
    yield from _ready(context, 0)
    from studio.engine.evaluation.evaluate import compare

    yield from compare(request)


def _check_data(request: CheckData, context: Context) -> Iterator[Event]:
    """Needs no torch."""
    from studio import paths
    from studio.engine.datasets.pack import checked

    test_folder = Path(request.test_folder) if request.test_folder else None
    yield from checked(Path(request.folder), test_folder, request.side, paths.cache() / "datasets")


def _preview_data(request: PreviewData, context: Context) -> Iterator[Event]:
    """Needs torch only for augmentations."""
    from studio.engine.datasets.preview import preview

    squares = preview(Path(request.folder), request.files, request.decisions)
    if not request.augment:
        yield from squares
        return
    yield from _ready(context, len(request.files))
    from studio.engine.training.variations import varied

    for one in squares:
        yield varied(one, request.augment, cutout=request.cutout)


def _find_nearest(request: FindNearest, context: Context) -> Iterator[Event]:
    yield from _ready(context, 0)
    from studio.engine.evaluation.alike import nearest
    from studio.engine.generate import pixels_of

    yield from nearest(request, pixels_of(request))


def _interpolate(request: Interpolate, context: Context) -> Iterator[Event]:
    entry = context.catalog.find(request.model, request.digest)
    yield from _ready(context, 0)
    from studio.engine.generate import interpolate

    yield from interpolate(request, entry, context)


def _find_directions(request: FindDirections, context: Context) -> Iterator[Event]:
    entry = context.catalog.find(request.model, request.digest)
    yield from _ready(context, 0)
    from studio.engine.generate import find_directions

    yield from find_directions(request, entry, context)


def _learn_direction(request: LearnDirection, context: Context) -> Iterator[Event]:
    entry = context.catalog.find(request.model, request.digest)
    yield from _ready(context, 0)
    from studio.engine.generate import learn_direction

    yield from learn_direction(request, entry, context)


def _project(request: Project, context: Context) -> Iterator[Event]:
    entry = context.catalog.find(request.model, request.digest)
    yield from _ready(context, request.steps)
    from studio.engine.generate import project

    yield from project(request, entry, context)


def _encode(request: Encode, context: Context) -> Iterator[Event]:
    entry = context.catalog.find(request.model, request.digest)
    yield from _ready(context, 1)
    from studio.engine.encode import encode

    yield from encode(request, entry, context)


def _encode_folder(request: EncodeFolder, context: Context) -> Iterator[Event]:
    entry = context.catalog.find(request.model, request.digest)
    yield from _ready(context, 0)
    from studio.engine.encode import encode_folder

    yield from encode_folder(request, entry, context)


def _list_models(request: ListModels, context: Context) -> Iterator[Event]:
    yield Models(entries=context.catalog.entries(request.folders))


def _import_model(request: ImportModel, context: Context) -> Iterator[Event]:
    """Loads the model first: a file that does not fit its network is refused here, not at the first Generate."""
    entry = context.catalog.find(request.path)
    yield from _ready(context, 1)
    from studio.engine.generate import load
    from studio.engine.library.giving import check

    check(entry.path)
    load(entry, context)
    context.catalog.bring_in(request.path)
    yield Models(entries=context.catalog.entries())


def _export_model(request: ExportModel, context: Context) -> Iterator[Event]:
    entry = context.catalog.find(request.model, request.digest)
    yield from _ready(context, 1)
    from studio.engine.generate import load
    from studio.engine.library.giving import give

    yield Progress(done=0, total=1)
    give(entry, load(entry, context), Path(request.path), request.licence, request.named)
    yield Progress(done=1, total=1)


def _use_device(request: UseDevice, context: Context) -> Iterator[Event]:
    if "torch" not in sys.modules:
        yield Progress(done=0, total=1, text=STARTING)
    from studio.engine import devices

    try:
        chosen = devices.choose(request.device)
    except devices.DeviceError as error:
        raise EngineError("bad_request", devices.NOT_HERE, **error.arguments) from None
    if chosen != context.device:
        context.models.clear()
    context.device = chosen
    yield devices.describe(chosen)


def of_job(event: Event, job: int) -> Event:
    """The same event, said of job ``job``."""
    return msgspec.structs.replace(event, job=job)
