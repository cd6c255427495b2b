"""What is known of a training run: its numbers, its moments, where it goes; and what its folder tells after a restart."""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Generator
from pathlib import Path
from typing import Literal

import msgspec
import numpy as np

from studio.messages.events import Evaluated, Foreseen
from studio.messages.requests import Train
from studio.messages.training import KEPT, SMALLER, Tuning, Warned
from studio.project.decode import decode
from studio.project.errors import DecodeError

REQUEST = "request.json"
"""In the folder of a run: what was asked for, so that it can go on after the studio was closed."""
FEWEST_LOOKS = 8
"""Before so many looks nothing is said about where a run goes."""
PLATEAU = 0.35
"""The share of its looks that a run may go by without getting nearer to its pictures."""
THUMBNAIL = 96
Trend = Literal["", "better", "resting"]


class Moment(msgspec.Struct, frozen=True, eq=False):
    """What a run made of its fixed seeds at ``step``: a small picture uint8 [h, w, 3]."""

    step: int
    thumbnail: np.ndarray


class TrainingState(msgspec.Struct, frozen=True, kw_only=True):
    """What the panel shows of a run. ``losses``: the newest values by name; ``curve``: (step, loss) pairs of the first; ``looks``:
    (step, kernel distance) of each look. ``saved``: steps that have a checkpoint, ``kept``: those of them that stay."""

    name: str
    run: str
    step: int = 0
    total: int = 0
    seconds_left: float = -1.0
    losses: dict[str, float] = msgspec.field(default_factory=dict)
    curve: tuple[tuple[int, float], ...] = ()
    looks: tuple[tuple[int, float], ...] = ()
    moments: tuple[Moment, ...] = ()
    saved: frozenset[int] = frozenset()
    kept: frozenset[int] = frozenset()
    checkpoint: str = ""
    running: bool = True
    paused: bool = False
    on_battery: bool = False
    problem: str = ""
    failure: str = ""
    warned: Warned | None = None
    tuning: Tuning = Tuning()
    measuring: bool = False
    report: Evaluated | None = None

    def trend(self) -> tuple[Trend, int]:
        """Whether its pictures come nearer to the real ones, and the step at which they were nearest. Distances of so few pictures
        scatter, so three looks together count as one."""
        if len(self.looks) < FEWEST_LOOKS:
            return "", 0
        values = [value for _, value in self.looks]
        smooth = [sum(values[end - 3 : end]) / 3 for end in range(3, len(values) + 1)]
        best = min(range(len(smooth)), key=smooth.__getitem__)
        step = self.looks[best + 2][0]
        resting = len(smooth) - 1 - best >= max(3, PLATEAU * len(self.looks))
        return "resting" if resting else "better", step


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What dry steps say of a run that is planned. ``asked``: a forecast is being made; ``problem``: why there is none."""

    asked: bool = False
    found: Foreseen | None = None
    problem: str = ""


def thumbnail_of(pixels: np.ndarray) -> np.ndarray:
    """A quarter of the mosaic, so that single pictures can be told, at most ``THUMBNAIL`` pixels a side."""
    height, width = pixels.shape[0] // 2, pixels.shape[1] // 2
    part = pixels[: max(height, 1), : max(width, 1), :3]
    every = max(1, -(-max(part.shape[:2]) // THUMBNAIL))
    return np.ascontiguousarray(part[::every, ::every])


def name_and_time(run: str) -> tuple[str, str]:
    """A run's name, and when it was begun, as the name of its folder says it: ``2026-11-29 18:02``; empty where it says nothing."""
    found = re.fullmatch(r"(.+)-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)\d\d", run)
    if found is None:
        return run, ""
    name, year, month, day, hour, minute = found.groups()
    return name, f"{year}-{month}-{day} {hour}:{minute}"


def step_of(checkpoint: str | Path) -> int:
    """The step in a checkpoint's name; −1 where it has none."""
    found = re.fullmatch(r"step-(\d+)", Path(checkpoint).stem)
    return int(found[1]) if found else -1


def checkpoint_of(run: str, step: int) -> Path:
    return Path(run, "checkpoints", f"step-{step:08d}.safetensors")


def saved_in(run: str) -> tuple[frozenset[int], frozenset[int]]:
    """Steps of the checkpoints there are, and of those that are kept."""
    folder = Path(run, "checkpoints")
    saved = frozenset(step_of(path) for path in folder.glob("step-*.safetensors")) - {-1}
    kept = {step_of(path.name.removesuffix(KEPT)) for path in folder.glob(f"step-*{KEPT}")}
    return saved, frozenset(kept) & saved


def begun_smaller(run: str) -> bool:
    """Whether the run has a checkpoint of the half size that it grows from."""
    return any(Path(run, SMALLER, "checkpoints").glob("step-*.safetensors"))


def removed(run: str) -> Generator[None, None, None]:
    """Work for the files lane: takes away the folder of a run that has learnt nothing yet; one that has stays."""
    yield None
    if not saved_in(run)[0] and not begun_smaller(run):
        shutil.rmtree(run, ignore_errors=True)


def unsampled(run: str) -> Generator[None, None, None]:
    """Work for the files lane: takes the sample pictures away of a run that begins anew."""
    yield None
    shutil.rmtree(Path(run, "samples"), ignore_errors=True)


def forgotten(run: str) -> Generator[None, None, None]:
    """Work for the files lane: a run that never began is not shown after a restart."""
    yield None
    with contextlib.suppress(OSError):
        Path(run, REQUEST).unlink(missing_ok=True)
        Path(run).rmdir()


def sample_of(run: str, step: int) -> Generator[None, None, np.ndarray | None]:
    """Work for the files lane: the mosaic uint8 [h, w, 3] of ``step``; None where it cannot be read."""
    yield None
    try:
        found = decode(Path(run, "samples", f"step-{step:08d}.png").read_bytes()).pixels
    except (OSError, DecodeError):
        return None
    return np.ascontiguousarray(found[..., :3])


def written(request: Train) -> Generator[None, None, None]:
    """Work for the files lane: notes the request in the folder of its run. A disk that is full loses that, not the run."""
    yield None
    with contextlib.suppress(OSError):
        Path(request.run).mkdir(parents=True, exist_ok=True)
        Path(request.run, REQUEST).write_bytes(msgspec.json.encode(request))


def newest_run(folder: Path) -> Generator[None, None, tuple[Train, TrainingState] | None]:
    """Work for the files lane: the run in ``folder`` that was begun last, with or without a checkpoint."""
    for place in sorted(folder.glob(f"*/{REQUEST}"), key=_begun, reverse=True):
        yield None
        try:
            request = msgspec.json.decode(place.read_bytes(), type=Train)
        except (OSError, msgspec.DecodeError):
            continue
        run = str(place.parent)
        saved, kept = saved_in(run)
        moments = []
        for path in sorted(Path(run, "samples").glob("step-*.png")):
            found = yield from sample_of(run, step_of(path))
            if found is not None:
                moments.append(Moment(step_of(path), thumbnail_of(found)))
        step = max(saved or {one.step for one in moments}, default=0)
        name, _ = name_and_time(place.parent.name)
        state = TrainingState(
            name=name, run=run, step=step, total=max(request.steps, step), checkpoint=str(checkpoint_of(run, step)) if saved else "",
            running=False, saved=saved, kept=kept, moments=tuple(moments), tuning=request.tuning or Tuning(),
        )  # fmt: skip
        return msgspec.structs.replace(request, run=run), state
    return None


def _begun(path: Path) -> float:
    with contextlib.suppress(OSError):
        return path.stat().st_mtime
    return 0.0
