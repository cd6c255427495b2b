"""Which checkpoints of a run are kept: the newest, some of each age, and all that the artist keeps or uses."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

from studio.messages.training import KEPT

MOST_KEPT = 10
"""Checkpoints of a run that are there at once, besides those the artist keeps."""
NEWEST = 3


def keep(checkpoint: Path) -> None:
    """Marks a checkpoint as one that stays. Raises OSError."""
    checkpoint.with_name(checkpoint.name + KEPT).touch()


def is_kept(checkpoint: Path) -> bool:
    return checkpoint.with_name(checkpoint.name + KEPT).exists()


def superfluous(steps: Sequence[int]) -> list[int]:
    """Of the steps of checkpoints, rising, those that may go: one at a time the one whose neighbours lie closest together for its
    age, so that what stays lies ever closer towards the present. The newest ones stay, and the first."""
    left = list(steps)
    gone = []
    while len(left) > MOST_KEPT:
        now = left[-1]
        inner = range(1, len(left) - NEWEST)
        index = min(inner, key=lambda one: (left[one + 1] - left[one - 1]) / (now - left[one] + 1))
        gone.append(left.pop(index))
    return gone


def prune(folder: Path) -> None:
    """Takes superfluous checkpoints out of ``folder``. One that cannot be taken away stays."""
    found = {
        int(path.stem.removeprefix("step-")): path
        for path in folder.glob("step-*.safetensors")
        if path.stem.removeprefix("step-").isdigit() and not is_kept(path)
    }
    for step in superfluous(sorted(found)):
        with contextlib.suppress(OSError):
            found[step].unlink()
