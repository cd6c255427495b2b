"""The engine in child processes: one for what the artist waits for, one for training. No torch in this process."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import cast

from studio.engine.failures import BAD_REQUEST, check_request
from studio.engine.host.frames import Cancel, Company, Pause, Resume, Submit
from studio.engine.host.keeper import CAN_HOLD, Close, Keeper, Order, Wish
from studio.jobs.job import Priority
from studio.messages.events import Device, Event, Failed, Finished, Hello
from studio.messages.requests import (
    AnyRequest,
    Compare,
    Evaluate,
    Foresee,
    Generate,
    LearnClasses,
    LearnDetail,
    Request,
    Train,
    UseDevice,
)
from studio.recipe import RecipeError

Deliver = Callable[[Callable[[], None]], None]

GRACE = {"interactive": 3.0, "training": 20.0}
"""Seconds a child may take to answer a cancel before it is killed; a training run first writes its checkpoint."""
CLOSING = {"interactive": 2.0, "training": 10.0}


class ChildEngine:
    """The EngineDoor of the studio.

    ``deliver`` runs a callable on the thread that called ``submit`` (in the studio: a queued signal); all events come
    through it. ``python``: another interpreter whose environment has torch, else this one. ``on_engine`` hears what
    belongs to no job: Hello and Device. ``folders``: models are looked for there, too. Children start with ``start()`` or with their first job.
    """

    def __init__(
        self,
        *,
        deliver: Deliver,
        python: str = "",
        device: str = "auto",
        on_engine: Callable[[Event], None] | None = None,
        folders: tuple[str, ...] = (),
        grace: dict[str, float] | None = None,
    ):
        self._deliver = deliver
        self._on_engine = on_engine
        self._device: Hello | Device | None = None
        self._next = 0
        self._jobs: dict[int, tuple[str, Callable[[Event], None]]] = {}
        self._wished: dict[int, str] = {}
        self._paused: set[int] = set()
        self._quick: set[int] = set()
        self._company = Company(busy=False)
        self._closed = threading.Event()
        self._keepers = {
            role: Keeper(
                python or sys.executable, role, device, patience, CLOSING[role], self._from_keeper, folders
            )
            for role, patience in {**GRACE, **(grace or {})}.items()
        }

    @property
    def device(self) -> Hello | Device | None:
        return self._device

    @property
    def running(self) -> tuple[int, ...]:
        return tuple(self._jobs)

    @property
    def pids(self) -> dict[str, int]:
        """Process number of each child that runs, by role."""
        return {role: keeper.pid for role, keeper in self._keepers.items() if keeper.pid}

    def start(self) -> None:
        """Starts the interactive child and lets it load torch and the embedded model."""
        self._keepers["interactive"].put(Wish())

    def submit(
        self,
        request: Request,
        *,
        priority: Priority = Priority.normal,
        replace: str | None = None,
        on_event: Callable[[Event], None],
    ) -> int:
        """Hands in ``request`` and returns its job number at once.

        ``replace``: of the jobs with this key one is being worked on and only the newest waits, on this side of the
        socket; what it replaces ends as Failed(cancelled). A request out of its ranges ends as Failed(bad_request).
        """
        self._next += 1
        job = self._next
        role = (
            "training"
            if isinstance(request, Train | LearnDetail | Foresee | LearnClasses | Evaluate | Compare)
            else "interactive"
        )
        self._jobs[job] = (role, on_event)
        if isinstance(request, UseDevice):
            self._wished[job] = request.device
        try:
            check_request(request)
        except RecipeError as error:
            reason = {"reason": str(error)}
            self._from_keeper(Failed(job=job, kind="bad_request", message=BAD_REQUEST, arguments=reason))
            return job
        if isinstance(request, Generate) and request.quick:
            self._quick.add(job)
            self._keepers["training"].hold()
        self._keepers[role].put(Order(Submit(job, int(priority), cast(AnyRequest, request)), replace))
        self._tell_company()
        return job

    def cancel(self, job: int) -> None:
        """The job ends as Failed(cancelled), between two of its steps or, if it hangs, by the end of its child."""
        if job in self._jobs:
            self._keepers[self._jobs[job][0]].put(Cancel(job))

    def pause(self, job: int) -> None:
        if job in self._jobs:
            self._keepers[self._jobs[job][0]].put(Pause(job))
            self._paused.add(job)
            self._tell_company()

    def resume(self, job: int) -> None:
        if job in self._jobs:
            self._keepers[self._jobs[job][0]].put(Resume(job))
            self._paused.discard(job)
            self._tell_company()

    def _tell_company(self) -> None:
        """The interactive child takes one core more while nothing trains; where a training can be made to wait for a
        quick picture it always does."""
        if CAN_HOLD:
            return
        training = (job for job, (role, _) in self._jobs.items() if role == "training")
        company = Company(busy=any(job not in self._paused for job in training))
        if company != self._company:
            self._company = company
            self._keepers["interactive"].put(company)

    def _release(self, job: int) -> None:
        """A quick picture is there: a training that waited for it, and for all after it, goes on."""
        if job in self._quick:
            self._quick.discard(job)
            if not self._quick:
                self._keepers["training"].go_on()

    def close(self) -> None:
        """Ends both children and their threads; a training run gets the time to write its checkpoint."""
        self._closed.set()
        for keeper in self._keepers.values():
            keeper.put(Close())
        for keeper in self._keepers.values():
            keeper.join()
        self._jobs.clear()

    def _from_keeper(self, event: Event) -> None:
        if not self._closed.is_set():
            self._deliver(partial(self._arrive, event))

    def _arrive(self, event: Event) -> None:
        """On the caller's thread."""
        if self._closed.is_set():
            return
        job = self._jobs.get(event.job)
        if isinstance(event, Device | Hello) and (job is None or job[0] == "interactive"):
            self._device = event
            if self._on_engine is not None:
                self._on_engine(event)
        if job is None:
            return
        if isinstance(event, Finished | Failed):
            del self._jobs[event.job]
            self._paused.discard(event.job)
            self._release(event.job)
            self._tell_company()
            wished = self._wished.pop(event.job, "")
            if wished and isinstance(event, Finished):  # it is there, so training may use it, too
                self._keepers["training"].put(Wish(device=wished))
        job[1](event)
