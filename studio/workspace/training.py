"""Training runs: started on a folder, watched while they learn, their checkpoints usable at once."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from msgspec.structs import replace
from psygnal import Signal

from studio import paths
from studio.jobs.job import Priority
from studio.messages.events import Checkpoint, Device, Evaluated, Event, Failed, Finished, Progress, Sample
from studio.messages.requests import Evaluate, Train
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import notices
from studio.workspace.training_pictures import TrainingPictures

if TYPE_CHECKING:
    from studio.workspace.studio import Studio


class TrainingState(msgspec.Struct, frozen=True, kw_only=True):
    """What the panel shows of a run. ``losses``: the newest values by name; ``curve``: (step, loss) pairs of the first."""

    name: str
    run: str
    step: int = 0
    total: int = 0
    seconds_left: float = -1.0
    losses: dict[str, float] = msgspec.field(default_factory=dict)
    curve: tuple[tuple[int, float], ...] = ()
    checkpoint: str = ""
    running: bool = True
    paused: bool = False
    problem: str = ""
    measuring: bool = False
    report: Evaluated | None = None


class TrainingRuns:
    """One run at a time, in its own process, so that it never touches a slider."""

    changed = Signal()
    sampled = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self.state: TrainingState | None = None
        self.sample: np.ndarray | None = None
        self.pictures = TrainingPictures(studio)
        self._job = 0
        self._line = 0

    def start(
        self, recipe: str, data: str = "", name: str = "", steps: int = 0, resume: bool = False
    ) -> None:
        """Begins a run of ``recipe`` on the pictures in ``data``; refused with a card while one runs."""
        if self.state and self.state.running:
            return
        if self._studio.engine is None:
            reason = self._studio.translate("notices", notices.NO_ENGINE)
            self._tell_failure(reason)
            return
        name = name or Path(data).name or Path(recipe).stem
        run = paths.data() / "runs" / f"{name}-{time.strftime('%Y%m%d-%H%M%S')}"
        if resume and self.state:
            run = Path(self.state.run)
        decided = self.pictures.decisions if data and data == self.pictures.folder else None
        request = Train(
            recipe=recipe, data=data, run=str(run), steps=steps, resume=resume,
            test_data=self.pictures.test_folder if decided is not None else "", decisions=decided,
        )  # fmt: skip
        self.state = TrainingState(name=name, run=str(run))
        self._line = self._studio.jobs.begin(
            QT_TRANSLATE_NOOP("jobs", "Training “{name}”"), {"name": name}, stop=self.stop
        )
        self._job = self._studio.engine.submit(request, priority=Priority.background, on_event=self._arrived)
        self.changed.emit()

    def measure(self) -> None:
        """Measures the run's newest checkpoint beside the pictures that it learnt from."""
        state, engine = self.state, self._studio.engine
        if state is None or engine is None or state.running or state.measuring or not state.checkpoint:
            return
        request = Evaluate(model=state.checkpoint, out=str(Path(state.run, "evaluation")))
        self.state = replace(state, measuring=True)
        line = self._studio.jobs.begin(
            QT_TRANSLATE_NOOP("jobs", "Measuring “{name}”"),
            {"name": state.name},
            stop=lambda: engine.cancel(job),
        )

        def arrived(event: Event) -> None:
            if isinstance(event, Progress):
                self._studio.jobs.progress(line, event.done, event.total, event.seconds_left, event.text)
                return
            over = isinstance(event, Finished | Failed)
            if over:
                self._studio.jobs.end(line)
            if isinstance(event, Failed):
                self._studio.engine_failed(event, notices.NOT_MEASURED)
            if self.state is not None and self.state.run == state.run:  # else another run was begun meanwhile
                report = event if isinstance(event, Evaluated) else self.state.report
                self.state = replace(self.state, report=report, measuring=self.state.measuring and not over)
            self.changed.emit()

        job = engine.submit(request, priority=Priority.background, on_event=arrived)
        self.changed.emit()

    def _tell_failure(self, reason: str, details: str = "") -> None:
        arguments = {"reason": reason}
        self._studio.tell(
            notices.Notice(kind="error", text=notices.TRAINING_FAILED, arguments=arguments, details=details)
        )

    def stop(self) -> None:
        """Ends the run; the engine writes a checkpoint first, and until then the run counts as running."""
        if self.state and self.state.running and self._studio.engine is not None:
            self._studio.engine.cancel(self._job)

    def pause(self, paused: bool) -> None:
        if self.state is None or self._studio.engine is None:
            return
        (self._studio.engine.pause if paused else self._studio.engine.resume)(self._job)
        self.state = replace(self.state, paused=paused)
        self.changed.emit()

    def _arrived(self, event: Event) -> None:
        state = self.state
        if state is None:
            return
        if isinstance(event, Progress) and event.stage:  # not steps of the run: it is made a finished model
            self.state = replace(state, seconds_left=event.seconds_left)
            self._studio.jobs.progress(self._line, event.done, event.total, event.seconds_left, event.text)
            self.changed.emit()
        elif isinstance(event, Progress):
            curve = state.curve
            if event.values:
                curve = (*curve, (event.done, next(iter(event.values.values()))))[-2000:]
            self.state = replace(
                state, step=event.done, total=event.total, seconds_left=event.seconds_left,
                losses=event.values or state.losses, curve=curve,
            )  # fmt: skip
            self._studio.jobs.progress(self._line, event.done, event.total, event.seconds_left, event.text)
            self.changed.emit()
        elif isinstance(event, Device):
            self._studio.engine_says(event)
        elif isinstance(event, Sample):
            self.sample = event.pixels.array()
            self.sampled.emit()
        elif isinstance(event, Evaluated):
            self.state = replace(state, report=event)
            self.changed.emit()
        elif isinstance(event, Checkpoint):
            self.state = replace(state, checkpoint=event.path)
            self._studio.refresh_models()
            self.changed.emit()
        elif isinstance(event, Finished) or (isinstance(event, Failed) and event.kind == "cancelled"):
            self._end("")
            done = {"name": state.name, "step": str(state.step)}
            self._studio.tell(notices.Notice(kind="done", text=notices.TRAINING_ENDED, arguments=done))
        elif isinstance(event, Failed):
            reason = self._studio.engine_reason(event)
            self._end(reason)
            self._tell_failure(reason, event.details)

    def _end(self, problem: str) -> None:
        if self.state:
            last = _last_checkpoint(self.state.run) or self.state.checkpoint
            if Path(self.state.checkpoint) == Path(self.state.run, "model.safetensors"):  # the finished one
                last = self.state.checkpoint
            self.state = replace(self.state, running=False, paused=False, problem=problem, checkpoint=last)
        self._studio.refresh_models()
        self._studio.jobs.end(self._line)
        self.changed.emit()


def _last_checkpoint(run: str) -> str:
    """A stopped run writes one last checkpoint, which no event announces any more; their names sort by step."""
    found = sorted(Path(run, "checkpoints").glob("*.safetensors"))
    return str(found[-1]) if found else ""
