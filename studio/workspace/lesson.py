"""The convolution lesson: a small network is taught the classes of a folder, and what each of its layers sees is looked at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace
from psygnal import Signal

from studio import paths
from studio.jobs.job import Priority
from studio.messages.events import ClassesLearnt, Classified, Event, Failed, Finished, Progress
from studio.messages.requests import Classify, LearnClasses
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import notices
from studio.workspace.jobs import ONE_MODEL, JobLine

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

TEACHING = QT_TRANSLATE_NOOP("jobs", "Teaching the classes of “{name}”")
MOST = 2000
"""Points of the curve that are kept."""


class LessonState(msgspec.Struct, frozen=True, kw_only=True):
    """``curve``: (step, loss) pairs; ``right``: the share of the last batches that it told right. ``learnt``: what came of it;
    ``seen``: what it says of the chosen picture. ``problem``: why something did not work."""

    folder: str = ""
    model: str = ""
    running: bool = False
    step: int = 0
    total: int = 0
    curve: tuple[tuple[int, float], ...] = ()
    right: float = 0.0
    learnt: ClassesLearnt | None = None
    seen: Classified | None = None
    problem: str = ""


class Lesson:
    """One network at a time, kept as a file that also judges whether a model's classes come."""

    changed = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self.state = LessonState()
        self._job = self._line = 0

    def teach(self, folder: str, steps: int) -> None:
        """Begins anew on the sub-folders of ``folder``; refused while one is taught."""
        if self.state.running or not folder:
            return
        engine = self._studio.engine
        if engine is None:
            self._tell(
                LessonState(folder=folder, problem=self._studio.translate("notices", notices.NO_ENGINE))
            )
            return
        model = paths.data() / "classifiers" / f"{Path(folder).name}.safetensors"
        line = self._studio.jobs.begin(TEACHING, {"name": Path(folder).name}, stop=self.stop, queue=ONE_MODEL)
        self._line = line
        self._tell(LessonState(folder=folder, model=str(model), running=True, total=steps))

        def arrived(event: Event) -> None:
            if isinstance(event, Progress):
                self._studio.jobs.progress(line, event.done, event.total, event.seconds_left, event.text)
                self._follow(event)
            elif isinstance(event, ClassesLearnt):
                self._tell(replace(self.state, learnt=event))
            elif isinstance(event, Finished | Failed):
                self._studio.jobs.end(line)
                problem = ""
                if isinstance(event, Failed) and event.kind != "cancelled":
                    problem = self._studio.engine_reason(event)
                self._tell(replace(self.state, running=False, problem=problem))

        request = LearnClasses(data=folder, out=str(model), steps=steps)
        self._job = engine.submit(request, priority=Priority.background, on_event=arrived)

    @property
    def waits_for(self) -> JobLine | None:
        """What is worked on before it."""
        return self._studio.jobs.ahead_of(self._line) if self.state.running else None

    def _follow(self, event: Progress) -> None:
        """Before the first step the pictures are got ready, which is told without losses."""
        if "loss" not in event.values:
            self.changed.emit()
            return
        right = event.values.get("right", 0.0)
        self._tell(
            replace(
                self.state, step=event.done, total=event.total,
                curve=(*self.state.curve, (event.done, event.values["loss"]))[-MOST:],
                right=0.9 * self.state.right + 0.1 * right if self.state.step else right,
            )
        )  # fmt: skip

    def stop(self) -> None:
        """Ends it; a network that was not taught to its end is not kept."""
        if self.state.running and self._studio.engine is not None:
            self._studio.engine.cancel(self._job)

    def look(self, file: str) -> None:
        """What the network says of a picture, and what each layer makes of it."""
        engine = self._studio.engine
        if engine is None or self.state.learnt is None:
            return

        def arrived(event: Event) -> None:
            if isinstance(event, Classified):
                self._tell(replace(self.state, seen=event, problem=""))
            elif isinstance(event, Failed) and event.kind != "cancelled":
                self._tell(replace(self.state, problem=self._studio.engine_reason(event)))

        request = Classify(model=self.state.learnt.path, files=(file,), maps=True)
        engine.submit(request, on_event=arrived)

    def _tell(self, state: LessonState) -> None:
        self.state = state
        self.changed.emit()
