"""A direction that was taught by examples, as a file: of which model in which state, its names and its vector (JSON,
``.danqing-direction``)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from studio.messages.models import ModelEntry, is_own
from studio.project import atomic
from studio.project.errors import DecodeError
from studio.project.kept_file import read_kept

ENDING = ".danqing-direction"
VERSION = 1
LARGEST = 1 << 20


class DirectionFile(msgspec.Struct, frozen=True, kw_only=True):
    """``digest``: SHA-256 of the model's file, for the same numbers are another direction in any other. ``vector`` as requests carry
    it; ``also`` as of a Slider."""

    danqing_direction: int = VERSION
    model: str
    digest: str
    name: str
    title: str
    title_zh: str
    vector: bytes
    also: dict[str, float] = {}


def write_direction(path: str | Path, direction: DirectionFile) -> None:
    """Raises ExportError; then what stood there is unchanged."""
    atomic.write(path, (msgspec.json.format(msgspec.json.encode(direction)),))


def read_direction(path: str | Path, entries: Sequence[ModelEntry]) -> tuple[DirectionFile, ModelEntry]:
    """A direction and the one of the models ``entries`` that it was taught to. Raises DecodeError."""
    found = read_kept(path, DirectionFile, "direction", VERSION, LARGEST)
    if not is_own(found.name) or not found.vector:
        raise DecodeError("not_a_direction", path)
    for entry in entries:
        if entry.digest == found.digest and not entry.problem:
            return found, entry
    arguments = {"model": found.model, "digest": found.digest[:8]}
    raise DecodeError("direction_of_other_model", path, arguments)
