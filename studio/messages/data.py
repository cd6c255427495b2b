"""What is known of a folder of pictures to train on: facts of each picture, findings, and how they are to be packed."""

from __future__ import annotations

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Annotated, Literal

import msgspec
from msgspec.structs import replace

from studio.messages.event import Event
from studio.recipe import QT_TRANSLATE_NOOP

Encoded = bytes  # inside PictureFacts the name ``bytes`` is a field
Split = Literal["train", "validation", "test"]
Kind = Literal[
    "undecodable",
    "too_large",
    "leak",
    "duplicate",
    "near_duplicate",
    "blank",
    "small",
    "extreme",
    "border",
    "skew",
    "paper",
    "seal",
]
KINDS: tuple[Kind, ...] = (
    "undecodable",
    "too_large",
    "leak",
    "duplicate",
    "near_duplicate",
    "blank",
    "small",
    "extreme",
    "border",
    "skew",
    "paper",
    "seal",
)
"""In the order in which they are told: first what cannot be used, then what spoils a training, then what can be mended."""
UNUSABLE: frozenset[Kind] = frozenset(("undecodable", "too_large"))
LEFT_OUT: frozenset[Kind] = frozenset((*UNUSABLE, "leak", "duplicate", "blank"))
"""A picture with one of these findings is left out unless the artist says otherwise."""
MENDED: frozenset[Kind] = frozenset(("border", "skew", "paper"))
"""What a fix in the packed copy takes away."""

LINES = "pictures.jsonl"
"""Of a labelled set: a line of JSON for each picture."""

SENTENCES: dict[Kind, str] = {
    "undecodable": QT_TRANSLATE_NOOP("data", "{count} files cannot be read as pictures; they are left out"),
    "too_large": QT_TRANSLATE_NOOP("data", "{count} pictures are too large to be opened; they are left out"),
    "leak": QT_TRANSLATE_NOOP(
        "data", "{count} pictures also stand among the test pictures; they are left out of training"
    ),
    "duplicate": QT_TRANSLATE_NOOP(
        "data", "{count} files are copies of another; one of each is used, the rest are left out"
    ),
    "near_duplicate": QT_TRANSLATE_NOOP(
        "data", "{count} pictures look almost like another one; the model would see that picture too often"
    ),
    "blank": QT_TRANSLATE_NOOP("data", "{count} pictures are empty, of one colour; they are left out"),
    "small": QT_TRANSLATE_NOOP("data", "{count} pictures are smaller than {side} px; they will be enlarged"),
    "extreme": QT_TRANSLATE_NOOP(
        "data",
        "{count} pictures are very long; a square cuts most of them off, windows along the side do not",
    ),
    "border": QT_TRANSLATE_NOOP("data", "{count} pictures have a border; it can be trimmed"),
    "skew": QT_TRANSLATE_NOOP("data", "{count} pictures lie askew; they can be straightened"),
    "paper": QT_TRANSLATE_NOOP("data", "{count} pictures show tinted or uneven paper; it can be evened"),
    "seal": QT_TRANSLATE_NOOP("data", "{count} pictures seem to bear a red seal; mirroring would reverse it"),
}
ONE: dict[Kind, str] = {
    "undecodable": QT_TRANSLATE_NOOP("data", "1 file cannot be read as a picture; it is left out"),
    "too_large": QT_TRANSLATE_NOOP("data", "1 picture is too large to be opened; it is left out"),
    "leak": QT_TRANSLATE_NOOP(
        "data", "1 picture also stands among the test pictures; it is left out of training"
    ),
    "duplicate": QT_TRANSLATE_NOOP("data", "1 file is a copy of another; it is left out"),
    "near_duplicate": QT_TRANSLATE_NOOP(
        "data", "1 picture looks almost like another one; the model would see that picture too often"
    ),
    "blank": QT_TRANSLATE_NOOP("data", "1 picture is empty, of one colour; it is left out"),
    "small": QT_TRANSLATE_NOOP("data", "1 picture is smaller than {side} px; it will be enlarged"),
    "extreme": QT_TRANSLATE_NOOP(
        "data", "1 picture is very long; a square cuts most of it off, windows along the side do not"
    ),
    "border": QT_TRANSLATE_NOOP("data", "1 picture has a border; it can be trimmed"),
    "skew": QT_TRANSLATE_NOOP("data", "1 picture lies askew; it can be straightened"),
    "paper": QT_TRANSLATE_NOOP("data", "1 picture shows tinted or uneven paper; it can be evened"),
    "seal": QT_TRANSLATE_NOOP("data", "1 picture seems to bear a red seal; mirroring would reverse it"),
}
LONELY = QT_TRANSLATE_NOOP(
    "data", "the class “{name}” has one picture only; give it more, or take its folder away"
)


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing about one picture. ``other``: the file that it is like; ``value``: how far it is alike (bits that differ),
    aspect, degrees, or side in pixels; ``reason``: of a decoder, in English."""

    kind: Kind
    other: str = ""
    value: float = 0.0
    reason: str = ""


class PictureFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the folder. ``file`` is relative to it, with slashes; a file of a test folder elsewhere has its whole path.

    ``width`` and ``height``: upright, 0 when it cannot be read. ``label``: its class, the folder that it lies in.
    ``caption``: of the text file beside it. ``digest``: of the file's bytes. ``colour``: mean sRGB, 0…255.
    """

    file: str
    split: Split = "train"
    label: str = ""
    caption: str = ""
    bytes: int = 0
    width: int = 0
    height: int = 0
    digest: str = ""
    colour: tuple[int, int, int] = (0, 0, 0)
    findings: tuple[Finding, ...] = ()

    def has(self, *kinds: Kind) -> bool:
        return any(finding.kind in kinds for finding in self.findings)

    @property
    def usable(self) -> bool:
        return self.width > 0


class Bar(msgspec.Struct, frozen=True):
    """One bar of a histogram: from ``low`` up to, without it, ``high``."""

    low: float
    high: float
    count: int


class Checked(Event, frozen=True, kw_only=True):
    """The data set was looked through. ``alike``: (number of a picture, what it is a copy of); what each picture is by
    itself came with Examined. ``seconds`` it took."""

    folder: str
    side: int
    test_folder: str = ""
    seconds: float = 0.0
    alike: tuple[tuple[int, Finding], ...] = ()


class Examined(Event, frozen=True, kw_only=True):
    """Pictures of a data set from number ``first`` on, of ``total``: their facts, and a small JPEG of each (empty when it
    cannot be read)."""

    first: int
    total: int
    pictures: tuple[PictureFacts, ...]
    thumbnails: tuple[Encoded, ...]


class DataReport(msgspec.Struct, frozen=True, kw_only=True):
    """What the doctor found. ``side``: the side in pixels that was asked for. ``seconds`` it took."""

    folder: str
    side: int
    pictures: tuple[PictureFacts, ...]
    test_folder: str = ""
    seconds: float = 0.0

    @classmethod
    def of(cls, pictures: Iterable[PictureFacts], checked: Checked) -> DataReport:
        """The report from what came with Examined and Checked."""
        alike = dict(checked.alike)
        return cls(
            folder=checked.folder,
            test_folder=checked.test_folder,
            side=checked.side,
            seconds=checked.seconds,
            pictures=tuple(
                replace(one, findings=(*one.findings, alike[index])) if index in alike else one
                for index, one in enumerate(pictures)
            ),
        )

    @property
    def counts(self) -> dict[Kind, int]:
        """How many pictures have each finding, in the order of ``KINDS``; none with nothing."""
        found = Counter(kind for one in self.pictures for kind in {finding.kind for finding in one.findings})
        return {kind: found[kind] for kind in KINDS if found[kind]}

    @property
    def classes(self) -> dict[str, int]:
        """Readable training pictures of each class, sorted; the empty name is no class."""
        found = Counter(one.label for one in self.pictures if one.usable and one.split == "train")
        return dict(sorted(found.items()))

    @property
    def left_out(self) -> frozenset[str]:
        """Files that are left out unless the artist says otherwise."""
        return frozenset(one.file for one in self.pictures if one.has(*LEFT_OUT))

    def lonely(self) -> tuple[str, ...]:
        """Classes with one picture."""
        return tuple(name for name, count in self.classes.items() if name and count == 1)


SIDES = (0, 32, 64, 128, 256, 512, 1024, 2048, 4096, 1 << 30)
ASPECTS = (0.0, 1 / 3, 0.5, 2 / 3, 0.9, 1.1, 1.5, 2.0, 3.0, 1e9)


def size_bars(pictures: Iterable[PictureFacts]) -> tuple[Bar, ...]:
    """Histogram of the shorter side in pixels."""
    return _bars([min(one.width, one.height) for one in pictures if one.usable], SIDES)


def aspect_bars(pictures: Iterable[PictureFacts]) -> tuple[Bar, ...]:
    """Histogram of width over height."""
    return _bars([one.width / one.height for one in pictures if one.usable], ASPECTS)


def lightness_bars(pictures: Iterable[PictureFacts]) -> tuple[Bar, ...]:
    """Histogram of the mean sRGB level, 0…255, in eight bars."""
    levels = [sum(one.colour) / 3 for one in pictures if one.usable]
    return _bars(levels, tuple(range(0, 257, 32)))


def _bars(values: Iterable[float], edges: tuple[float, ...]) -> tuple[Bar, ...]:
    values = tuple(values)
    return tuple(
        Bar(low, high, sum(low <= value < high for value in values)) for low, high in pairwise(edges)
    )


Part = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]


class Crop(msgspec.Struct, frozen=True):
    """A part of an upright picture in parts of its width and height: left, top, width, height."""

    x: Part
    y: Part
    width: Part
    height: Part


OVERLAP = 0.25
"""Least part of a window that its neighbour along a long side shares with it."""
MOST_WINDOWS = 32


def window_starts(long: int, short: int) -> tuple[int, ...]:
    """Where squares of ``short`` pixels begin along a side of ``long``, evenly spread from its one end to the other."""
    room = long - short
    if room <= 0:
        return (0,)
    count = min(MOST_WINDOWS, math.ceil(room / short / (1 - OVERLAP)) + 1)
    return tuple(round(room * index / (count - 1)) for index in range(count))


class Decisions(msgspec.Struct, frozen=True, kw_only=True):
    """How a folder becomes training pictures; equal decisions over equal files give equal bytes.

    ``policy``: the middle square, the square with most detail, squares along the long side, or the whole picture with
    its own paper around it. ``trim``, ``straighten``, ``even_paper``: fixes, done in the packed copy where they are found
    needed. ``ink``: kept in colour, as one grey channel, or in colour with its alpha. ``mirror``: whether training may mirror, None as the
    recipe says; it changes no packed pixel. ``classes``: what can be asked for by name afterwards: what the recipe says, the sub-folders,
    or ``palettes`` groups of like colours, whatever folders they lie in. ``excluded`` and ``included`` overrule what the doctor leaves out. ``crops``: drawn by
    hand, by file. ``validation``: share of each class that is held out, drawn with ``seed``.
    """

    side: Annotated[int, msgspec.Meta(ge=8, le=1024)] = 64
    policy: Literal["centre", "detail", "windows", "pad"] = "centre"
    trim: bool = False
    straighten: bool = False
    even_paper: bool = False
    ink: Literal["colour", "grey", "alpha"] = "colour"
    mirror: bool | None = None
    classes: Literal["recipe", "folders", "palettes"] = "recipe"
    palettes: Annotated[int, msgspec.Meta(ge=2, le=24)] = 6
    excluded: tuple[str, ...] = ()
    included: tuple[str, ...] = ()
    crops: Mapping[str, Crop] = {}
    validation: Annotated[float, msgspec.Meta(ge=0.0, le=0.5)] = 0.0
    seed: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)] = 1

    def crops_of(self, picture: PictureFacts) -> tuple[Crop, ...]:
        """The squares that are taken, as far as the size of the picture says it; none where the pixels decide."""
        drawn = self.crops.get(picture.file)
        if drawn is not None:
            return (drawn,)
        if self.policy in ("detail", "pad") or not picture.usable:
            return ()
        if (self.trim and picture.has("border")) or (self.straighten and picture.has("skew")):
            return ()
        width, height = picture.width, picture.height
        long, short = max(width, height), min(width, height)
        starts = window_starts(long, short) if self.policy == "windows" else ((long - short) // 2,)
        part = short / long
        return tuple(
            Crop(start / long, 0.0, part, 1.0) if width > height else Crop(0.0, start / long, 1.0, part)
            for start in starts
        )

    def leaves_out(self, picture: PictureFacts) -> bool:
        """Whether the picture is not trained on."""
        if not picture.usable or picture.file in self.excluded:
            return True
        return picture.has(*LEFT_OUT) and picture.file not in self.included

    def held_out(self, pictures: Iterable[PictureFacts]) -> frozenset[str]:
        """Of ``pictures``, none of which is left out, the training files that are held out for validation: a share of each class,
        pictures alike always together. A class keeps at least one picture for training."""
        classes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for one in pictures:
            if one.split == "train":
                near = next(
                    (found.other for found in one.findings if found.kind == "near_duplicate"), one.file
                )
                classes[one.label][near].append(one.file)
        held: set[str] = set()
        for groups in classes.values():
            wanted = round(self.validation * sum(len(files) for files in groups.values()))
            taken = 0
            for name in sorted(groups, key=self._draw)[:-1]:
                if taken + len(groups[name]) <= wanted:
                    held.update(groups[name])
                    taken += len(groups[name])
        return frozenset(held)

    def _draw(self, name: str) -> bytes:
        drawn = f"{self.seed} {name}".encode("utf-8", "surrogateescape")
        return hashlib.blake2b(drawn, digest_size=8).digest()
