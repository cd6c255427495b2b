"""Generate: the panel's values, the press, and the generated layer with its variants."""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec.structs import replace
from psygnal import Signal

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Generated, Variant, new_id
from studio.jobs.job import Priority
from studio.messages.events import Event, Failed, Finished, Picture, Progress
from studio.messages.models import ModelEntry
from studio.messages.requests import Band, ClassMix, Generate, ImportModel, mix_of
from studio.project.errors import ProjectError
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import notices, press_words
from studio.workspace.all_results import AllResults
from studio.workspace.directions import Directions
from studio.workspace.encoding import Encoding
from studio.workspace.finding import Finding
from studio.workspace.picture_times import PictureTimes
from studio.workspace.real_pixels import RealPixels
from studio.workspace.results import (
    PAINTABLE,
    generated_layer,
    place_generated,
    place_of,
    plain_side,
    variant_of,
)
from studio.workspace.waiting import Result, Waiting, variants_in
from studio.workspace.walk import State

if TYPE_CHECKING:
    from studio.workspace import picture as pictures
    from studio.workspace.studio import Studio

HIGHEST_SEED = 2**31 - 1
HOVER = "hover"
IMPORTING = QT_TRANSLATE_NOOP("jobs", "Importing {file}")
NO_ENGINE = QT_TRANSLATE_NOOP("generate", 'There is no engine: pip install "danqing[engine]"')
GENERATING = QT_TRANSLATE_NOOP("jobs", "Generating with {model}")


class GenerateValues(msgspec.Struct, frozen=True, kw_only=True):
    """What the panel shows. ``sliders`` in standard deviations, ``size_rule``: to the canvas or native pixels."""

    sliders: dict[str, float] = msgspec.field(default_factory=dict)
    variety: float = 0.7
    varieties: dict[Band, float] = msgspec.field(default_factory=dict)
    mix: ClassMix = ClassMix()
    seed: int = 1
    seed_locked: bool = False
    count: int = 4
    size_rule: Literal["canvas", "native"] = "canvas"


class ButtonState(msgspec.Struct, frozen=True, kw_only=True):
    """The Generate button: ``text`` in context ``generate`` with ``arguments``; ``reason`` says why it is disabled,
    ``note`` what may not be expected of a press."""

    text: str
    arguments: dict[str, str]
    enabled: bool = True
    running: bool = False
    reason: str = ""
    note: str = ""
    seconds: float = 0.0
    real_pixels: int = 0
    shown_pixels: int = 0


class _Run(msgspec.Struct):
    """One press of the button while its pictures arrive.

    ``layer_id``: the layer they go to, ``step``: the undo step that they belong to; both empty until the first has come.
    ``worked``: seconds of the engine for the pictures that came, without the loading of a model before the first.
    """

    picture: pictures.Picture
    request: Generate
    entry: ModelEntry
    layer_id: str
    size_rule: str
    line: int
    started: float
    step: str = ""
    job: int = 0
    done: int = 0
    worked: float = 0.0
    forming: float = 0.0
    doing: str = ""


def _from_the_start(values: GenerateValues, target: Generated | None) -> GenerateValues:
    """Further pictures begin where the shown one does: what its sliders did before they were given another start is done by theirs."""
    parts = target.variant.parts if target is not None and target.variant is not None else ()
    starts = [part.sliders for part in parts if not part.band]
    if not starts or any(one != starts[0] for one in starts):
        return values
    names = dict.fromkeys((*starts[0], *values.sliders))
    moved = {name: round(starts[0].get(name, 0.0) + values.sliders.get(name, 0.0), 4) for name in names}
    return replace(values, sliders=moved)


class Generating:
    """Bound to the selected generated layer when there is one, to its own values otherwise."""

    changed = Signal()
    strip_changed = Signal()
    models_changed = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self.models: tuple[ModelEntry, ...] = ()
        self._listed: tuple[ModelEntry, ...] = ()
        self.directions = Directions(studio)
        self.finding = Finding(studio)
        self.real_pixels = RealPixels(studio)
        self.encoding = Encoding(studio)
        self._own = GenerateValues(seed=random.randint(1, HIGHEST_SEED))
        self._model_name, self._model_digest = "", ""
        self._run: _Run | None = None
        self._times = PictureTimes(studio)
        self._left = ""
        self._selected: tuple[Mask, Rect, int] | None = None
        self.waiting = Waiting(studio)
        self.all_results = AllResults(studio)
        studio.layer_chosen.connect(self._layer_chosen)
        studio.device_changed.connect(self._device_changed)

    def _layer_chosen(self, _layer_id: str) -> None:
        self._left = ""

    def _device_changed(self) -> None:
        self.changed.emit()  # other seconds

    # what the panel shows

    def set_models(self, entries: tuple[ModelEntry, ...]) -> None:
        self._listed = entries
        self.models = tuple(self.directions.shown(entry) for entry in entries)
        self.models_changed.emit()
        self.changed.emit()

    def show_directions_again(self) -> None:
        """Directions were found or have other names."""
        self.set_models(self._listed)

    @property
    def model(self) -> ModelEntry | None:
        """The chosen model, or the selected layer's, with what this moves; None while there is none that works."""
        entry, target, picture = self._entry, self.target, self._studio.current
        if entry is None or target is None or picture is None:
            return entry
        kept = picture.document.committed.find(target.id)  # a slider under the hand may be at 0 for a moment
        return self.directions.with_moved(entry, (target, kept))

    @property
    def _entry(self) -> ModelEntry | None:
        usable = [entry for entry in self.models if not entry.problem]
        target = self.target
        name, digest = (
            (target.model, target.model_digest) if target else (self._model_name, self._model_digest)
        )
        for entry in usable:
            if digest and entry.digest == digest:  # checkpoints of one run share a name
                return entry
        named = next((entry for entry in usable if entry.card.name == name), None)
        if named is not None or target or not usable:
            return named
        return next((entry for entry in usable if _generates(entry)), usable[0])

    def choose_model(self, name: str, digest: str = "") -> None:
        """The model of the next press, by name and, where several have it, digest.

        The panel lets go of a selected layer that another model made.
        """
        layer = self.layer
        other = layer is not None and (layer.model != name or bool(digest and layer.model_digest != digest))
        self._left = layer.id if layer is not None and other else ""
        self._model_name, self._model_digest = name, digest
        self._own = replace(self._own, sliders={}, varieties={}, mix=ClassMix())
        self.changed.emit()

    @property
    def target(self) -> Generated | None:
        """The selected generated layer that the panel is bound to."""
        layer = self.layer
        return layer if layer and layer.id != self._left else None

    @property
    def layer(self) -> Generated | None:
        """The selected generated layer."""
        picture = self._studio.current
        layer = picture.document.artwork.active_layer if picture else None
        return layer if isinstance(layer, Generated) and layer.variants else None

    @property
    def values(self) -> GenerateValues:
        """The selected generated layer's values, else the panel's own."""
        variant = self.target.variant if self.target else None
        if variant is None:
            return self._own
        return replace(
            self._own,
            sliders=dict(variant.sliders),
            variety=variant.variety,
            varieties=dict(variant.varieties),
            seed=variant.seed,
            mix=mix_of(variant),
        )

    def set_values(self, **fields: object) -> None:
        """Changes the panel's own values (seed, lock, count, size rule); those that draw the target go to it live."""
        self._own = replace(self._own, **fields)  # type: ignore[arg-type]
        self.changed.emit()

    @property
    def own(self) -> GenerateValues:
        """The panel's own values, whatever layer it is bound to."""
        return self._own

    def set_own(self, state: State) -> None:
        """What makes the next pictures."""
        self._own = replace(
            self._own, sliders=dict(state.sliders), variety=state.variety, seed=state.seed, mix=state.mix,
            varieties=dict(state.varieties),
        )  # fmt: skip
        self.changed.emit()

    @property
    def running(self) -> bool:
        return self._run is not None

    @property
    def running_into(self) -> str:
        """Id of the layer that the pictures under way go to; empty before the first of a new layer."""
        return self._run.layer_id if self._run else ""

    @property
    def forming(self) -> tuple[int, float]:
        """(pictures still to come, part done of the next one 0–1) of the run into the target layer."""
        if self._run is None:
            return 0, 0.0
        return len(self._run.request.seeds) - self._run.done, self._run.forming

    def seconds_each(self) -> float:
        """Seconds a picture of the next press, or of the one under way, took here when it was last measured; else 0."""
        if self._run is not None:
            request = self._run.request
            return self._times.seconds(self._run.entry, request.size, len(request.seeds))
        entry, values = self.model, self.values
        return self._times.seconds(entry, _pixels(entry, values, self.target), values.count) if entry else 0.0

    def button(self) -> ButtonState:
        """The button's word from state and the model's declared abilities: :mod:`studio.workspace.press_words`."""
        entry, values = self.model, self.values
        if self._run is not None:
            left = max(self.seconds_each() * self.forming[0], 0.0)
            text = press_words.STOP_IN if left else press_words.STOP
            return ButtonState(text=text, arguments={"seconds": f"{left:.1f}"}, running=True)
        arguments = {"count": str(values.count)}
        if entry is None:
            reason = press_words.MISSING
            return ButtonState(text=press_words.MAKE, arguments=arguments, enabled=False, reason=reason)
        line, reason = self._line(entry), self._refusal(entry)
        side = self._side_shown(self._studio.current)
        shown = side if values.size_rule == "canvas" else entry.card.learned_size
        return ButtonState(
            text=line.word, arguments=arguments, seconds=self.seconds_each() * values.count, note=line.note,
            real_pixels=entry.card.learned_size, shown_pixels=shown, enabled=not reason, reason=reason,
        )  # fmt: skip

    def _line(self, entry: ModelEntry) -> press_words.PressWord:
        """What a press would do with this model where the artist stands now."""
        picture = self._studio.current
        place: press_words.Place = "picture"
        if self.target is not None:
            place = "layer"
        elif picture is not None and picture.document.artwork.selection is not None:
            place = "selection"
        return press_words.word_for(entry.card.abilities, place)

    def _refusal(self, entry: ModelEntry) -> str:
        """Why no picture of this model can be made, in context ``generate``; empty where it can."""
        return NO_ENGINE if self._studio.engine is None else self._line(entry).reason

    def _side_shown(self, picture: pictures.Picture | None) -> int:
        """The longer side, in document pixels, of where the next picture goes."""
        if picture is None:
            return 1024
        artwork = picture.document.artwork
        selection = None if self.target is not None else artwork.selection
        if selection is None:
            return max(artwork.width, artwork.height)
        known = self._selected
        if known is None or known[0] is not selection or known[1] != artwork.rect:
            place = place_of(
                artwork
            )  # looks at every edge of the selection, and the button is asked for often
            known = self._selected = (selection, artwork.rect, max(place.width, place.height))
        return known[2]

    @property
    def doing(self) -> str:
        """What the press waits for, source text in context ``engine``; empty while pictures form."""
        return self._run.doing if self._run is not None else ""

    # the press

    def generate(self, new_layer: bool = False) -> None:
        """Asks for ``count`` pictures; the first becomes a generated layer at once, the others its variants."""
        entry, engine = self.model, self._studio.engine
        if entry is None or engine is None or self._run is not None or self._refusal(entry):
            return
        self._studio.settle()
        picture = self._studio.current or self._studio.new_picture(1024, 1024)
        values = _from_the_start(self.values, self.target)
        target = None if new_layer else self.target
        request = Generate(
            model=entry.card.name, digest=entry.digest, seeds=self._seeds(values, target), sliders=_moved(values.sliders),
            variety=values.variety, varieties=values.varieties, vectors=self._vectors(values, target), size=_pixels(entry, values, target), **msgspec.structs.asdict(values.mix),
        )  # fmt: skip
        line = self._studio.jobs.begin(GENERATING, {"model": self._studio.model_title(entry)}, stop=self.stop)
        layer_id = target.id if target else ""
        run = _Run(picture, request, entry, layer_id, values.size_rule, line, time.monotonic())
        self._run = run
        self._studio.training.keep_used(entry.path)
        run.job = engine.submit(
            request, priority=Priority.normal, on_event=lambda event: self._arrived(run, event)
        )
        self.changed.emit()
        self.strip_changed.emit()

    def _vectors(self, values: GenerateValues, target: Generated | None) -> dict[str, bytes]:
        known = target.variant.vectors if target is not None and target.variant is not None else {}
        return self.directions.vectors_of(State(seed=values.seed, sliders=values.sliders, vectors=known))

    def _seeds(self, values: GenerateValues, target: Generated | None) -> tuple[int, ...]:
        if target is not None:
            first = max(variant.seed for variant in target.variants) + 1
        elif values.seed_locked:
            first = values.seed
        else:
            first = random.randint(1, HIGHEST_SEED - values.count)
            self._own = replace(self._own, seed=first)
        return tuple((first + index) % HIGHEST_SEED for index in range(values.count))

    def surprise(self) -> None:
        """One slider by chance, by one standard deviation: of the selected layer, else of new pictures, which are made."""
        entry = self.model
        if entry is None or self._run is not None or self._refusal(entry):
            return
        moved = self._studio.exploring.surprise()
        if self.target is None:
            self.generate()
        elif not moved:
            self._studio.exploring.set_seed(random.randint(1, HIGHEST_SEED))

    def stop(self) -> None:
        """Stops the run; pictures that arrived stay."""
        run = self._run
        if run is not None:
            self._cancel(run)
            self.waiting.tell(run.picture, run.layer_id)

    def _cancel(self, run: _Run) -> None:
        if self._studio.engine is not None:
            self._studio.engine.cancel(run.job)
        self._end(run)

    def let_go(self, picture: pictures.Picture) -> None:
        """The picture is closed: a run into it ends; what arrived is among its results."""
        run = self._run
        if run is None or run.picture is not picture:
            return
        self._cancel(run)
        arguments = {"title": picture.title, "done": str(run.done), "count": str(len(run.request.seeds))}
        self._studio.tell(notices.Notice(kind="info", text=notices.CLOSED_WHILE_FORMING, arguments=arguments))

    def import_model(self, path: str) -> None:
        """Checks a model file in the engine and copies it into the artist's models folder."""
        file, engine = Path(path).name, self._studio.engine
        if engine is None:
            reason = self._studio.translate("notices", notices.NO_ENGINE)
            arguments = {"file": file, "reason": reason}
            self._studio.tell(notices.Notice(kind="error", text=notices.NOT_IMPORTED, arguments=arguments))
            return
        line = self._studio.jobs.begin(IMPORTING, {"file": file})

        def arrived(event: Event) -> None:
            if isinstance(event, Finished | Failed):
                self._studio.jobs.end(line)
            if isinstance(event, Finished):
                self._studio.refresh_models()
                self._studio.tell(
                    notices.Notice(kind="done", text=notices.MODEL_IMPORTED, arguments={"file": file})
                )
            elif isinstance(event, Failed):
                failed = msgspec.structs.replace(event, file="")
                self._studio.engine_failed(failed, notices.NOT_IMPORTED, {"file": file})

        engine.submit(ImportModel(path=str(Path(path).absolute())), on_event=arrived)

    def _end(self, run: _Run) -> None:
        if self._run is run:
            self._run = None
        self._studio.jobs.end(run.line)
        self.changed.emit()
        self.strip_changed.emit()

    def _arrived(self, run: _Run, event: Event) -> None:
        if isinstance(event, Progress):
            run.forming = event.done / event.total if event.total else 0.0
            run.doing = "" if event.total else event.text
            if (
                not event.done
            ):  # the engine and the model are up: only from here it says how long pictures take
                run.started = time.monotonic()
            self.changed.emit()
            self._studio.jobs.progress(
                run.line, run.done, len(run.request.seeds), event.seconds_left, event.text
            )
            self.strip_changed.emit()
        elif isinstance(event, Picture):
            self._received(run, event)
        elif isinstance(event, Finished):
            count = max(len(run.request.seeds), 1)
            seconds = run.worked or time.monotonic() - run.started
            self._times.note(run.entry, run.request.size, count, seconds / count)
            self._end(run)
            self.waiting.tell(run.picture, run.layer_id)
        elif isinstance(event, Failed):
            self._end(run)
            self.waiting.tell(run.picture, run.layer_id)
            if run.done:
                counts = {"done": str(run.done), "count": str(len(run.request.seeds))}
                self._studio.engine_failed(event, notices.PARTLY_GENERATED, counts)
            else:
                self._studio.engine_failed(event)

    def _received(self, run: _Run, event: Picture) -> None:
        run.done += 1
        run.worked += event.seconds
        self._studio.jobs.progress(run.line, run.done, len(run.request.seeds))
        variant = variant_of(event, run.request, run.picture.document.artwork)
        self._studio.filing.keep_result(run.picture, variant, run.request, run.size_rule)
        if run.picture.document.gesture_open and not run.layer_id:
            self._studio.tell(notices.Notice(kind="info", text=notices.PICTURE_WAITS))
        run.picture.document.when_idle(lambda: self._place(run, variant))

    def _place(self, run: _Run, variant: Variant) -> None:
        """Puts a result into the picture: a new generated layer for the first, a variant of it for the others.

        They belong to one undo step, whatever was done since; where their layer is gone they wait.
        """
        document = run.picture.document
        if run.picture is self._studio.current:
            self._studio.settle()
        artwork = document.artwork
        name = self._studio.model_title(run.entry)
        if not run.layer_id:
            layer = generated_layer(artwork, run.request, variant, name, run.size_rule)
            run.layer_id = layer.id
            document.commit(QT_TRANSLATE_NOOP("history", "Generate"), place_generated(artwork, layer))
            run.step = document.step
        elif not run.step and isinstance(artwork.find(run.layer_id), Generated):
            changed = edits.add_variants(artwork, run.layer_id, (variant,))
            document.commit(QT_TRANSLATE_NOOP("history", "More variations"), changed)
            run.step = document.step
        else:
            self._add_late(run, Result(
                variant=variant, request=run.request, layer_id=run.layer_id, name=name, size_rule=run.size_rule
            ))  # fmt: skip
        self.strip_changed.emit()

    def _add_late(self, run: _Run, result: Result) -> None:
        """Into every step since the one that made the layer, undone ones included; waits where none is shown that has it."""
        document = run.picture.document
        with contextlib.suppress(OSError, ProjectError):  # a step that cannot be read again: then it waits
            document.amend_since(run.step, edits.adding(run.layer_id, (result.variant,)))
        if result.variant.id not in variants_in(document.committed):
            self.waiting.add(run.picture, result)

    # variants

    def _edit(self, label: str, edit: Callable[[Artwork, str], Artwork]) -> None:
        picture, target = self._studio.current, self.layer
        if picture is None or target is None or picture.document.gesture_open:
            return
        self._studio.settle()
        try:
            changed = edit(picture.document.artwork, target.id)
        except edits.EditError as error:
            self._studio.refuse(error)
            return
        picture.document.commit(label, changed)
        self.strip_changed.emit()

    def choose(self, index: int) -> None:
        """Shows variant ``index``; one undo step."""
        self._studio.settle()  # a variant that is only looked at is not the chosen one
        if self.layer and index != self.layer.chosen:
            self._edit(
                QT_TRANSLATE_NOOP("history", "Variation"),
                lambda art, name: edits.choose_variant(art, name, index),
            )

    def flip(self, step: int) -> None:
        self._studio.settle()
        if self.layer:
            self.choose((self.layer.chosen + step) % len(self.layer.variants))

    def star(self, index: int) -> None:
        starred = (
            self.layer is not None and index < len(self.layer.variants) and self.layer.variants[index].star
        )
        label = QT_TRANSLATE_NOOP("history", "Star")
        if starred:
            label = QT_TRANSLATE_NOOP("history", "Take the star away")
        self._edit(label, lambda art, name: edits.star_variant(art, name, index))

    def drop(self, index: int) -> None:
        """Moves a variant to the layer's tray; undo empties it back."""
        self._edit(
            QT_TRANSLATE_NOOP("history", "Drop variation"),
            lambda art, name: edits.drop_variant(art, name, index),
        )

    def restore(self, index: int) -> None:
        """Takes ``dropped[index]`` back out of the layer's tray."""
        label = QT_TRANSLATE_NOOP("history", "Restore variation")
        self._edit(label, lambda art, name: edits.restore_variant(art, name, index))

    def take_out(self, index: int) -> None:
        """A variant as a generated layer of its own above this one."""
        layer = self.layer
        if layer and 0 <= index < len(layer.variants):
            own = edits.set_generated(
                single(layer), layer.id, variants=(layer.variants[index],), chosen=0, dropped=()
            )
            copy = own.layers[0].with_(id=new_id())
            label = QT_TRANSLATE_NOOP("history", "Variation as layer")
            self._edit(label, lambda art, name: edits.add_layer(art, copy, above=name))

    def hover(self, index: int | None) -> None:
        """Shows a variant in place while the pointer is over its thumbnail; None shows the chosen one again."""
        picture, target = self._studio.current, self.layer
        if picture is None or picture.document.gesture_open:
            return
        document = picture.document
        if index is None or target is None:
            document.revert(HOVER)
        elif document.preview_owner in (None, HOVER):
            document.preview(HOVER, edits.choose_variant(document.committed, target.id, index))


def single(layer: Generated) -> Artwork:
    """An artwork of this layer alone, for edits that keep its place while its picture changes size."""
    return Artwork(width=1, height=1, layers=(layer,), active=layer.id)


def _generates(entry: ModelEntry) -> bool:
    return "generate" in entry.card.abilities


def _pixels(entry: ModelEntry, values: GenerateValues, target: Generated | None) -> int:
    """Side of the pictures to ask for: like those the layer has; native, or enlarged far enough to be painted on."""
    if target is not None and target.variant is not None:
        return plain_side(target.variant)
    return (
        entry.card.learned_size if values.size_rule == "native" else max(entry.card.learned_size, PAINTABLE)
    )


def _moved(sliders: dict[str, float]) -> dict[str, float]:
    """Sliders that are not at zero: equal pictures have equal requests."""
    return {name: value for name, value in sorted(sliders.items()) if value}
