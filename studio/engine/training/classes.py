"""Teaching a classifier the sub-folders of a folder, and what it then says of pictures."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path

import msgspec
import numpy as np
import torch
import torch.nn.functional as functional
from safetensors import SafetensorError, safe_open

from studio import paths
from studio.engine.datasets.folder import FolderSource
from studio.engine.datasets.listing import DataError
from studio.engine.datasets.pack import packed
from studio.engine.datasets.reading import BROKEN, file_bytes, read_picture
from studio.engine.datasets.shaping import squares_of
from studio.engine.networks.classifier import Classifier, ClassifierShape
from studio.engine.training.samples import in_colour
from studio.engine.training.storing import store
from studio.messages.data import Decisions
from studio.messages.events import ClassesLearnt, Classified, Progress
from studio.messages.pixels import Pixels
from studio.messages.requests import Classify, LearnClasses
from studio.recipe import QT_TRANSLATE_NOOP

SHAPE_KEY = "classifier"
HELD_OUT, BATCH = 0.2, 32
RATE = 2e-3
GAP, LEAST = 2, 16
"""Pixels between two maps, and at least of a map's side."""
NOT_A_CLASSIFIER = QT_TRANSLATE_NOOP(
    "engine", "“{name}” is no classifier. “danqing classes learn” makes one from a folder of classes."
)
UNREADABLE = QT_TRANSLATE_NOOP("engine", "“{name}” cannot be read as a picture; leave it out.")


def learn(request: LearnClasses) -> Iterator[Progress | ClassesLearnt]:
    """Yields Progress each step, then ClassesLearnt; writes the classifier to ``request.out``, whole or not at all. The same request
    over the same files gives the same one on one machine. Raises DataError, OSError."""
    decisions = request.decisions or Decisions(validation=HELD_OUT)
    decisions = msgspec.structs.replace(decisions, side=request.side, mirror=None, ink="colour")
    test = Path(request.test_data) if request.test_data else None
    pack = yield from packed(Path(request.data), test, decisions, paths.cache() / "datasets")
    source = FolderSource(pack, 1, mirror=request.mirror, by_class=True)
    torch.manual_seed(request.seed)
    classifier = Classifier(ClassifierShape(side=request.side, classes=source.classes))
    optimiser = torch.optim.AdamW(classifier.parameters(), weight_decay=1e-2)
    for step in range(request.steps):
        for group in optimiser.param_groups:
            group["lr"] = RATE * (1 - step / request.steps) + RATE / 50
        draw = torch.Generator().manual_seed(request.seed * 1_000_003 + step)
        code, pictures = source.batch(BATCH, draw)
        said, true = classifier(pictures), code[:, 1:].argmax(1)
        loss = functional.cross_entropy(said, true)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        right = float((said.argmax(1) == true).double().mean())
        yield Progress(done=step + 1, total=request.steps, values={"loss": loss.item(), "right": right})
    table = confusion(classifier, source)
    write(classifier, Path(request.out))
    count = int(table.sum())
    yield ClassesLearnt(
        path=request.out, classes=source.classes, pictures=source.count, held_out=count,
        right=float(table.trace() / count) if count else -1.0,
        confusion=tuple(tuple(int(one) for one in row) for row in table.tolist()), rejected=source.rejected,
    )  # fmt: skip


@torch.no_grad()
def confusion(classifier: Classifier, source: FolderSource) -> torch.Tensor:
    """int64 [classes, classes]: of the held out pictures of each class (rows), how many are taken for each (columns)."""
    numbers = source.some("held", 4096)
    table = torch.zeros(len(source.classes), len(source.classes), dtype=torch.int64)
    for start in range(0, len(numbers), 64):
        part = numbers[start : start + 64]
        true = source.labels(part)
        said = classifier(source.pictures(part)).argmax(1)
        table.index_put_((true, said), torch.ones_like(true), accumulate=True)
    return table


def write(classifier: Classifier, path: Path) -> None:
    """A safetensors file that holds its shape and its classes. Raises OSError."""
    metadata = {SHAPE_KEY: msgspec.json.encode(classifier.shape).decode()}
    store(classifier.state_dict(), path, metadata)


def load(path: Path) -> Classifier:
    """What ``write`` wrote. Raises DataError naming the file where it is anything else or not whole."""
    try:
        with safe_open(path, "pt") as file:
            shape = msgspec.json.decode((file.metadata() or {})[SHAPE_KEY], type=ClassifierShape)
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - not a dict
        classifier = Classifier(shape)
        classifier.load_state_dict(tensors)
        if not all(bool(value.isfinite().all()) for value in tensors.values()):
            raise ValueError
    except (OSError, SafetensorError, KeyError, ValueError, RuntimeError, msgspec.DecodeError):
        raise DataError(NOT_A_CLASSIFIER, name=str(path)) from None
    return classifier.eval().requires_grad_(False)


def classify(request: Classify) -> Generator[Progress | Classified, None, None]:
    """Of each picture the share of each class, and with ``maps`` what each layer makes of it. Raises DataError."""
    classifier = load(Path(request.model))
    for done, file in enumerate(request.files, 1):
        picture = _square(Path(file), classifier.shape.side)
        shares = classifier(picture[None]).softmax(1)[0].tolist()
        stages = classifier.stages(picture) if request.maps else []
        yield Classified(
            file=file,
            shares=dict(zip(classifier.shape.classes, shares, strict=True)),
            maps={one.name: Pixels.of(mosaic(one.maps)) for one in stages},
        )
        yield Progress(done=done, total=len(request.files))


def _square(path: Path, side: int) -> torch.Tensor:
    """[3, side, side] in −1…1 of the middle. Raises DataError."""
    try:
        reading = read_picture(file_bytes(path), 2 * side)
    except BROKEN:
        raise DataError(UNREADABLE, name=str(path)) from None
    square = np.array(squares_of(reading.rgb, Decisions(side=side))[0])  # of its own, to be written
    return torch.from_numpy(square).permute(2, 0, 1).float() / 127.5 - 1


def mosaic(maps: torch.Tensor) -> np.ndarray:
    """Maps [C, H, W] side by side, uint8 [h, w, 3]: black where nothing answers, white where it answers most in this layer. Small ones
    are enlarged, a square for each of their pixels."""
    large = -(-LEAST // min(maps.shape[1:]))
    maps = maps.repeat_interleave(large, 1).repeat_interleave(large, 2)
    count, height, width = maps.shape
    across = int(np.ceil(np.sqrt(count)))
    down = -(-count // across)
    scale = 255 / max(float(maps.max()), 1e-6)
    sheet = np.full((down * (height + GAP) - GAP, across * (width + GAP) - GAP), 64, np.uint8)
    for number, one in enumerate((maps * scale).clamp(0, 255).to(torch.uint8).numpy()):
        top, left = number // across * (height + GAP), number % across * (width + GAP)
        sheet[top : top + height, left : left + width] = one
    return np.repeat(sheet[..., None], 3, 2)


@torch.no_grad()
def judged(classifier: Classifier, pictures: torch.Tensor) -> torch.Tensor:
    """The class int64 [B] that it sees in each of pictures [B, C, S, S] in −1…1, whatever their size and channels."""
    side, found = classifier.shape.side, []
    for part in in_colour(pictures).float().split(64):
        if part.shape[-1] != side:
            part = functional.interpolate(part, size=(side, side), mode="bilinear", antialias=True)
        found.append(classifier(part.clamp(-1, 1)).argmax(1))
    return torch.cat(found)
