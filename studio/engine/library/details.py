"""Where detail networks lie: in a model that was given away, beside a model's file, in the folder of its run, with the studio.

A network that is learnt for a model later never changes the model's own file: pictures name that by its digest.
"""

from __future__ import annotations

from pathlib import Path

from studio import paths
from studio.engine.library.model_file import ModelFileError, read_header
from studio.messages.models import ModelEntry

ENDING = ".danqing-detail"
SHAPE_KEY = "detail"
"""In the header of a file that has a detail network."""


def place_in(run: Path) -> Path:
    """Where a run puts its detail network."""
    return run / f"model{ENDING}"


def place_of(path: Path, *, embedded: bool = False) -> Path:
    """Where the detail network of a model file lies: beside it; of all checkpoints of a run in the run's folder, of a model that comes
    with the studio among the artist's own."""
    if embedded:
        return paths.user_models() / f"{path.parent.name}{ENDING}"
    return place_in(path.parent.parent) if path.parent.name == "checkpoints" else path.with_suffix(ENDING)


def own_file(path: Path, *, embedded: bool = False) -> Path | None:
    """The file with the network that learnt for this model alone, beside it or the model's own; None where it has none."""
    beside = place_of(path, embedded=embedded)
    if beside.is_file():
        return beside
    try:
        return path if SHAPE_KEY in read_header(path).metadata else None
    except ModelFileError:
        return None


def shipped_file() -> Path:
    """The network that comes with the studio."""
    return paths.resources() / "networks" / "detail.safetensors"


def file_of(entry: ModelEntry | None) -> Path:
    """The file whose detail network enlarges a model's pictures: its own, else the one that comes with the studio."""
    own = own_file(Path(entry.path), embedded=entry.embedded) if entry is not None else None
    return own or shipped_file()
