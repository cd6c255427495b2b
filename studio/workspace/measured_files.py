"""The measurements of all runs, newest first."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import NamedTuple

import msgspec

from studio.messages.measurements import Measurement, read


class Measured(NamedTuple):
    """``run``: the name of the run's folder."""

    path: str
    run: str
    measurement: Measurement


def measured_files(runs: Path) -> Generator[None, None, tuple[Measured, ...]]:
    """Work for the files lane; what cannot be read is left out."""
    found = []
    for path in sorted(runs.glob("*/evaluation/*.json"), key=_changed, reverse=True):
        yield None
        try:
            measurement = read(path.read_bytes())
        except (OSError, msgspec.DecodeError):
            continue
        found.append(Measured(str(path), path.parent.parent.name, measurement))
    return tuple(found)


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
