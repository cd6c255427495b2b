"""The packed copy of a folder: training squares in one memory-mapped file in the cache; the artist's files are only read.

Layout: ``DQPACK1\\n``, u64 bytes of pixels, u64 bytes of header (little endian), zeros up to 64 bytes; the pixels uint8
[count, side, side, channels]; the header as JSON.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import struct
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec
import numpy as np

from studio.engine.datasets.doctor import check_folder, in_order
from studio.engine.datasets.listing import DataError, Listed, list_pictures
from studio.engine.datasets.reading import BROKEN, file_bytes, read_picture
from studio.engine.datasets.shaping import squares_of, squares_with_alpha
from studio.messages.data import Checked, DataReport, Decisions, Examined, PictureFacts, Split
from studio.messages.events import Progress
from studio.recipe import QT_TRANSLATE_NOOP

MAGIC = b"DQPACK1\n"
START = 64
VERSION = 2
"""Raised when the same files and decisions give other pixels."""
CHANNELS = {"colour": 3, "grey": 1, "alpha": 4}
CACHE_LIMIT = 8 << 30
CHECKING = QT_TRANSLATE_NOOP("engine", "Looking through the pictures")
PACKING = QT_TRANSLATE_NOOP("engine", "Getting the pictures ready")
ALL_LEFT_OUT = QT_TRANSLATE_NOOP(
    "engine", "Every picture of “{folder}” is left out. Include some of them again, or choose another folder."
)


class Item(msgspec.Struct, frozen=True):
    """One square: of which file, the number of its window, its class and what it is for."""

    file: str
    window: int
    label: int
    split: Split


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """``digest``: of the pixels. ``rejected``: files that are not used, with the reason."""

    side: int
    channels: int
    decisions: Decisions
    digest: str
    items: tuple[Item, ...]
    labels: tuple[str, ...]
    captions: dict[str, str]
    rejected: tuple[str, ...] = ()


class Pack(msgspec.Struct, frozen=True, eq=False):
    """``pixels`` uint8 [count, side, side, channels], read-only, mapped from ``path``."""

    path: Path
    header: Header
    pixels: np.ndarray

    def indices(self, split: Split) -> np.ndarray:
        """Numbers of the squares that are for ``split``, int64."""
        return np.array(
            [index for index, item in enumerate(self.header.items) if item.split == split], np.int64
        )


def open_pack(path: Path) -> Pack | None:
    """The pack at ``path``; None where there is none that is whole."""
    try:
        with open(path, "rb") as file:
            start = file.read(START)
            if len(start) < START or not start.startswith(MAGIC):
                return None
            pixels, size = struct.unpack_from("<QQ", start, len(MAGIC))
            if START + pixels + size != os.fstat(file.fileno()).st_size:
                return None
            file.seek(START + pixels)
            header = msgspec.json.decode(file.read(size), type=Header)
        shape = (len(header.items), header.side, header.side, header.channels)
        if not pixels or pixels != int(np.prod(shape, dtype=np.int64)):
            return None
        return Pack(path, header, np.memmap(path, np.uint8, "r", START, shape))
    except (OSError, ValueError, msgspec.DecodeError):
        return None


def packed(
    folder: Path, test_folder: Path | None, decisions: Decisions, cache: Path
) -> Generator[Progress, None, Pack]:
    """Yields Progress, returns the pack of ``folder`` under ``decisions``; the one in ``cache`` when nothing has changed.

    A file counts as unchanged while its name, size and time are. Written whole or not at all. Raises DataError when
    nothing is left to train on, OSError.
    """
    listed = list_pictures(folder, test_folder)
    signature = _signature(listed)
    said = msgspec.json.encode((VERSION, decisions), order="deterministic")
    path = cache / f"{hashlib.blake2b(said + signature.encode(), digest_size=16).hexdigest()}.pack"
    known = open_pack(path)
    if known is not None:
        return known
    cache.mkdir(parents=True, exist_ok=True)
    pictures = yield from _looked_through(folder, test_folder, decisions.side, cache / f"{signature}.json")
    by_file = {one.file: one for one in listed}
    chosen = [one for one in pictures if not decisions.leaves_out(one) and one.file in by_file]
    if not any(one.split == "train" for one in chosen):
        raise DataError(ALL_LEFT_OUT, folder=str(folder))
    yield from _written(path, chosen, by_file, decisions, _rejected(pictures, decisions))
    _make_room(cache, path)
    pack = open_pack(path)
    if pack is None:
        raise OSError(f"{path}: what was written cannot be read again")
    return pack


def _signature(listed: Sequence[Listed]) -> str:
    rows = [(str(one.path), one.file, one.split, one.label, one.bytes, one.changed) for one in listed]
    return hashlib.blake2b(msgspec.json.encode(rows), digest_size=16).hexdigest()


def _looked_through(
    folder: Path, test_folder: Path | None, side: int, kept: Path
) -> Generator[Progress, None, tuple[PictureFacts, ...]]:
    """What the doctor says; kept beside the packs, so that another decision over the same files need not look again."""
    with contextlib.suppress(OSError, msgspec.DecodeError):
        return msgspec.json.decode(kept.read_bytes(), type=DataReport).pictures
    pictures: list[PictureFacts] = []
    report: DataReport | None = None
    for event in check_folder(folder, test_folder, side=side):
        if isinstance(event, Examined):
            pictures += event.pictures
        elif isinstance(event, Checked):
            report = DataReport.of(pictures, event)
        else:
            yield msgspec.structs.replace(event, text=CHECKING)
    if report is None:
        return tuple(pictures)
    _replace(kept, msgspec.json.encode(report))
    return report.pictures


def checked(
    folder: Path, test_folder: Path | None, side: int, cache: Path
) -> Iterator[Examined | Progress | Checked]:
    """``check_folder``, and what it found is kept, so that a training over the same files need not look again.

    Nothing is kept when the files changed meanwhile, or where the cache cannot be written.
    """
    before = _signature(list_pictures(folder, test_folder))
    pictures: list[PictureFacts] = []
    for event in check_folder(folder, test_folder, side=side):
        if isinstance(event, Examined):
            pictures += event.pictures
        elif isinstance(event, Checked) and before == _signature(list_pictures(folder, test_folder)):
            with contextlib.suppress(OSError):
                cache.mkdir(parents=True, exist_ok=True)
                _replace(cache / f"{before}.json", msgspec.json.encode(DataReport.of(pictures, event)))
        yield event


def _rejected(pictures: Sequence[PictureFacts], decisions: Decisions) -> tuple[str, ...]:
    """A line for each file that is not used: its name and why."""
    lines = []
    for one in pictures:
        if decisions.leaves_out(one):
            why = [f"{found.kind} {found.reason or found.other}".rstrip() for found in one.findings]
            lines.append(f"{one.file}: {', '.join(why) or 'left out by hand'}")
    return tuple(lines)


def _written(
    path: Path,
    chosen: Sequence[PictureFacts],
    files: dict[str, Listed],
    decisions: Decisions,
    rejected: tuple[str, ...],
) -> Iterator[Progress]:
    """Writes the pack of ``chosen`` to ``path``, beside it first."""
    labels = tuple(sorted({one.label for one in chosen}))
    held = decisions.held_out(chosen)
    beside = path.with_suffix(f".{os.getpid()}.part")
    items: list[Item] = []
    missing: list[str] = []
    digest = hashlib.blake2b(digest_size=16)
    try:
        with open(beside, "wb") as file:
            file.write(bytes(START))
            order = [files[one.file] for one in chosen]
            done = 0
            for part in in_order(order, lambda listed: _squares(listed, decisions), 0):
                for squares in part:
                    one = chosen[done]
                    done += 1
                    if isinstance(squares, str):  # it could be read a moment ago
                        missing.append(f"{one.file}: undecodable {squares}")
                        continue
                    split: Split = "validation" if one.file in held else one.split
                    for window, square in enumerate(squares):
                        file.write(square.data)
                        digest.update(square.data)
                        items.append(Item(one.file, window, labels.index(one.label), split))
                yield Progress(done=done, total=len(chosen), text=PACKING)
            header = Header(
                side=decisions.side,
                channels=CHANNELS[decisions.ink],
                decisions=decisions,
                digest=digest.hexdigest(),
                items=tuple(items),
                labels=labels,
                captions={one.file: one.caption for one in chosen if one.caption},
                rejected=(*rejected, *missing),
            )
            _finish(file, header)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def _finish(file: BinaryIO, header: Header) -> None:
    pixels = file.tell() - START
    encoded = msgspec.json.encode(header)
    file.write(encoded)
    file.seek(0)
    file.write(MAGIC + struct.pack("<QQ", pixels, len(encoded)))
    file.flush()
    os.fsync(file.fileno())


def _squares(listed: Listed, decisions: Decisions) -> list[np.ndarray] | str:
    """The squares of a file, or why there are none."""
    try:
        reading = read_picture(file_bytes(listed.path), 2 * decisions.side)
    except BROKEN as error:
        return str(error) or type(error).__name__
    crop = decisions.crops.get(listed.file)
    if decisions.ink == "alpha":
        squares = squares_with_alpha(reading.rgb, reading.alpha, decisions, crop)
    else:
        squares = squares_of(reading.rgb, decisions, crop)
    return [np.ascontiguousarray(square) for square in squares]


def _replace(path: Path, data: bytes) -> None:
    beside = path.with_suffix(f".{os.getpid()}.part")
    try:
        beside.write_bytes(data)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def _make_room(cache: Path, kept: Path) -> None:
    """Takes away the packs that were longest not written when all together are above the limit; they can be made again."""
    with contextlib.suppress(OSError):
        packs = sorted(cache.glob("*.pack"), key=lambda path: path.stat().st_mtime, reverse=True)
        total = 0
        for path in packs:
            total += path.stat().st_size
            if total > CACHE_LIMIT and path != kept:
                path.unlink()
