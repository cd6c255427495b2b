"""The pictures that a model is measured beside: those its run learnt from, those of a folder, or those of its rule."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import torch

from studio import paths
from studio.engine.datasets import conditions, shanshui
from studio.engine.datasets.folder import NOTE, FolderSource, Note
from studio.engine.datasets.listing import DataError
from studio.engine.datasets.pack import Pack, open_pack, packed
from studio.engine.evaluation.pictures import FEWEST, SEED, need_folder, some
from studio.engine.networks.model import GanModel
from studio.engine.training.loop import INKS
from studio.engine.training.recipe import find_recipe
from studio.engine.training.samples import in_colour
from studio.messages.data import Decisions
from studio.messages.events import Progress
from studio.recipe import QT_TRANSLATE_NOOP, RecipeError

_RULE_MADE, _AT_ONCE = 256, 16
RESIZED = "{policy} square, by area when it shrinks, bicubic when it grows"
NO_PICTURES = QT_TRANSLATE_NOOP(
    "engine", "It is not known what “{model}” learnt from. Give the folder of its pictures, too."
)
PAINTING = QT_TRANSLATE_NOOP("engine", "Painting pictures by the rule to compare with")
TOO_FEW = QT_TRANSLATE_NOOP(
    "engine", "There are too few pictures to measure beside ({count}); at least {least} are needed."
)


class Folders(NamedTuple):
    """What a folder itself calls its pictures: ``labels`` int64 [n] by ``names``, whether the model knows these or not."""

    names: tuple[str, ...]
    labels: torch.Tensor


class References(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """``real``: colour pictures [n, 3, S, S] in −1…1, ``labels`` int64 [n] their classes by ``classes``, empty where they have none.

    ``held``: pictures that were never trained on, perhaps none. ``mirrored``: each was learnt both ways round. ``endless``: a rule
    made them, and the model saw others. ``skipped``: a line for each file of the folder that was left out, its name first; ``resize``:
    how they come to their size. ``folders``: nothing where there are not two of them or a picture is of none.
    """

    real: torch.Tensor
    labels: torch.Tensor
    classes: tuple[str, ...] = ()
    held: torch.Tensor
    mirrored: bool = False
    endless: bool = False
    skipped: tuple[str, ...] = ()
    resize: str = "painted at this size"
    folders: Folders | None = None


def references(model: GanModel, path: Path, data: str) -> Generator[Progress, None, References]:
    """Yields Progress while a folder is got ready; returns the pictures. ``path``: the model's file. Raises DataError, OSError."""
    shape = model.generator.shape
    decisions = Decisions(side=shape.size, mirror=None, ink=INKS.get(shape.channels, "colour"))
    pack = (yield from _packed(Path(data), decisions)) if data else _of_run(path)
    if pack is not None:
        found = _of_pack(pack, shape.size, shape.channels, model.card.classes)
    elif rule := _rule_of(model):
        painted = _by_condition if rule == "conditions" else _by_rule
        found = yield from painted(model.generator.shape.size, model.card.classes)
    else:
        raise DataError(NO_PICTURES, model=model.card.name)
    return _enough(found)


def of_folder(folder: Path, side: int) -> Generator[Progress, None, References]:
    """The same of a folder alone, in colour and ``side`` pixels a side. Raises DataError, OSError."""
    return _enough(_of_pack((yield from _packed(folder, Decisions(side=side))), side))


def _enough(found: References) -> References:
    if len(found.real) < FEWEST:
        raise DataError(TOO_FEW, count=str(len(found.real)), least=str(FEWEST))
    return found


def _by_rule(side: int, classes: tuple[str, ...]) -> Generator[Progress, None, References]:
    """Of each class, if they are the rule's styles, as many as of each other: as the model is asked for them."""
    told = classes == shanshui.STYLES
    draw, parts = torch.Generator().manual_seed(SEED), []
    labels = torch.arange(_RULE_MADE if told else 0) % len(shanshui.STYLES)
    for done in range(0, _RULE_MADE, _AT_ONCE):
        z = torch.randn(_AT_ONCE, shanshui.LATENT_SIZE, generator=draw)
        for row, kind in enumerate(labels[done : done + _AT_ONCE].tolist()):
            z[row : row + 1] = shanshui.in_style(z[row : row + 1], shanshui.STYLES[kind])
        parts.append(shanshui.paint(z, side) * 2 - 1)
        yield Progress(done=done + _AT_ONCE, total=_RULE_MADE, text=PAINTING)
    pictures = torch.cat(parts)
    return References(
        real=pictures, labels=labels, classes=classes if told else (), held=pictures[:0], endless=True
    )


def _by_condition(side: int, classes: tuple[str, ...]) -> Generator[Progress, None, References]:
    """Of each style, season and time of day as many as of each other, as they are learnt."""
    draw, parts = torch.Generator().manual_seed(SEED), []
    labels = torch.arange(_RULE_MADE) % len(conditions.CLASSES)
    for done in range(0, _RULE_MADE, _AT_ONCE):
        z = torch.randn(_AT_ONCE, shanshui.LATENT_SIZE, generator=draw)
        parts.append(conditions.paint(z, labels[done : done + _AT_ONCE], side) * 2 - 1)
        yield Progress(done=done + _AT_ONCE, total=_RULE_MADE, text=PAINTING)
    pictures, told = torch.cat(parts), classes == conditions.CLASSES
    return References(
        real=pictures,
        labels=labels if told else labels[:0],
        classes=classes if told else (),
        held=pictures[:0],
        endless=True,
    )


def _packed(folder: Path, decisions: Decisions) -> Generator[Progress, None, Pack]:
    need_folder(folder)
    return (yield from packed(folder, None, decisions, paths.cache() / "datasets"))


def _of_run(path: Path) -> Pack | None:
    """The pack that the run in whose folder the checkpoint ``path`` lies learnt from, while it is there."""
    with contextlib.suppress(OSError, msgspec.DecodeError, msgspec.ValidationError):
        noted = msgspec.json.decode((path.parent.parent / NOTE).read_bytes(), type=Note)
        pack = open_pack(Path(noted.pack))
        return pack if pack is not None and pack.header.digest == noted.digest else None
    return None


def _rule_of(model: GanModel) -> str:
    """The rule that painted what the model learnt from: ``shanshui``, ``conditions``, or none."""
    rules = ("shanshui", "conditions")
    if model.card.trained_on in rules:  # what a checkpoint says; shipped models name their recipe
        return model.card.trained_on
    try:
        source = find_recipe(model.card.recipe).source
    except (RecipeError, OSError):
        return ""
    return source if source in rules else ""


def _of_pack(pack: Pack, side: int, channels: int = 3, classes: tuple[str, ...] = ()) -> References:
    source = FolderSource(pack, 1, mirror=True, channels=channels)
    train, held = (
        some(pack.indices("train")),
        some(np.concatenate([pack.indices("test"), pack.indices("validation")])),
    )
    labels = _labels_of(pack, train, classes)
    told = bool(len(labels))
    return References(
        real=_fitting(source.pictures(train), side),
        labels=labels,
        classes=classes if told else (),
        held=_fitting(source.pictures(held), side),
        mirrored=True,
        skipped=pack.header.rejected,
        resize=RESIZED.format(policy=pack.header.decisions.policy),
        folders=_folders(pack, train),
    )


def _folders(pack: Pack, numbers: np.ndarray) -> Folders | None:
    names = tuple(pack.header.labels)
    found = [pack.header.items[number].label for number in numbers]
    if len(names) < 2 or min(found, default=-1) < 0:
        return None
    return Folders(names, torch.tensor(found))


def _labels_of(pack: Pack, numbers: np.ndarray, classes: tuple[str, ...]) -> torch.Tensor:
    """The places among the model's ``classes`` of what the folder calls its pictures, in whatever order it has them; empty where one has
    no class, or another one."""
    names = [pack.header.labels[pack.header.items[number].label] for number in numbers]
    if not names or not set(names) <= set(classes):
        return torch.zeros(0, dtype=torch.int64)
    return torch.tensor([classes.index(name) for name in names], dtype=torch.int64)


def _fitting(pictures: torch.Tensor, side: int) -> torch.Tensor:
    """In colour, ``side`` pixels a side."""
    pictures = in_colour(pictures)
    if pictures.shape[-1] == side or not len(pictures):
        return pictures
    return torch.nn.functional.interpolate(pictures, size=(side, side), mode="area")
