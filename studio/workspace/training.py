"""Training runs: started on a folder, watched while they learn, their checkpoints usable at once."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace
from psygnal import Signal

from studio import paths
from studio.jobs.job import JobFinished, Priority
from studio.messages.events import (
    Checkpoint,
    Device,
    Evaluated,
    Event,
    Failed,
    Finished,
    Foreseen,
    Progress,
    Sample,
)
from studio.messages.requests import Evaluate, Foresee, Train
from studio.messages.training import (
    DISTANCE,
    FINISHING,
    KEPT,
    LOOK,
    ON_BATTERY,
    WANTED,
    Tuning,
    Warned,
    changed,
)
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import notices
from studio.workspace.jobs import ONE_MODEL, JobLine
from studio.workspace.training_pictures import TrainingPictures
from studio.workspace.training_run import (
    Moment,
    Plan,
    TrainingState,
    begun_smaller,
    checkpoint_of,
    forgotten,
    newest_run,
    removed,
    sample_of,
    saved_in,
    step_of,
    thumbnail_of,
    unsampled,
    written,
)

if TYPE_CHECKING:
    from studio.workspace.studio import Studio


class TrainingRuns:
    """One run at a time, in its own process, so that it never touches a slider."""

    changed = Signal()
    sampled = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self.state: TrainingState | None = None
        self.plan = Plan()
        self.sample: np.ndarray | None = None
        self.shown = -1
        """The step whose pictures ``sample`` are; below 0 they follow the run."""
        self.pictures = TrainingPictures(studio)
        self._request: Train | None = None
        self._job = self._line = self._forecast = 0
        self._recalled = False
        self.looking = False
        """Sample pictures were asked for and are not there yet."""
        self._after: Tuning | None = None

    def start(
        self,
        recipe: str,
        data: str = "",
        name: str = "",
        steps: int = 0,
        start_from: str = "",
        detail: bool = False,
        checkpoint_every: int = 0,
    ) -> None:
        """Begins a run of ``recipe`` on the pictures in ``data``; refused with a card while one runs. ``detail``: with a detail
        network behind its last step. ``checkpoint_every``: 0 as the engine does by itself."""
        name = name or Path(data).name or Path(recipe).stem
        run = paths.data() / "runs" / f"{name}-{time.strftime('%Y%m%d-%H%M%S')}"
        decided = self.pictures.decisions if data and data == self.pictures.folder else None
        request = Train(
            recipe=recipe, data=data, run=str(run), steps=steps, start_from=start_from, checkpoint_every=checkpoint_every,
            test_data=self.pictures.test_folder if decided is not None else "", decisions=decided,
            detail=detail and bool(data),
        )  # fmt: skip
        self._begin(request, TrainingState(name=name, run=str(run)))

    def go_on(self, tuning: Tuning | None = None) -> None:
        """Goes on from the newest checkpoint to the end that was planned, or as many steps again; with ``tuning`` otherwise than
        before. A run without any checkpoint begins anew."""
        state, request = self.state, self._request
        if state is None or request is None:
            return
        saved = max(state.saved, default=0)
        left = request.steps - saved if 0 < saved < request.steps else request.steps
        tuning = tuning or state.tuning
        if not self.continues:
            state = replace(state, step=0, moments=(), curve=(), looks=())
            self._studio.files_lane.submit(lambda: unsampled(state.run), label="samples")
        again = replace(
            request, steps=left, resume=self.continues or request.resume, tuning=tuning, finish=False,
            start_from=request.start_from if not saved else "",
        )  # fmt: skip
        self._begin(again, replace(state, running=True, problem="", failure="", warned=None, tuning=tuning))

    def _begin(self, request: Train, state: TrainingState) -> None:
        if self.state and self.state.running:
            return
        settings = self._studio.settings
        request = replace(
            request, checkpoint_minutes=settings.checkpoint_minutes, mains_only=settings.pause_on_battery
        )
        if self._studio.engine is None:
            self._tell_failure(self._studio.translate("notices", notices.NO_ENGINE))
            return
        if not request.resume:
            self._request, self.sample = request, None  # those of another run
            self.sampled.emit()
            self._studio.files_lane.submit(lambda: written(request), label="request")
        self.stop_foreseeing()  # else the run would wait behind the dry steps
        self.state, self.shown, self.plan = state, -1, Plan()
        self._line = self._studio.jobs.begin(
            QT_TRANSLATE_NOOP("jobs", "Training “{name}”"),
            {"name": state.name},
            stop=self.stop,
            queue=ONE_MODEL,
        )
        self._job = self._studio.engine.submit(request, priority=Priority.background, on_event=self._arrived)
        self.changed.emit()

    def recall(self) -> None:
        """Once a session: shows the run that was begun last, so that it can go on after a restart."""
        if self._recalled or self.state is not None:
            return
        self._recalled = True
        self._show_newest()

    def _show_newest(self) -> None:
        def arrived(event: object) -> None:
            if isinstance(event, JobFinished) and event.result is not None and self.state is None:
                self._request, state = event.result
                self.state = state
                newest = max((one.step for one in state.moments), default=-1)
                # a run that was stopped has a checkpoint later than its last pictures, and that is the one to use
                self.show_moment(newest if newest in state.saved or not state.saved else -1)
                self.changed.emit()

        runs = paths.data() / "runs"
        self._studio.files_lane.submit(
            lambda: newest_run(runs), label="run", priority=Priority.background, on_event=arrived
        )

    def remove(self) -> None:
        """Takes away the run that is shown where it has learnt nothing; the one before it is shown."""
        state = self.state
        if state is None or state.running or self.continues:
            return
        self.state = self._request = self.sample = None
        self._studio.files_lane.submit(lambda: removed(state.run), label="remove run")
        self._show_newest()
        self.sampled.emit()
        self.changed.emit()

    @property
    def continues(self) -> bool:
        """Whether the run that is shown has learnt something that it can go on from."""
        state = self.state
        return state is not None and (bool(state.saved or state.checkpoint) or begun_smaller(state.run))

    @property
    def waits_for(self) -> JobLine | None:
        """What is worked on before the run begins."""
        running = self.state is not None and self.state.running
        return self._studio.jobs.ahead_of(self._line) if running else None

    @property
    def asked(self) -> Train | None:
        """What the run was asked for with."""
        return self._request

    # ── before it begins ─────────────────────────────────────────────────────────────────────────────────────────────
    def foresee(self, data: str, recipe: str, seconds: int) -> None:
        """Tries how fast this computer learns from ``data``: by ``recipe``, or by the one that fits ``seconds`` best."""
        engine = self._studio.engine
        if engine is None or self.plan.asked or (self.state and self.state.running):
            return
        decided = self.pictures.decisions if data == self.pictures.folder else None
        request = Foresee(
            data=data, recipe=recipe, seconds=seconds, decisions=decided,
            test_data=self.pictures.test_folder if decided is not None else "",
        )  # fmt: skip
        self.plan = Plan(asked=True)
        line = self._studio.jobs.begin(
            QT_TRANSLATE_NOOP("jobs", "Trying how fast “{name}” is learnt"),
            {"name": Path(data).name},
            stop=self.stop_foreseeing,
            queue=ONE_MODEL,
        )

        def arrived(event: Event) -> None:
            if isinstance(event, Progress):
                self._studio.jobs.progress(line, event.done, event.total, event.seconds_left, event.text)
            elif isinstance(event, Foreseen):
                self.plan = Plan(found=event)
            elif isinstance(event, Finished | Failed):
                self._studio.jobs.end(line)
                words = ""
                if isinstance(event, Failed) and event.kind != "cancelled":
                    words = self._studio.engine_reason(event)
                self.plan = replace(self.plan, asked=False, problem=words)
            self.changed.emit()

        self._forecast = engine.submit(request, priority=Priority.background, on_event=arrived)
        self.changed.emit()

    def stop_foreseeing(self) -> None:
        if self.plan.asked and self._studio.engine is not None:
            self._studio.engine.cancel(self._forecast)

    # ── its moments ──────────────────────────────────────────────────────────────────────────────────────────────────
    def show_moment(self, step: int) -> None:
        """Shows what it made at ``step``; below 0 what it makes now."""
        state = self.state
        if state is None:
            return
        newest = max((one.step for one in state.moments), default=-1)
        self.shown = -1 if state.running and step == newest else step
        wanted = newest if step < 0 else step

        def arrived(event: object) -> None:
            if isinstance(event, JobFinished) and event.result is not None:
                self.sample = event.result
                self.sampled.emit()

        self._studio.files_lane.submit(
            lambda: sample_of(state.run, wanted), label="moment", replace="moment", on_event=arrived
        )
        self.changed.emit()

    def moment(self) -> int:
        """The step whose checkpoint is meant by *use* and *keep*: that which is shown, else the newest there is; −1 for none."""
        state = self.state
        if state is None:
            return -1
        return self.shown if self.shown >= 0 else max(state.saved, default=-1)

    def checkpoint(self) -> str:
        """The model of the moment that is shown; empty where it has no checkpoint any more."""
        state = self.state
        if state is None:
            return ""
        if self.shown < 0:
            return state.checkpoint
        return str(checkpoint_of(state.run, self.shown)) if self.shown in state.saved else ""

    def sample_now(self) -> None:
        """What it makes of its seeds is shown after the step under way."""
        state = self.state
        if state is None or not state.running:
            return
        try:
            Path(state.run).mkdir(parents=True, exist_ok=True)
            Path(state.run, LOOK).touch()
        except OSError as error:
            self._tell_failure(str(error.strerror or error))
            return
        self.looking, self.shown = True, -1
        self.changed.emit()

    def keep_moment(self) -> None:
        """A moment that is shown stays in the catalogue for ever; the present one of a run gets a checkpoint for that."""
        state = self.state
        if state is None:
            return
        try:
            if self.shown < 0 and state.running:
                Path(state.run).mkdir(parents=True, exist_ok=True)
                Path(state.run, WANTED).touch()
                return
            path = Path(self.checkpoint())
            if path.name:
                path.with_name(path.name + KEPT).touch()
        except OSError as error:
            self._tell_failure(str(error.strerror or error))
        self._look_at_files()
        self.changed.emit()

    def keep_used(self, model: str) -> None:
        """A checkpoint that pictures are made with stays for ever; other models stay anyway."""
        path = Path(model)
        if step_of(path) < 0 or not path.is_file():
            return
        with contextlib.suppress(OSError):
            path.with_name(path.name + KEPT).touch()
        self._look_at_files()
        self.changed.emit()

    def _look_at_files(self) -> None:
        if self.state is not None:
            saved, kept = saved_in(self.state.run)
            self.state = replace(self.state, saved=saved, kept=kept)

    def measure(self) -> None:
        """Measures the run's newest checkpoint beside the pictures that it learnt from."""
        state, engine = self.state, self._studio.engine
        if state is None or engine is None or state.running or state.measuring or not state.checkpoint:
            return
        sliders, vectors = self._studio.generating.directions.judged(state.checkpoint)
        request = Evaluate(
            model=state.checkpoint,
            sliders=sliders,
            vectors=vectors,
            out=str(Path(state.run, "evaluation")),
            inception=self._studio.settings.inception,
        )
        self.state = replace(state, measuring=True)
        line = self._studio.jobs.begin(
            QT_TRANSLATE_NOOP("jobs", "Measuring “{name}”"),
            {"name": state.name},
            stop=lambda: engine.cancel(job),
            queue=ONE_MODEL,
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
        text = notices.TRAINING_FAILED if self.continues else notices.TRAINING_FAILED_EARLY
        self._studio.tell(notices.Notice(kind="error", text=text, arguments=arguments, details=details))

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
        if isinstance(event, Progress) and event.stage == FINISHING:  # not steps of the run
            self.state = replace(state, seconds_left=event.seconds_left)
            self._studio.jobs.progress(self._line, event.done, event.total, event.seconds_left, event.text)
            self.changed.emit()
        elif isinstance(event, Progress):
            curve, looks = state.curve, state.looks
            if event.done < state.step:  # it has grown, or gone back to a checkpoint
                curve, looks = (tuple(one for one in kept if one[0] < event.done) for kept in (curve, looks))
            if DISTANCE in event.values:
                looks = (*looks, (event.done, event.values[DISTANCE]))[-2000:]
            if event.values:
                curve = (*curve, (event.done, next(iter(event.values.values()))))[-2000:]
            self.state = replace(
                state, step=event.done, total=event.total, seconds_left=event.seconds_left,
                losses=event.values or state.losses, curve=curve, looks=looks,
                on_battery=event.text == ON_BATTERY,
            )  # fmt: skip
            self._studio.jobs.progress(self._line, event.done, event.total, event.seconds_left, event.text)
            self.changed.emit()
        elif isinstance(event, Device):
            self._studio.engine_says(event)
        elif isinstance(event, Sample):
            self._take_sample(state, event)
        elif isinstance(event, Warned):
            mended = event.tuning is not None
            self.state = replace(state, warned=event, tuning=event.tuning if mended else state.tuning)
            self.changed.emit()
        elif isinstance(event, Evaluated):
            self.state = replace(state, report=event)
            self.changed.emit()
        elif isinstance(event, Checkpoint):
            self.state = replace(state, checkpoint=event.path)
            self._look_at_files()
            self._studio.refresh_models()
            self.changed.emit()
        elif isinstance(event, Finished) or (isinstance(event, Failed) and event.kind == "cancelled"):
            waited = self.waits_for is not None
            self._end("")
            self._forget_unbegun()
            if waited:
                self.remove()  # what was there before it is shown again
            if self._after is not None:
                tuning, self._after = self._after, None
                self.go_on(tuning)
                return
            if state.step or self.continues:  # else it was called off before it began
                done = {"name": state.name, "step": str(state.step)}
                self._studio.tell(notices.Notice(kind="done", text=notices.TRAINING_ENDED, arguments=done))
        elif isinstance(event, Failed):
            reason = self._studio.engine_reason(event)
            self._end(reason, event.kind)
            if event.kind == "bad_request":
                self._forget_unbegun()
            self._tell_failure(reason, event.details)

    def _take_sample(self, state: TrainingState, event: Sample) -> None:
        pixels = event.pixels.array()
        moment = Moment(event.step, thumbnail_of(pixels))
        self.looking = False
        earlier = tuple(one for one in state.moments if one.step < event.step)
        self.state = replace(state, moments=(*earlier, moment))
        if self.shown < 0:
            self.sample = pixels
        self.sampled.emit()
        self.changed.emit()

    def _end(self, problem: str, failure: str = "") -> None:
        if self.state:
            self._look_at_files()
            last = checkpoint_of(self.state.run, max(self.state.saved, default=-1))
            checkpoint = str(last) if self.state.saved else self.state.checkpoint
            if Path(self.state.checkpoint) == Path(self.state.run, "model.safetensors"):  # the finished one
                checkpoint = self.state.checkpoint
            self.state = replace(
                self.state,
                step=self.state.step if problem else max(self.state.saved, default=self.state.step),
                running=False,
                paused=False,
                on_battery=False,
                problem=problem,
                failure=failure,
                checkpoint=checkpoint,
            )
            self.looking = False
            with contextlib.suppress(OSError):
                for mark in (WANTED, LOOK):
                    Path(self.state.run, mark).unlink(missing_ok=True)
        self._studio.refresh_models()
        self._studio.jobs.end(self._line)
        self.changed.emit()

    def _forget_unbegun(self) -> None:
        """A run that was refused, or stopped before its first step, is nothing to be shown after a restart."""
        state = self.state
        if state is not None and not self.continues and not state.moments:
            self._studio.files_lane.submit(lambda: forgotten(state.run), label="request")

    def suggested(self) -> Tuning | None:
        """What may be changed against what goes wrong; None where nothing does."""
        state = self.state
        if state is None:
            return None
        if state.failure == "out_of_memory":
            return replace(state.tuning, parts=min(2 * state.tuning.parts, 64))
        if state.failure == "runaway":
            return changed(state.tuning, "runaway")
        if state.warned is None or state.warned.tuning is not None:
            return None
        return changed(state.tuning, state.warned.trouble)

    def change(self) -> None:
        """Goes on with what is suggested; a run that still learns is stopped for that, between two steps."""
        tuning, state = self.suggested(), self.state
        if tuning is None or state is None:
            return
        if state.running:
            self._after = tuning
            self.stop()
        else:
            self.go_on(tuning)
