"""What a model's pictures are like beside those it learnt from: numbers, and the nearest of them side by side."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

import cv2
import msgspec
import numpy as np
import torch
import torch.nn.functional as functional

from studio.engine.context import Context
from studio.engine.datasets.listing import DataError
from studio.engine.evaluation import controllability, inception, measures, random_vgg
from studio.engine.evaluation.copies import copies
from studio.engine.evaluation.document import document
from studio.engine.evaluation.figures import REPLICATES, Figures, figures, ratio
from studio.engine.evaluation.measures import Described, described
from studio.engine.evaluation.pictures import need_folder, over_white, printable, taken
from studio.engine.evaluation.references import Folders, References, of_folder, references
from studio.engine.failures import NOT_NUMBERS, EngineError
from studio.engine.generate import UNKNOWN_SLIDER, load
from studio.engine.latent.mixing import vector_of
from studio.engine.networks.classifier import Classifier
from studio.engine.networks.model import GanModel
from studio.engine.networks.sharpness import laplacian_variance
from studio.engine.training.losses import RandomFeatures
from studio.messages.events import (
    Controlled,
    Evaluated,
    Event,
    Footing,
    InceptionFigures,
    Progress,
    VggFigures,
)
from studio.messages.models import ModelEntry, told_of
from studio.messages.pixels import Pixels
from studio.messages.requests import Compare, Evaluate
from studio.recipe import QT_TRANSLATE_NOOP

MEASURING = QT_TRANSLATE_NOOP("engine", "Measuring the model")
OTHER_CLASSES = QT_TRANSLATE_NOOP(
    "engine", "The classifier “{name}” does not know all classes of the model: {classes}."
)
SCATTER = QT_TRANSLATE_NOOP("engine", "Measuring how far the figures scatter")
INCEPTION = QT_TRANSLATE_NOOP("engine", "Measuring with the Inception network")
VGG = QT_TRANSLATE_NOOP("engine", "Measuring with a second network")
JUDGING = QT_TRANSLATE_NOOP("engine", "Learning to tell the classes apart")
SLIDERS = QT_TRANSLATE_NOOP("engine", "Judging what the sliders change")
SEARCHING = QT_TRANSLATE_NOOP("engine", "Looking for copies of training pictures")
VOTES = 5
ROWS, BESIDE = 6, 3
LARGEST_TILE = 128
_GAP = 4
_BATCH = 16
FOLDER = "evaluation"
FEATURES = "two random orthogonal convolutions, means and deviations of 64 features and 3 colours"

Found = TypeVar("Found", VggFigures, InceptionFigures)
Result = TypeVar("Result")


class _Made(NamedTuple):
    """``pictures`` [m, 3, S, S] in −1…1, ``asked`` int64 [m] the classes they were asked for, empty where there are none."""

    pictures: torch.Tensor
    asked: torch.Tensor


class _Subject(NamedTuple):
    """What is measured; ``skipped`` as in Evaluated. ``judge`` and ``exact``, the Inception network, are read before the work.
    ``controlled``: what its sliders change."""

    name: str
    step: int = 0
    folder: bool = False
    skipped: tuple[str, ...] = ()
    judge: Classifier | None = None
    exact: inception.Weights | None = None
    controlled: Controlled | None = None


def _judge(file: str, classes: tuple[str, ...]) -> Classifier:
    """The classifier in ``file``. Raises DataError where it does not know the model's classes."""
    from studio.engine.training.classes import load

    judge = load(Path(file))
    missing = [one for one in classes if one not in judge.shape.classes]
    if missing:
        raise DataError(OTHER_CLASSES, name=file, classes=told_of("", missing))
    return judge


def evaluate(request: Evaluate, entry: ModelEntry, context: Context) -> Iterator[Event]:
    """Progress, then Evaluated. Raises EngineError, DataError, OSError."""
    yield Progress(done=0, total=request.count, text=MEASURING)
    model = load(entry, context)
    yield from measured(model, entry, request)


def measured(model: GanModel, entry: ModelEntry, request: Evaluate) -> Iterator[Event]:
    """The same of a model in memory. Pictures are those of the seeds from ``request.seed`` on at full variety."""
    judge = _judge(request.judge, model.card.classes) if request.judge else None
    exact = inception.load(request.inception) if request.inception else None
    beside = yield from references(model, Path(entry.path), request.data)
    asked = asked_for(beside, request.count)
    made = yield from _pictures(model, request, entry.path, asked)
    sliders = yield from _controlled(model, beside, judge, request)
    subject = _Subject(
        name=model.card.name, step=model.card.steps, judge=judge, exact=exact, controlled=sliders
    )
    yield from _told(subject, beside, made, request)


def _controlled(
    model: GanModel, beside: References, given: Classifier | None, request: Evaluate
) -> Generator[Progress, None, Controlled | None]:
    """What the sliders change, where that is asked for: by the classes of the judge that is given, or else by those of the real pictures
    where a classifier tells these apart."""
    if request.sliders is None:
        return None
    for name in request.sliders:
        if name not in request.vectors and not model.has_slider(name):
            known = [slider.name for slider in model.card.sliders] + list(model.found)
            raise EngineError("bad_request", UNKNOWN_SLIDER, slider=name, sliders=told_of(name, known))
    vectors = {name: vector_of(model, packed) for name, packed in request.vectors.items()}
    judge = controllability.Judge(given) if given is not None else None
    kinds = beside.folders or (Folders(beside.classes, beside.labels) if beside.classes else None)
    if judge is None and kinds is not None:
        teaching = controllability.taught(beside.real, kinds.labels, kinds.names)
        found = yield from _counted(teaching, JUDGING)
        judge = found if controllability.trusted(found, kinds.labels) else None
    return (yield from _counted(controllability.controlled(model, judge, request.sliders, vectors), SLIDERS))


def compare(request: Compare) -> Iterator[Event]:
    """Progress, then Evaluated of a folder's pictures. Raises DataError, OSError."""
    folder = Path(request.pictures)
    need_folder(folder)
    exact = inception.load(request.inception) if request.inception else None
    beside = yield from of_folder(Path(request.data), request.side)
    found = yield from taken(folder, request.side)
    nothing = torch.zeros(0, dtype=torch.int64)
    subject = _Subject(name=printable(folder.resolve().name), folder=True, skipped=found.skipped, exact=exact)
    yield from _told(subject, beside, _Made(found.pictures, nothing), request)


def _told(subject: _Subject, beside: References, made: _Made, request: Evaluate | Compare) -> Iterator[Event]:
    count = len(made.pictures)
    features = RandomFeatures(torch.device("cpu"))
    yield Progress(done=count, total=count, text=MEASURING)
    real, fake = described(beside.real, features), described(made.pictures, features)
    told = yield from _with_progress(figures(*measures.standardised(real.whole, fake.whole)))
    copied = -1 if beside.endless else (yield from _copied(made.pictures, beside.real))
    report = _report(subject, beside, real, made, fake, features, told)
    deep = yield from _by_network(random_vgg.measured(beside.real, made.pictures, beside.resize), beside, VGG)
    exact = None
    if subject.exact:
        work = inception.measured(beside.real, made.pictures, subject.exact)
        exact = yield from _by_network(work, beside, INCEPTION)
    report = msgspec.structs.replace(report, copied=copied, vgg=deep, inception=exact)
    if request.out:
        write(report, Path(request.out))
    yield report


def _with_progress(work: Generator[int, None, Figures]) -> Generator[Progress, None, Figures]:
    while True:
        try:
            done = next(work)
        except StopIteration as end:
            return end.value
        yield Progress(done=done, total=REPLICATES, text=SCATTER)


def _by_network(
    work: Generator[tuple[int, int], None, Found], beside: References, text: str
) -> Generator[Progress, None, Found]:
    """What another network says, on the same footing but for the network."""
    found = yield from _counted(work, text)
    footing = msgspec.structs.replace(found.footing, beside=_digest(beside.real))
    return msgspec.structs.replace(found, footing=footing)


def _counted(work: Generator[tuple[int, int], None, Result], text: str) -> Generator[Progress, None, Result]:
    while True:
        try:
            done, total = next(work)
        except StopIteration as end:
            return end.value
        yield Progress(done=done, total=total, text=text)


def _digest(pictures: torch.Tensor) -> str:
    return hashlib.sha256(pictures.numpy().tobytes()).hexdigest()


def _copied(made: torch.Tensor, real: torch.Tensor) -> Generator[Progress, None, int]:
    """How many of the made pictures are taken for copies of training pictures."""
    work = copies(made, real)
    while True:
        try:
            done = next(work)
        except StopIteration as end:
            return int(end.value.found.sum())
        yield Progress(done=done, total=len(real), text=SEARCHING)


def asked_for(beside: References, count: int) -> torch.Tensor:
    """Of which class each of ``count`` pictures is asked: int64 [count], every class as often as it is among the real ones (within one),
    in a drawn order; empty where these have no classes that the model knows.

    A model that is asked for its classes evenly is not like pictures of which most are of one class, and one that is asked for
    classes beside pictures without any is not like them either: then z chooses for itself.
    """
    if not beside.classes:
        return torch.zeros(0, dtype=torch.int64)
    shares = torch.bincount(beside.labels, minlength=len(beside.classes)).double().cumsum(0)
    places = (torch.arange(count) + 0.5) / count * shares[-1]
    order = torch.randperm(count, generator=torch.Generator().manual_seed(1))
    return torch.searchsorted(shares, places)[order]


def _pictures(
    model: GanModel, request: Evaluate, path: str, asked: torch.Tensor
) -> Generator[Event, None, _Made]:
    classes = model.card.classes
    pictures: list[torch.Tensor] = []
    for start in range(0, request.count, _BATCH):
        numbers = range(start, min(start + _BATCH, request.count))
        kinds = asked[start : numbers.stop].tolist() if len(asked) else [-1] * len(numbers)
        drawn: dict[int, torch.Tensor] = {}
        for kind in dict.fromkeys(kinds):
            own = [number for number, one in zip(numbers, kinds, strict=True) if one == kind]
            label = classes[kind] if kind >= 0 else ""
            seeds = tuple(request.seed + number for number in own)
            made = model.sample(seeds, sliders={}, variety=1.0, enlarged=False, label=label).pictures
            drawn.update(zip(own, over_white(made).float().cpu(), strict=True))
        pictures += [drawn[number] for number in numbers]
        yield Progress(done=numbers.stop, total=request.count, text=MEASURING)
    found = torch.stack(pictures)
    if not bool(torch.isfinite(found).all()):
        raise EngineError("bug", NOT_NUMBERS, file=path)
    return _Made(found, asked)


def _report(
    subject: _Subject,
    beside: References,
    real: Described,
    made: _Made,
    fake: Described,
    features: RandomFeatures,
    told: Figures,
) -> Evaluated:
    (whole,) = measures.standardised(real.whole)
    order = torch.randperm(len(whole), generator=torch.Generator().manual_seed(1))
    halves = whole[order[: len(order) // 2]], whole[order[len(order) // 2 :]]
    mirrored = described(beside.real.flip(3), features).places if beside.mirrored else None
    near = measures.nearest(fake.places, real.places, mirrored, VOTES)
    gap = measures.usual_gap(real.places, mirrored)
    near_copies = held_copies = -1.0
    if not beside.endless:
        near_copies = float((near.distances[:, 0] < gap).double().mean())
    if len(beside.held):
        held = measures.nearest(described(beside.held, features).places, real.places, mirrored, 1)
        held_copies = float((held.distances[:, 0] < gap).double().mean())
    sharpness, scatter = ratio(laplacian_variance(beside.real), laplacian_variance(made.pictures))
    return Evaluated(
        name=subject.name,
        step=subject.step,
        folder=subject.folder,
        skipped=(*subject.skipped, *beside.skipped),
        footing=Footing(
            features=FEATURES,
            weights=features.digest(),
            side=made.pictures.shape[-1],
            resize=beside.resize,
            beside=_digest(beside.real),
        ),
        count=len(made.pictures),
        real=len(beside.real),
        held_out=len(beside.held),
        variety=told.values["variety"],
        distance=told.values["distance"],
        precision=told.values["precision"],
        recall=told.values["recall"],
        kernel_distance=told.values["kernel_distance"],
        density=told.values["density"],
        coverage=told.values["coverage"],
        sharpness=sharpness,
        intervals={**told.intervals, "sharpness": scatter},
        distance_of_halves=measures.frechet(*halves),
        copies=near_copies,
        copies_held_out=held_copies,
        agreement=_agreement(subject.judge, beside, near.numbers, made),
        controlled=subject.controlled,
        pixels=Pixels.of(side_by_side(made.pictures, beside.real, near)),
    )


def _agreement(
    judge: Classifier | None, beside: References, numbers: torch.Tensor, made: _Made
) -> dict[str, float]:
    """Of each class, the share of pictures asked for in which the judge sees that class; without a judge, whose neighbours are mostly of
    it."""
    asked = made.asked
    if not beside.classes or not len(asked):
        return {}
    if judge is None:
        said = measures.voted(numbers, beside.labels, len(beside.classes))
    else:
        from studio.engine.training.classes import judged

        names = judge.shape.classes
        order = torch.tensor([beside.classes.index(name) if name in beside.classes else -1 for name in names])
        said = order[judged(judge, made.pictures)]
    return {
        name: float((said[asked == kind] == kind).double().mean())
        for kind, name in enumerate(beside.classes)
        if bool((asked == kind).any())
    }


def side_by_side(made: torch.Tensor, real: torch.Tensor, near: measures.Neighbours) -> np.ndarray:
    """uint8 [H, W, 3]: in each row a made picture, a gap, and the nearest of the real; those that are nearest to one on top."""
    chosen = near.distances[:, 0].argsort()[:ROWS]
    side = min(made.shape[-1], LARGEST_TILE)
    lines = []
    for row in chosen.tolist():
        tiles = torch.cat([made[row : row + 1], real[near.numbers[row, :BESIDE]]])
        if tiles.shape[-1] != side:
            tiles = functional.interpolate(tiles, size=(side, side), mode="area")
        eight = ((tiles / 2 + 0.5).clamp(0, 1) * 255).round().to(torch.uint8).permute(0, 2, 3, 1).numpy()
        gap = np.full((side, _GAP, 3), 255, np.uint8)
        lines.append(np.concatenate([eight[0], gap, *eight[1:]], axis=1))
    return np.concatenate(lines)


def write(report: Evaluated, folder: Path) -> None:
    """``step-….json`` with the numbers and ``step-….png`` with the pictures side by side, of a folder of pictures under its name.
    Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    name = report.name if report.folder else f"step-{report.step:08d}"
    (folder / f"{name}.json").write_bytes(document(report))
    ok, encoded = cv2.imencode(".png", np.ascontiguousarray(report.pixels.array()[..., 2::-1]))
    if ok:
        (folder / f"{name}.png").write_bytes(encoded.tobytes())
