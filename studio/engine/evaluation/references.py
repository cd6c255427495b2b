"""The pictures that a model is measured beside: those its run learnt from, those of a folder, or those of its rule."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from pathlib import Path

import msgspec
import numpy as np
import torch

from studio import paths
from studio.engine.datasets.folder import NOTE, FolderSource, Note
from studio.engine.datasets.listing import DataError
from studio.engine.datasets.pack import Pack, open_pack, packed
from studio.engine.datasets.source import ShanshuiSource
from studio.engine.networks.load import GanModel
from studio.engine.training.loop import INKS, in_colour
from studio.engine.training.train import find_recipe
from studio.messages.data import Decisions
from studio.messages.events import Progress
from studio.recipe import QT_TRANSLATE_NOOP, RecipeError

MOST = 2048
"""Pictures that a model is measured beside: more hardly change a number."""
FEWEST = 8
_RULE_MADE, _AT_ONCE = 256, 16
_SEED = 20_261
NO_PICTURES = QT_TRANSLATE_NOOP(
    "engine", "It is not known what “{model}” learnt from. Give the folder of its pictures, too."
)
PAINTING = QT_TRANSLATE_NOOP("engine", "Painting pictures by the rule to compare with")
TOO_FEW = QT_TRANSLATE_NOOP(
    "engine", "There are only {count} pictures to measure beside; at least {least} are needed."
)


class References(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """``real``: colour pictures [n, 3, S, S] in −1…1, ``labels`` int64 [n] their classes by ``classes``, empty where they have none.

    ``held``: pictures that were never trained on, perhaps none. ``mirrored``: each was learnt both ways round. ``endless``: a rule
    made them, and the model saw others.
    """

    real: torch.Tensor
    labels: torch.Tensor
    classes: tuple[str, ...] = ()
    held: torch.Tensor
    mirrored: bool = False
    endless: bool = False


def references(model: GanModel, path: Path, data: str) -> Generator[Progress, None, References]:
    """Yields Progress while a folder is got ready; returns the pictures. ``path``: the model's file. Raises DataError, OSError."""
    pack = (yield from _folder(model, Path(data))) if data else _of_run(path)
    if pack is not None:
        found = _of_pack(model, pack)
    elif _rule_made(model):
        found = yield from _by_rule(model.generator.shape.size)
    else:
        raise DataError(NO_PICTURES, model=model.card.name)
    if len(found.real) < FEWEST:
        raise DataError(TOO_FEW, count=str(len(found.real)), least=str(FEWEST))
    return found


def _by_rule(side: int) -> Generator[Progress, None, References]:
    source, draw = ShanshuiSource(side, spread=1.0), torch.Generator().manual_seed(_SEED)
    parts = []
    for done in range(0, _RULE_MADE, _AT_ONCE):
        parts.append(source.batch(_AT_ONCE, draw)[1])
        yield Progress(done=done + _AT_ONCE, total=_RULE_MADE, text=PAINTING)
    pictures = torch.cat(parts)
    nothing = torch.zeros(0, dtype=torch.int64)
    return References(real=pictures, labels=nothing, held=pictures[:0], endless=True)


def _folder(model: GanModel, folder: Path) -> Generator[Progress, None, Pack]:
    shape = model.generator.shape
    decisions = Decisions(side=shape.size, mirror=None, ink=INKS.get(shape.channels, "colour"))
    return (yield from packed(folder, None, decisions, paths.cache() / "datasets"))


def _of_run(path: Path) -> Pack | None:
    """The pack that the run in whose folder the checkpoint ``path`` lies learnt from, while it is there."""
    with contextlib.suppress(OSError, msgspec.DecodeError, msgspec.ValidationError):
        noted = msgspec.json.decode((path.parent.parent / NOTE).read_bytes(), type=Note)
        pack = open_pack(Path(noted.pack))
        return pack if pack is not None and pack.header.digest == noted.digest else None
    return None


def _rule_made(model: GanModel) -> bool:
    if model.card.trained_on == "shanshui":  # what a checkpoint says; shipped models name their recipe
        return True
    try:
        return find_recipe(model.card.recipe).source == "shanshui"
    except (RecipeError, OSError):
        return False


def _of_pack(model: GanModel, pack: Pack) -> References:
    shape = model.generator.shape
    source = FolderSource(pack, shape.latent_size, mirror=True, channels=shape.channels)
    train, held = (
        _some(pack.indices("train")),
        _some(np.concatenate([pack.indices("test"), pack.indices("validation")])),
    )
    told = bool(model.card.classes) and pack.header.labels == model.card.classes
    labels = torch.tensor([pack.header.items[number].label for number in train], dtype=torch.int64)
    return References(
        real=_fitting(source.pictures(train), shape.size),
        labels=labels if told else labels[:0],
        classes=model.card.classes if told else (),
        held=_fitting(source.pictures(held), shape.size),
        mirrored=True,
    )


def _some(numbers: np.ndarray) -> np.ndarray:
    """At most ``MOST`` of them, always the same ones."""
    if len(numbers) <= MOST:
        return numbers
    chosen = torch.randperm(len(numbers), generator=torch.Generator().manual_seed(_SEED))[:MOST]
    return numbers[np.sort(chosen.numpy())]


def _fitting(pictures: torch.Tensor, side: int) -> torch.Tensor:
    """In colour, ``side`` pixels a side."""
    pictures = in_colour(pictures)
    if pictures.shape[-1] == side or not len(pictures):
        return pictures
    return torch.nn.functional.interpolate(pictures, size=(side, side), mode="area")
