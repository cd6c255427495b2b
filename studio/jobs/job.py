"""A job: a generator of events with a priority, and what can be asked of it."""

from __future__ import annotations

import enum
import itertools
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

Work = Callable[[], Iterator[Any]]
"""Starts the work: a generator function without arguments. Called on the lane's thread, at the first step."""

_numbers = itertools.count(1)


class Priority(IntEnum):
    """The smaller, the more urgent. ``live`` is under the artist's hand, ``background`` may take all night."""

    live = 0
    normal = 1
    background = 2


class JobState(enum.Enum):
    waiting = "waiting"
    running = "running"
    paused = "paused"
    finished = "finished"
    failed = "failed"
    cancelled = "cancelled"


@dataclass(frozen=True)
class JobFinished:
    """The last event of a job that came to its end; ``result`` is what its generator returned."""

    result: Any = None


@dataclass(frozen=True)
class JobFailed:
    """The last event of a job whose generator raised; ``details`` is the traceback for the folded part of the card."""

    error: Exception
    details: str = ""


@dataclass(eq=False)
class Job:
    """One piece of work in a lane. Only the lane changes it; ``cancel`` may be called from any thread."""

    label: str
    priority: Priority
    key: str | None
    work: Work
    on_event: Callable[[Any], None]
    cancel_in_lane: Callable[[Job], None]
    id: int = field(default_factory=lambda: next(_numbers))
    state: JobState = JobState.waiting
    cancelled: bool = False
    paused: bool = False
    given: float | None = None
    started: Generator[Any, None, Any] | Iterator[Any] | None = None

    @property
    def unwanted(self) -> bool:
        """Whether a step of it may end in its midst: it is cancelled, or its time was given to a newer one of its key."""
        return self.cancelled or (self.given is not None and time.monotonic() > self.given)

    @property
    def over(self) -> bool:
        return self.state in (JobState.finished, JobState.failed, JobState.cancelled)

    def cancel(self) -> None:
        """No event of this job is delivered from now on; its generator is closed on the lane's thread."""
        self.cancel_in_lane(self)
