"""A latent as a file: which model in which state, and what makes one picture of it (JSON, ``.danqing-latent``)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from studio.messages.models import ModelEntry
from studio.messages.requests import Station
from studio.project import atomic
from studio.project.errors import DecodeError
from studio.project.kept_file import read_kept

ENDING = ".danqing-latent"
VERSION = 1
LARGEST = 4 << 20


class LatentFile(msgspec.Struct, frozen=True, kw_only=True):
    """``digest``: SHA-256 of the model's file, for the same numbers are another picture in any other."""

    danqing_latent: int
    model: str
    digest: str
    station: Station


def write_latent(path: str | Path, model: str, digest: str, station: Station) -> None:
    """Raises ExportError; then what stood there is unchanged."""
    kept = LatentFile(danqing_latent=VERSION, model=model, digest=digest, station=station)
    atomic.write(path, (msgspec.json.format(msgspec.json.encode(kept)),))


def read_latent(path: str | Path) -> LatentFile:
    """Raises DecodeError."""
    return read_kept(path, LatentFile, "latent", VERSION, LARGEST)


def model_of(found: LatentFile, entries: Sequence[ModelEntry], path: str | Path) -> ModelEntry:
    """The model in the state that the latent was made with. Raises DecodeError where it is not among ``entries``."""
    for entry in entries:
        if entry.digest == found.digest and not entry.problem:
            return entry
    arguments = {"model": found.model, "digest": found.digest[:8]}
    raise DecodeError("latent_of_other_model", path, arguments)
