"""The packed pictures of a folder as a training source."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from pathlib import Path
from typing import Literal

import msgspec
import numpy as np
import torch

from studio.engine.datasets.listing import DataError
from studio.engine.datasets.pack import Pack, open_pack, packed
from studio.engine.datasets.palettes import moments, nearest, palettes_of
from studio.engine.networks.generator import code_of
from studio.messages.data import Decisions
from studio.messages.events import Progress
from studio.messages.models import ClassTitle
from studio.recipe import QT_TRANSLATE_NOOP

NO_CLASSES = QT_TRANSLATE_NOOP(
    "engine",
    "To learn classes, all pictures must lie in sub-folders, one for each class, and there must be two or more of them.",
)
NOTE = "pictures.json"
"""In the folder of a run: the pack that it learns from, so that a resumed run goes on with the same pictures."""


class Note(msgspec.Struct, frozen=True):
    pack: str
    digest: str


class FolderSource:
    """The training squares of a pack; z is drawn independently of them. ``mirror``: each is mirrored half of the time.
    ``by_class``: their classes are told, too: the sub-folders, of which there must be two or more, or the palettes where the pack was
    decided to have some. ``channels``: 3 for grey as colour; else as packed. Raises DataError."""

    paired = False

    def __init__(
        self, pack: Pack, latent_size: int, *, mirror: bool, by_class: bool = False, channels: int = 0
    ) -> None:
        self.pack, self.latent_size, self.mirror = pack, latent_size, mirror
        self.channels = channels or pack.header.channels
        self._train = pack.indices("train")
        self._held = np.concatenate([pack.indices("test"), pack.indices("validation")])
        self.count, self.held_count = len(self._train), len(self._held)
        self.rejected = pack.header.rejected
        self.classes: tuple[str, ...] = ()
        self.class_titles: tuple[ClassTitle, ...] = ()
        self._labels = torch.tensor([item.label for item in pack.header.items])
        if by_class and pack.header.decisions.classes == "palettes":
            self._tell_palettes(pack.header.decisions.palettes)
        elif by_class:
            self._tell_folders(pack.header.labels)

    def _tell_folders(self, names: tuple[str, ...]) -> None:
        """The sub-folders of what is trained on. What is held out of another one, which is never learnt, tests nothing."""
        learnt = self._labels[self._train].unique()
        self.classes = tuple(names[number] for number in learnt.tolist())
        if len(self.classes) < 2 or "" in self.classes:
            raise DataError(NO_CLASSES)
        known = torch.isin(self._labels[self._held], learnt)
        self._held = self._held[known.numpy()]
        self.held_count = len(self._held)
        self._labels = torch.searchsorted(learnt, self._labels)

    def labels(self, indices: np.ndarray) -> torch.Tensor:
        """int64 [B], the places among ``classes`` of the squares with these numbers in the pack."""
        return self._labels[indices]

    def _tell_palettes(self, count: int) -> None:
        """The palettes of what is trained on; what is held out belongs to the nearest."""
        palettes = palettes_of(self.pack.pixels[self._train], count)
        self.classes = tuple(one.name for one in palettes)
        self.class_titles = tuple(one.title for one in palettes)
        self._labels = torch.from_numpy(nearest(moments(self.pack.pixels), palettes))

    def batch(self, count: int, generator: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        z = torch.randn(count, self.latent_size, generator=generator)
        chosen = torch.randint(self.count, (count,), generator=generator)
        pictures = self.pictures(self._train[chosen.numpy()])
        if self.mirror:
            turned = torch.rand(count, generator=generator) < 0.5
            pictures = torch.where(turned.view(-1, 1, 1, 1), pictures.flip(3), pictures)
        return code_of(z, self._labels[self._train][chosen], len(self.classes)), pictures

    def held(self, count: int, generator: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        """Codes and pictures as ``batch`` gives them, of those that are never trained on; there must be some."""
        z = torch.randn(count, self.latent_size, generator=generator)
        chosen = torch.randint(self.held_count, (count,), generator=generator)
        pictures = self.pictures(self._held[chosen.numpy()])
        return code_of(z, self._labels[self._held][chosen], len(self.classes)), pictures

    def some(self, what: Literal["train", "held"], most: int) -> np.ndarray:
        """The numbers of at most ``most`` squares that are trained on, or never, evenly from all."""
        numbers = self._train if what == "train" else self._held
        return numbers if len(numbers) <= most else numbers[np.arange(most) * len(numbers) // most]

    def pictures(self, indices: np.ndarray) -> torch.Tensor:
        """[B, channels, S, S] in -1…1 of the squares with these numbers in the pack."""
        pixels = torch.from_numpy(np.ascontiguousarray(self.pack.pixels[indices]))
        pictures = pixels.permute(0, 3, 1, 2).float() / 127.5 - 1
        return pictures.expand(-1, self.channels, -1, -1).contiguous()


def pack_of_run(
    run: Path, data: Path, test_data: Path | None, decisions: Decisions, cache: Path, *, resume: bool
) -> Generator[Progress, None, Pack]:
    """Yields Progress, returns the pack that the run in ``run`` learns from, and notes it there.

    A resumed run takes the pack it began with while that is there, whatever has become of the folder since. Raises
    DataError, OSError.
    """
    note = run / NOTE
    if resume:
        with contextlib.suppress(OSError, msgspec.DecodeError):
            noted = msgspec.json.decode(note.read_bytes(), type=Note)
            known = open_pack(Path(noted.pack))
            if known is not None and known.header.digest == noted.digest:
                return known
    pack = yield from packed(data, test_data, decisions, cache)
    run.mkdir(parents=True, exist_ok=True)
    note.write_bytes(msgspec.json.encode(Note(str(pack.path), pack.header.digest)))
    return pack
