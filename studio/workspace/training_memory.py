"""What was decided about a folder of training pictures, kept from one session to the next in the studio's own place."""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from pathlib import Path

import msgspec

from studio import paths
from studio.messages.data import Decisions
from studio.project import atomic
from studio.project.errors import ExportError


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """``decisions`` about ``folder``, and the folder of its test pictures."""

    folder: str
    test_folder: str = ""
    decisions: Decisions = Decisions()


def place_of(folder: str) -> Path:
    name = hashlib.blake2b(folder.encode("utf-8", "surrogateescape"), digest_size=12).hexdigest()
    return paths.state() / "training-pictures" / f"{name}.json"


def recall(folder: str) -> Kept | None:
    """What was kept about ``folder``; None where nothing was, or it cannot be read."""
    try:
        kept = msgspec.json.decode(place_of(folder).read_bytes(), type=Kept)
    except (OSError, msgspec.DecodeError):
        return None
    return kept if kept.folder == folder else None


def keep(kept: Kept) -> Generator[None, None, None]:
    """Work for the files lane. A disk that is full or read-only loses the memory, not the session's decisions."""
    yield None
    path = place_of(kept.folder)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(path, (msgspec.json.encode(kept),))
    except (OSError, ExportError):
        return
