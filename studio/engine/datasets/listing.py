"""Which picture files a folder holds: flat or a folder for each class, with texts beside them, tests apart."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from studio.engine.failures import EngineError
from studio.messages.data import LINES, Split
from studio.recipe import QT_TRANSLATE_NOOP

SUFFIXES = frozenset(
    (".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".webp", ".tif", ".tiff", ".bmp", ".gif", ".mpo")
)
SPLITS: dict[str, Split] = {
    "train": "train",
    "training": "train",
    "test": "test",
    "testing": "test",
    "val": "validation",
    "valid": "validation",
    "validation": "validation",
}
"""Folders right below the chosen one that say by their name what they are for, once one of them is there."""
NO_PICTURES = QT_TRANSLATE_NOOP(
    "engine", "“{folder}” holds no picture that can be read; PNG, JPEG, WebP, TIFF, BMP and GIF are."
)
NO_FOLDER = QT_TRANSLATE_NOOP("engine", "“{folder}” is no folder; give a folder of pictures to train on.")
NO_TESTS = QT_TRANSLATE_NOOP(
    "engine", "“{folder}” holds no picture to test on; give another folder of test pictures, or none."
)
SAME_FOLDER = QT_TRANSLATE_NOOP(
    "engine", "“{folder}” cannot be both trained on and held out; give another folder of test pictures."
)
CAPTION_LIMIT = 10_000
LINE_LIMIT = 1 << 20
"""Bytes of the first line of a labelled set that are read."""
_IGNORED = ("__MACOSX", "$RECYCLE.BIN", "System Volume Information")


class DataError(EngineError):
    """Something about the pictures to train on; ``message`` as in EngineError."""

    def __init__(self, message: str, **arguments: str) -> None:
        super().__init__("bad_request", message, **arguments)


class Listed(msgspec.Struct, frozen=True):
    """A file that by its name is a picture. ``file`` as in ``PictureFacts``."""

    path: Path
    file: str
    split: Split
    label: str
    bytes: int
    changed: int


def list_pictures(folder: Path, test_folder: Path | None = None) -> list[Listed]:
    """The picture files in and below ``folder``, sorted, then those of ``test_folder``. Raises DataError, OSError.

    Files that are hidden, and links to folders, are passed over, so that no chain of links is endless.
    """
    for place in (folder, test_folder):
        if place is not None and not place.is_dir():
            raise DataError(NO_FOLDER, folder=str(place))
    if test_folder is not None and folder.samefile(test_folder):
        raise DataError(SAME_FOLDER, folder=str(folder))
    found = _without_masks(folder, list(_below(folder)))
    parted = {parts[0].lower() for parts, *_ in found if len(parts) > 1} & SPLITS.keys()
    own = len(parted) > 1 or bool(parted - {"train", "training"})
    listed = [_listed(item, folder, "train", parted=own) for item in found]
    if test_folder is not None:
        inside = {item.path for item in listed}
        tests = [_listed(item, test_folder, "test", parted=False) for item in _below(test_folder)]
        if not tests:
            raise DataError(NO_TESTS, folder=str(test_folder))
        tests = [msgspec.structs.replace(item, file=item.path.as_posix()) for item in tests]
        if inside & {item.path for item in tests}:  # the test folder lies in the training folder
            listed = [item for item in listed if not item.path.is_relative_to(test_folder)]
        listed += tests
    return listed


_Found = tuple[tuple[str, ...], Path, os.stat_result]


def _below(folder: Path) -> Iterator[_Found]:
    """(parts below the folder, path, status) of each picture file, in the order of their names; last of the folders that cannot be
    opened, which then cannot be read as pictures either, so that they are told."""
    closed: list[Path] = []
    for root, folders, names in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _IGNORED)
        for name in sorted(names):
            if name.startswith(".") or os.path.splitext(name)[1].lower() not in SUFFIXES:
                continue
            path = Path(root, name)
            try:
                status = path.stat()
            except OSError:  # a link to nothing
                continue
            if path.is_file():
                yield path.relative_to(folder).parts, path, status
    for path in sorted(closed):
        if path != folder:
            yield (*path.relative_to(folder).parts, ""), path, path.stat()


class _Masks(msgspec.Struct):
    """What a line of a labelled set says of its masks."""

    file: str = ""


class _Described(_Masks):
    labels: str = ""
    layers: tuple[_Masks, ...] = ()


def _without_masks(folder: Path, found: list[_Found]) -> list[_Found]:
    """A labelled set of layered pictures has its masks and label maps in folders of their own, which its first line names."""
    try:
        with open(folder / LINES, "rb") as file:
            said = msgspec.json.decode(file.readline(LINE_LIMIT), type=_Described)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return found
    places = {name.split("/")[0] for name in (said.labels, *(one.file for one in said.layers)) if "/" in name}
    places.discard(said.file.split("/")[0])
    return [one for one in found if one[0][0] not in places]


def _listed(found: _Found, folder: Path, split: Split, *, parted: bool) -> Listed:
    parts, path, status = found
    below = parts
    if parted and len(parts) > 1 and parts[0].lower() in SPLITS:
        split, below = SPLITS[parts[0].lower()], parts[1:]
    label = below[0] if len(below) > 1 else ""
    return Listed(path, "/".join(parts), split, label, status.st_size, status.st_mtime_ns)


def caption_of(path: Path) -> str:
    """The text beside a picture, in the file of its name that ends with .txt; empty where there is none that can be read."""
    beside = path.with_suffix(".txt")
    try:
        with open(beside, "rb") as file:
            return " ".join(file.read(CAPTION_LIMIT).decode("utf-8-sig", errors="replace").split())
    except OSError:
        return ""
