"""Lesson zero: digits from noise. A real run of a real recipe; three things to do on the real panels, each ticked when it was done."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec.structs import replace
from psygnal import Signal

from studio import paths
from studio.document.layer import Generated
from studio.jobs.job import Priority
from studio.messages.events import Event, Failed, Finished, Insides, Progress
from studio.messages.requests import LookInside, MakeSet
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import notices

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

Task = Literal["learn", "scrub", "draw"]
TASKS: tuple[Task, ...] = ("learn", "scrub", "draw")
RECIPES = ("digits-gan", "dense-gan", "dense-vae", "conv-vae")
"""Those that draw digits within minutes on a processor, the convolutional one first."""
MAKING = QT_TRANSLATE_NOOP("jobs", "Drawing digits to learn from")
NOT_LAID = QT_TRANSLATE_NOOP(
    "notices",
    "The digits could not be laid into Danqing’s data folder. Make room on the disk, then open the lesson again.",
)
COUNT, SIDE = 2000, 32
LISTED = "pictures.jsonl"
MOST = 2000


class ZeroState(msgspec.Struct, frozen=True, kw_only=True):
    """``folder``: that of the digits, empty until they are drawn. ``run``: the run that was begun for the lesson. ``curves``: (step,
    value) of each loss by name. ``inside``: what the networks hold at the moment that is shown."""

    recipe: str = RECIPES[0]
    folder: str = ""
    making: bool = False
    run: str = ""
    done: frozenset[Task] = frozenset()
    curves: dict[str, tuple[tuple[int, float], ...]] = {}
    inside: Insides | None = None
    problem: str = ""


class LessonZero:
    """What was done stays done while the studio runs. ``changed``: a tick, losses, what is inside."""

    changed = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self.state = ZeroState()
        self._asked = ""
        self._job = 0
        self._following = False

    def begin(self) -> None:
        """Draws the digits where they are not there yet, and follows what is done from now on."""
        if not self._following:
            self._following = True
            self._studio.training.changed.connect(self._follow_run)
            self._studio.generating.strip_changed.connect(self._follow_pictures)
        folder = paths.data() / "lessons" / "digits"
        if (folder / LISTED).exists() and not self.state.making:
            self._tell(replace(self.state, folder=str(folder), problem=""))
            self._follow_run()
        elif not self.state.making:
            self._make(folder)

    def _make(self, folder: Path) -> None:
        engine = self._studio.engine
        if engine is None:
            self._tell(replace(self.state, problem=self._studio.translate("notices", notices.NO_ENGINE)))
            return
        line = self._studio.jobs.begin(MAKING, {}, stop=self.stop_making)
        part = folder.with_name("digits.part")  # a set that was stopped is no set
        self._tell(replace(self.state, making=True, problem=""))

        def arrived(event: Event) -> None:
            if isinstance(event, Progress):
                self._studio.jobs.progress(line, event.done, event.total, event.seconds_left, event.text)
            elif isinstance(event, Finished | Failed):
                self._studio.jobs.end(line)
                self._made(event, part, folder)

        request = MakeSet(rule="digits", folder=str(part), count=COUNT, side=SIDE)
        self._job = engine.submit(request, priority=Priority.normal, on_event=arrived)

    def _made(self, event: Finished | Failed, part: Path, folder: Path) -> None:
        problem = ""
        if isinstance(event, Failed):
            problem = self._studio.engine_reason(event) if event.kind != "cancelled" else ""
            self._tell(replace(self.state, making=False, problem=problem))
            return
        try:
            part.rename(folder)
        except OSError:
            problem = self._studio.translate("notices", NOT_LAID)
        self._tell(replace(self.state, making=False, problem=problem, folder="" if problem else str(folder)))

    def stop_making(self) -> None:
        if self.state.making and self._studio.engine is not None:
            self._studio.engine.cancel(self._job)

    def choose(self, recipe: str) -> None:
        """Which network is to learn; a run that goes on is not touched."""
        self._tell(replace(self.state, recipe=recipe))

    # what is done elsewhere

    def _follow_run(self) -> None:
        """The run of the Training panel, where it is one on the lesson's digits."""
        training, state = self._studio.training, self.state
        run, asked = training.state, training.asked
        if run is None or asked is None or not state.folder or Path(asked.data) != Path(state.folder):
            return
        done: set[Task] = set(state.done)
        curves = state.curves
        if run.run != state.run:
            curves, self._asked = {}, ""
        if run.running:
            done.add("learn")
        newest = max((one.step for one in run.moments), default=-1)
        if "learn" in done and 0 <= training.shown < newest:
            done.add("scrub")
        if run.running and run.losses and run.step:
            curves = {
                name: _longer(curves.get(name, ()), run.step, value)
                for name, value in run.losses.items()
                if name in SHOWN
            }
        new = replace(state, run=run.run, done=frozenset(done), curves=curves)
        if new != state:
            self._tell(new)
        self._look(training.checkpoint() or run.checkpoint)

    def _follow_pictures(self) -> None:
        """Digits that were drawn with a model of the run."""
        picture, state = self._studio.current, self.state
        if picture is None or not state.run or "draw" in state.done:
            return
        own = {
            one.digest for one in self._studio.generating.models if Path(state.run) in Path(one.path).parents
        }
        layers = (one for one in picture.document.artwork.walk() if isinstance(one, Generated))
        if any(layer.model_digest in own for layer in layers):
            self._tell(replace(state, done=state.done | {"draw"}))

    def _look(self, model: str) -> None:
        """What the networks hold in a checkpoint: asked for once."""
        engine = self._studio.engine
        if engine is None or not model or model == self._asked:
            return
        self._asked = model

        def arrived(event: Event) -> None:
            if isinstance(event, Insides):
                self._tell(replace(self.state, inside=event))

        request = LookInside(model=model)  # one that is gone by now has a newer one behind it
        engine.submit(request, priority=Priority.background, replace="inside", on_event=arrived)

    def _tell(self, state: ZeroState) -> None:
        self.state = state
        self.changed.emit()


SHOWN = ("generator", "discriminator", "error", "divergence")
"""Losses of both kinds of run that the lesson draws as curves."""


def _longer(curve: tuple[tuple[int, float], ...], step: int, value: float) -> tuple[tuple[int, float], ...]:
    kept = curve if not curve or curve[-1][0] < step else tuple(one for one in curve if one[0] < step)
    return (*kept, (step, value))[-MOST:]
