"""Marks of what pleases as a file: of which model in which state, and the walls of nine that were marked (JSON,
``.danqing-taste``)."""

from __future__ import annotations

from pathlib import Path

import msgspec

from studio.document.layer import Taste
from studio.messages.models import ModelEntry
from studio.project import atomic
from studio.project.errors import DecodeError
from studio.project.kept_file import read_kept

ENDING = ".danqing-taste"
VERSION = 1
LARGEST = 4 << 20


class TasteFile(msgspec.Struct, frozen=True, kw_only=True):
    """``digest``: SHA-256 of the model's file, for the same numbers are other pictures in any other."""

    danqing_taste: int = VERSION
    model: str
    digest: str
    taste: Taste


def write_taste(path: str | Path, entry: ModelEntry, taste: Taste) -> None:
    """Raises ExportError; then what stood there is unchanged."""
    kept = TasteFile(model=entry.card.name, digest=entry.digest, taste=taste)
    atomic.write(path, (msgspec.json.format(msgspec.json.encode(kept)),))


def read_taste(path: str | Path, entry: ModelEntry) -> Taste:
    """Marks that were made for the model ``entry``. Raises DecodeError."""
    found = read_kept(path, TasteFile, "taste", VERSION, LARGEST)
    if not _whole(found.taste):
        raise DecodeError("not_a_taste", path)
    if found.digest != entry.digest:
        raise DecodeError("taste_of_other_model", path, {"model": found.model, "digest": found.digest[:8]})
    return found.taste


def _whole(taste: Taste) -> bool:
    """Whether each wall has nine points along the directions that are named, and nine marks."""
    size = len(taste.names)
    walls = (
        (len(one.points) == 9 * size, len(one.marks) == 9, {*one.marks} <= {-1, 0, 1}) for one in taste.rounds
    )
    return size > 0 and all(all(one) for one in walls)
