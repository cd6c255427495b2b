"""Explore: the latent sliders of a generated layer, live under the hand, and the way they have gone."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from msgspec.structs import replace
from psygnal import Signal

from studio.document import edits, limiting
from studio.document.artwork import Artwork
from studio.document.layer import Generated, Origin, Variant, new_id
from studio.jobs.job import Priority
from studio.messages.events import Event, Failed, Picture, Progress
from studio.messages.requests import Band, ClassMix, Generate, mix_of
from studio.project.errors import ProjectError
from studio.raster import resample
from studio.raster.mask import Mask
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import notices, quick_pictures
from studio.workspace.mixing import Mixing, started
from studio.workspace.pad_axes import PadAxes
from studio.workspace.pad_path import PadPath
from studio.workspace.quick_pictures import QuickPictures
from studio.workspace.results import plain_side, variant_of
from studio.workspace.tasting import Tasting
from studio.workspace.walk import SLIDER, State, Walks, asked_of, state_of, step_between
from studio.workspace.wandering import Wall

if TYPE_CHECKING:
    from studio.workspace import picture as pictures
    from studio.workspace.studio import Studio

OWNER = "explore"
START = QT_TRANSLATE_NOOP("history", "Make this the start")
SURPRISE = QT_TRANSLATE_NOOP("history", "Surprise")
WALK = QT_TRANSLATE_NOOP("history", "Walk")
PART = QT_TRANSLATE_NOOP("layer-names", "{name}, part")


class _Hand(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """What the hand wants: ``request`` in the layer ``layer_id``, which is ``part``, still to be laid over the layer
    ``source``, or the source itself. ``fresh``: the id of a variant of its own that it becomes; empty for the shown one.
    ``origins``: what it is made of. ``label``: what the history calls it, where that is not told by what it changes."""

    request: Generate
    layer_id: str
    source: str
    part: Generated | None = None
    fresh: str = ""
    origins: tuple[Origin, ...] = ()
    label: str = ""

    @property
    def state(self) -> State:
        asked = self.request
        return State(
            seed=asked.seeds[0], sliders=asked.sliders, variety=asked.variety, mix=mix_of(asked), parts=asked.parts,
            varieties=asked.varieties, vectors=asked.vectors, origins=self.origins,
        )  # fmt: skip


class Exploring:
    """A drag previews the fast picture of each newest value; the release is one undo step, refined to full size.

    ``changed``: the walk, the limit to the selection, or what is waited for.
    """

    value_shown = Signal(object)
    changed = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._hand: _Hand | None = None
        self._released = False
        self._asked_again = False
        self._own_before: State | None = None
        self._fast: np.ndarray | None = None
        self._limits: dict[str, Mask] = {}
        self._only_in_selection = False
        self._doing = ""
        self.quick = QuickPictures(studio)
        self.walks = Walks()
        self.pad = PadAxes(studio)
        self.path = PadPath(studio)
        self.mixing = Mixing(studio)
        self.wall = Wall(studio)
        self.tasting = Tasting(studio)

    # what the panel shows

    @property
    def values(self) -> dict[str, float]:
        """Amount per direction in standard deviations, as wanted by the hand (the picture follows)."""
        held = self._held
        return dict(held.request.sliders) if held else dict(self._studio.generating.values.sliders)

    @property
    def _held(self) -> _Hand | None:
        """What the hand wants of the selected layer; a value that another layer still waits for is not this one's."""
        target, hand = self._studio.generating.target, self._hand
        if target is None or hand is None:
            return None
        return hand if target.id in (hand.layer_id, hand.source) else None

    @property
    def variety(self) -> float:
        held = self._held
        return held.request.variety if held else self._studio.generating.values.variety

    @property
    def seed(self) -> int:
        held = self._held
        return held.request.seeds[0] if held else self._studio.generating.values.seed

    @property
    def mix(self) -> ClassMix:
        """Which of the model's classes is wanted."""
        held = self._held
        return mix_of(held.request) if held else self._studio.generating.values.mix

    @property
    def state(self) -> State:
        """What the panel shows, as one value."""
        held, target = self._held, self._studio.generating.target
        if held is not None:
            return held.state
        if target is None or target.variant is None:
            return self._own_state
        return replace(state_of(target.variant), sliders=moved(target.variant.sliders))

    @property
    def _own_state(self) -> State:
        own = self._studio.generating.own
        return State(
            seed=own.seed, sliders=moved(own.sliders), variety=own.variety, mix=own.mix, varieties=dict(own.varieties)
        )  # fmt: skip

    @property
    def doing(self) -> str:
        """What a value waits for before its picture can come, source text in context ``engine``; mostly empty."""
        return self._doing

    # what the hand does

    def set_slider(self, name: str, value: float) -> None:
        """One step of a drag; equal values ask for nothing."""
        self.set_sliders({name: value})

    def set_sliders(self, values: dict[str, float]) -> None:
        """The same for several directions at once."""
        self._want(replace(self.state, sliders={**self.values, **values}))

    def set_variety(self, value: float) -> None:
        self._want(replace(self.state, variety=value))

    def set_band_variety(self, band: Band, value: float | None) -> None:
        """The variety of a band of layers; None for that of all. One step of a drag."""
        others = {name: amount for name, amount in self.state.varieties.items() if name != band}
        self._want(replace(self.state, varieties=others if value is None else {**others, band: value}))

    def set_blend(self, share: float) -> None:
        """How far towards the other class; one step of a drag."""
        self._want(replace(self.state, mix=replace(self.mix, blend=share)))

    def set_class(self, label: str) -> None:
        """One of the model's classes, empty for any: one undo step."""
        toward = "" if self.mix.toward == label else self.mix.toward
        self._choose(replace(self.mix, label=label, toward=toward))

    def set_toward(self, label: str) -> None:
        """The class on the way to which the picture is, at first half-way; empty for none: one undo step."""
        self._choose(replace(self.mix, toward=label, blend=self.mix.blend or 0.5))

    def _choose(self, mix: ClassMix) -> None:
        mix = mix if mix.toward else replace(mix, blend=0.0)
        self._want(replace(self.state, mix=mix, parts=(), origins=()))
        self.release()

    def set_seed(self, seed: int) -> None:
        """Another seed for the selected generated layer: one undo step. Without one it is the panel's own."""
        self._want(replace(self.state, seed=seed, parts=(), origins=()))
        self.release()

    def show(self, state: State, fresh: bool = False, label: str = "") -> None:
        """A state of the selected generated layer, live; ``fresh``: as a further variation of it, in front of the others. ``label``: the
        step's, else it is told by what changes."""
        if fresh:
            self._studio.settle()
        self._want(state, fresh, label)

    def zero(self) -> None:
        """All sliders to zero; one undo step."""
        self._want(replace(self.state, sliders={}))
        self.release()

    def start_at(self, name: str) -> None:
        """What the slider ``name`` has done so far belongs to the selected picture from now on, and its 0 is here; one undo step."""
        if self._studio.generating.target is not None and self.values.get(name):
            self.go_to(started(self.state, name), START)

    def surprise(self, chance: random.Random | None = None) -> bool:
        """One slider by chance goes one standard deviation further or back: one undo step of the selected layer, else a value of the
        next pictures. False where the model has no slider."""
        entry = self._studio.generating.model
        if entry is None or not entry.card.sliders:
            return False
        chance = chance or random.Random()
        slider = chance.choice(entry.card.sliders)
        now = self.values.get(slider.name, 0.0)
        ways = [way for way in (-1.0, 1.0) if slider.low <= now + way <= slider.high]
        amount = round(now + chance.choice(ways or [-now]), 4)
        self.go_to(replace(self.state, sliders={**self.values, slider.name: amount}), SURPRISE)
        return True

    def go_to(self, state: State, label: str = "") -> None:
        """A state of the walk, or any other: one undo step, called ``label`` or after what it changes."""
        self._want(state, label=label)
        self.release()

    def _want(self, state: State, fresh: bool = False, label: str = "") -> None:
        generating, picture = self._studio.generating, self._studio.current
        state = replace(state, sliders=moved(state.sliders))
        state = replace(state, vectors=generating.directions.vectors_of(state))
        target = generating.target
        if target is None or picture is None:
            self._own_before = self._own_before or self._own_state
            generating.set_own(state)
            return
        if generating.model is None or self._studio.engine is None:
            return
        hand = self._held or self._taken(picture, fresh)
        target = generating.target
        if hand is None or target is None or target.variant is None:
            return
        request = Generate(
            model=target.model, digest=target.variant.checkpoint, seeds=(state.seed,), size=plain_side(target.variant), quick=True,
            **asked_of(state),
        )  # fmt: skip
        if request == hand.request:
            return
        self._hand = replace(hand, request=request, origins=state.origins, label=label)
        self._released = False
        self._ask(picture, request, Priority.live, self._fast_arrived(picture, self._hand))

    def _taken(self, picture: pictures.Picture, fresh: bool) -> _Hand | None:
        """The hand takes hold of the selected layer, or of a part of it that the selection limits."""
        self._studio.settle()
        target = self._studio.generating.target
        if target is None or target.variant is None:
            return None
        nothing = Generate(model="", seeds=())
        if fresh:
            return _Hand(request=nothing, layer_id=target.id, source=target.id, fresh=new_id())
        selection, part = picture.document.committed.selection, None
        if self._only_in_selection and selection is not None and self._limits.get(target.id) is not selection:
            name = self._studio.translate("layer-names", PART).format(name=target.name)
            part = limiting.part_of(picture.document.committed, target, name)
        layer_id = part.id if part is not None else target.id
        return _Hand(request=nothing, layer_id=layer_id, source=target.id, part=part)

    # what comes back

    def _ask(
        self,
        picture: pictures.Picture,
        request: Generate,
        priority: Priority,
        arrived: Callable[[Picture], None],
    ) -> None:
        def heard(event: Event) -> None:
            if isinstance(event, Progress) and event.text:
                self._wait_for(event.text)
            elif isinstance(event, Picture):
                self._asked_again = False
                self._wait_for("")
                arrived(event)
            elif isinstance(event, Failed) and event.kind != "cancelled":
                self._wait_for("")
                self._failed(picture, request, event, lambda: self._ask(picture, request, priority, arrived))

        assert self._studio.engine is not None
        self._studio.engine.submit(request, priority=priority, replace="explore", on_event=heard)

    def _wait_for(self, text: str) -> None:
        if text != self._doing:
            self._doing = text
            self.changed.emit()

    def _fast_arrived(self, picture: pictures.Picture, hand: _Hand) -> Callable[[Picture], None]:
        def arrived(event: Picture) -> None:
            if (
                self._hand is None or self._hand.layer_id != hand.layer_id
            ):  # the hand is at another layer by now
                return
            if picture.document.gesture_open:  # never under the pen, and never lost
                picture.document.when_idle(lambda: self._preview(picture, hand, event), OWNER)
            else:
                self._preview(picture, hand, event)

        return arrived

    def _failed(
        self, picture: pictures.Picture, request: Generate, event: Failed, again: Callable[[], None]
    ) -> None:
        """An engine that died is asked once more, in silence; what the hand wants last is never lost with it."""
        wanted = self._hand is not None and self._hand.request is request
        if event.kind == "engine_lost" and not self._asked_again and picture in self._studio.pictures:
            self._asked_again = True
            if not request.quick or wanted:
                again()
            return
        if wanted:
            self._forget(picture)
        self._studio.engine_failed(event, notices.NOT_EXPLORED)

    def _preview(self, picture: pictures.Picture, hand: _Hand, event: Picture) -> None:
        document = picture.document
        if self._hand is None or self._hand.layer_id != hand.layer_id or picture not in self._studio.pictures:
            return
        start = document.committed
        if hand.part is not None:
            start = limiting.with_part(start, hand.source, hand.part)
        layer = start.find(hand.layer_id)
        if not isinstance(layer, Generated) or layer.variant is None:
            return
        self._studio.settle(keep=OWNER)
        side = plain_side(layer.variant)  # added detail is another picture's: it goes with the old values
        like = replace(layer.variant, width=side, height=side) if layer.variant.detail else layer.variant
        like = replace(like, id=hand.fresh, star=False) if hand.fresh else like
        made = variant_of(event, hand.request, start, like=like, origins=hand.origins)
        if hand.fresh:
            shown = edits.add_variants(start, layer.id, (made,), choose=len(layer.variants))
        else:
            shown = edits.replace_variant(start, layer.id, layer.chosen, made)
        document.preview(OWNER, shown)
        self._fast = event.pixels.array()
        self.value_shown.emit(hand.request)
        left = picture is not self._studio.current  # nobody will release the slider there any more
        if (self._released or left) and hand.request is self._hand.request:
            self._commit(picture)

    # the end of a drag

    def release(self) -> None:
        """Ends the drag: commits when the newest value's picture is there, then refines it to full size."""
        picture, hand = self._studio.current, self._hand
        if self._own_before is not None:
            before, self._own_before = self._own_before, None
            self._record(self._own_walk, before, self._own_state)
        if picture is None or hand is None:
            return
        self._released = True
        layer = picture.document.artwork.find(hand.layer_id)
        shown = layer.variant if isinstance(layer, Generated) else None
        if picture.document.preview_owner == OWNER and shown and state_of(shown) == hand.state:
            self._commit(picture)

    def cancel(self) -> None:
        """Ends a drag without a step: the picture is what it was, and a value that has none yet is let go."""
        picture, self._own_before, self._hand = self._studio.current, None, None
        if picture is not None:
            picture.document.revert(OWNER)
        self._studio.generating.changed.emit()

    def _commit(self, picture: pictures.Picture) -> None:
        hand, self._hand = self._hand, None
        document = picture.document
        before = _variant(document.committed, hand.source) if hand is not None else None
        shown = _variant(document.artwork, hand.source) if hand is not None and not hand.fresh else None
        if before is not None and shown is not None and hand is not None and hand.part is None:
            if state_of(shown) == state_of(before):
                document.revert(OWNER)  # it has come back to where it began
                return
        document.commit(_label_of(hand, document.committed, document.artwork), owner=OWNER)
        after = _variant(document.committed, hand.layer_id) if hand is not None else None
        if hand is not None and before is not None and after is not None and after is not before:
            if hand.part is not None and document.committed.selection is not None:
                self._limits[hand.layer_id] = document.committed.selection
            if self._fast is not None:
                self.quick.keep(self.small(state_of(after)), _small(self._fast))
            self._record(after.id, state_of(before), state_of(after))
            self._refine(picture, hand.request, after, kept=bool(hand.fresh))
        self._studio.generating.strip_changed.emit()

    def settle(self, picture: pictures.Picture) -> None:
        """Something else begins: what is shown becomes the undo step, a value without picture is let go."""
        if picture.document.preview_owner == OWNER:
            self._commit(picture)
        self._hand = None

    def _forget(self, picture: pictures.Picture) -> None:
        """The newest value has no picture: the last one that has stays, as an undo step; the sliders go back to it."""
        if picture.document.preview_owner == OWNER:
            document = picture.document
            document.commit(_label_of(self._hand, document.committed, document.artwork), owner=OWNER)
        self._hand = None
        self._studio.generating.changed.emit()

    def _refine(self, picture: pictures.Picture, request: Generate, fast: Variant, *, kept: bool) -> None:
        """The full-size picture takes the place of the fast one in its step and in all later ones; no step of its own.

        ``kept``: it is one of all results of the picture, too.
        """
        if self._studio.engine is None:
            return
        document, step = picture.document, picture.document.step
        full = replace_quick(request)

        def take(event: Picture) -> None:
            fine = variant_of(event, full, document.committed, like=fast, origins=fast.origins)
            if kept:
                self._studio.filing.keep_result(picture, fine, full, "canvas")
            with contextlib.suppress(OSError, ProjectError):  # a step that cannot be read keeps the fast one
                document.amend_since(step, edits.exchanging(fast, fine))
            self._studio.generating.strip_changed.emit()

        self._ask(picture, full, Priority.normal, lambda event: document.when_idle(lambda: take(event)))

    # only in the selection

    @property
    def only_in_selection(self) -> bool:
        """Whether a drag shows inside the selection alone: on a part of the layer that lies over it."""
        return self._only_in_selection and self.can_limit

    @property
    def can_limit(self) -> bool:
        picture = self._studio.current
        return picture is not None and picture.document.artwork.selection is not None

    def set_only_in_selection(self, on: bool) -> None:
        self._only_in_selection = on
        self.changed.emit()

    # the walk

    @property
    def walk(self) -> tuple[State, ...]:
        """States visited with the shown picture, or with the panel's own values, in order."""
        return self.walks.of(self._walk_name)

    @property
    def walk_place(self) -> int:
        """Where in the walk one stands; −1 beside it."""
        return self.walks.place(self._walk_name, self.state)

    def step_walk(self, step: int) -> None:
        """Back (−1) or forward (1) along the walk; one undo step."""
        place = self.walk_place + step
        if self.walk_place >= 0 and 0 <= place < len(self.walk):
            self.go_to(self.walk[place], WALK)

    @property
    def _own_walk(self) -> str:
        entry = self._studio.generating.model
        return f"model {entry.card.name}" if entry is not None else ""

    @property
    def _walk_name(self) -> str:
        target = self._studio.generating.target
        return target.variant.id if target is not None and target.variant is not None else self._own_walk

    def _record(self, name: str, before: State, after: State) -> None:
        if before != after:
            self.walks.record(name, before, after)
            self.changed.emit()

    def small(self, state: State) -> Generate:
        """The request for a small picture of a state, of the model that the panel shows."""
        generating = self._studio.generating
        target, entry = generating.target, generating.model
        model, digest = (entry.card.name, entry.digest) if entry is not None else ("", "")
        if target is not None and target.variant is not None:
            model, digest = target.model, target.variant.checkpoint
        state = replace(state, sliders=moved(state.sliders))
        state = replace(state, vectors=generating.directions.vectors_of(state))
        return Generate(
            model=model,
            digest=digest,
            seeds=(state.seed,),
            size=quick_pictures.SIDE,
            quick=True,
            **asked_of(state),
        )


def _label_of(hand: _Hand | None, before: Artwork, after: Artwork) -> str:
    """What the history calls what the hand has done to the layer."""
    if hand is None:
        return SLIDER
    old, new = _variant(before, hand.source), _variant(after, hand.layer_id)
    if hand.label or old is None or new is None:
        return hand.label or SLIDER
    return step_between(state_of(old), state_of(new))


def _variant(artwork: Artwork, layer_id: str) -> Variant | None:
    layer = artwork.find(layer_id)
    return layer.variant if isinstance(layer, Generated) else None


def _small(pixels: np.ndarray) -> np.ndarray:
    """uint8 [h, w, 3], at most as long as small pictures are."""
    scale = quick_pictures.SIDE / max(pixels.shape[:2])
    if scale >= 1:
        return pixels
    width, height = max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale))
    made = resample.resize(pixels.astype(np.float32), width, height, "linear")
    return np.clip(made + 0.5, 0, 255).astype(np.uint8)


def moved(sliders: dict[str, float]) -> dict[str, float]:
    """Sliders that are not at zero, by name: equal pictures have equal requests."""
    return {name: value for name, value in sorted(sliders.items()) if value}


def replace_quick(request: Generate) -> Generate:
    """The same request at full size."""
    return msgspec.structs.replace(request, quick=False)
