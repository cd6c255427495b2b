"""Explore: the latent sliders of a generated layer, live under the hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from psygnal import Signal

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Generated
from studio.jobs.job import Priority
from studio.messages.events import Event, Failed, Picture
from studio.messages.requests import Generate
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import notices
from studio.workspace.results import variant_of

if TYPE_CHECKING:
    from studio.workspace import picture as pictures
    from studio.workspace.studio import Studio

OWNER = "explore"
SLIDER = QT_TRANSLATE_NOOP("history", "Slider")


class Exploring:
    """A drag previews the fast picture of each newest value; the release is one undo step, refined to full size."""

    value_shown = Signal(object)

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._wanted: Generate | None = None
        self._layer_id = ""
        self._released = False
        self._asked_again = False

    @property
    def values(self) -> dict[str, float]:
        """Amount per direction in standard deviations, as wanted by the hand (the picture follows)."""
        held = self._held
        return dict(held.sliders) if held else dict(self._studio.generating.values.sliders)

    @property
    def _held(self) -> Generate | None:
        """What the hand wants of the selected layer; a value that another layer still waits for is not this one's."""
        target = self._studio.generating.target
        return self._wanted if target is not None and target.id == self._layer_id else None

    @property
    def variety(self) -> float:
        held = self._held
        return held.variety if held else self._studio.generating.values.variety

    def set_slider(self, name: str, value: float) -> None:
        """One step of a drag; equal values ask for nothing."""
        sliders = self.values
        sliders[name] = value
        self._want(sliders, self.variety)

    def set_variety(self, value: float) -> None:
        self._want(self.values, value)

    @property
    def seed(self) -> int:
        held = self._held
        return held.seeds[0] if held else self._studio.generating.values.seed

    def set_seed(self, seed: int) -> None:
        """Another seed for the selected generated layer: one undo step. Without one it is the panel's own."""
        if self._studio.generating.target is None:
            self._studio.generating.set_values(seed=seed)
            return
        self._want(self.values, self.variety, seed)
        self.release()

    def zero(self) -> None:
        """All sliders to zero; one undo step."""
        self._want({}, self.variety)
        self.release()

    def _want(self, sliders: dict[str, float], variety: float, seed: int | None = None) -> None:
        generating, picture = self._studio.generating, self._studio.current
        sliders = {name: value for name, value in sorted(sliders.items()) if value}
        target, entry = generating.target, generating.model
        if target is None or picture is None:
            generating.set_own_sliders(sliders, variety)
            return
        if entry is None or self._studio.engine is None or target.variant is None:
            return
        if self._held is None:
            self._studio.settle()
        request = Generate(
            model=target.model, digest=target.variant.checkpoint, seeds=(self.seed if seed is None else seed,),
            sliders=sliders, variety=variety, size=target.variant.width, quick=True,
        )  # fmt: skip
        if request == self._held:
            return
        self._wanted, self._layer_id, self._released = request, target.id, False
        self._ask(picture, request, Priority.live)

    def _ask(self, picture: pictures.Picture, request: Generate, priority: Priority) -> None:
        assert self._studio.engine is not None
        layer_id = self._layer_id
        self._studio.engine.submit(
            request,
            priority=priority,
            replace="explore",
            on_event=lambda event: self._arrived(picture, layer_id, request, event),
        )

    def _arrived(self, picture: pictures.Picture, layer_id: str, request: Generate, event: Event) -> None:
        if isinstance(event, Picture):
            self._asked_again = False
            if not request.quick:
                picture.document.when_idle(lambda: self._refine(picture, request, event))
            elif layer_id != self._layer_id:  # the hand is at another layer by now
                return
            elif picture.document.gesture_open:  # never under the pen, and never lost
                picture.document.when_idle(lambda: self._preview(picture, request, event), OWNER)
            else:
                self._preview(picture, request, event)
        elif isinstance(event, Failed) and event.kind != "cancelled":
            self._failed(picture, request, event)

    def _failed(self, picture: pictures.Picture, request: Generate, event: Failed) -> None:
        """An engine that died is asked once more, in silence; what the hand wants last is never lost with it."""
        if event.kind == "engine_lost" and not self._asked_again and picture in self._studio.pictures:
            self._asked_again = True
            if not request.quick or self._wanted is request:
                self._ask(picture, request, Priority.live if request.quick else Priority.normal)
            return
        if self._wanted is request:
            self._forget(picture)
        self._studio.engine_failed(event, notices.NOT_EXPLORED)

    def _preview(self, picture: pictures.Picture, request: Generate, event: Picture) -> None:
        document = picture.document
        layer = document.committed.find(self._layer_id)
        if self._wanted is None or picture not in self._studio.pictures or not isinstance(layer, Generated):
            return
        self._studio.settle(keep=OWNER)
        document.preview(OWNER, self._redrawn(document.committed, layer, event, request))
        self.value_shown.emit(request)
        left = picture is not self._studio.current  # nobody will release the slider there any more
        if (self._released or left) and request is self._wanted:
            self._commit(picture)

    def _redrawn(self, artwork: Artwork, layer: Generated, event: Picture, request: Generate) -> Artwork:
        """The artwork with new pixels and values in the layer's chosen variant."""
        assert layer.variant is not None
        fresh = variant_of(event, request, artwork, like=layer.variant)
        return edits.replace_variant(artwork, layer.id, layer.chosen, fresh)

    def release(self) -> None:
        """Ends the drag: commits when the newest value's picture is there, then refines it to full size."""
        picture = self._studio.current
        if picture is None or self._wanted is None:
            return
        self._released = True
        layer = picture.document.artwork.find(self._layer_id)
        shown = layer.variant if isinstance(layer, Generated) else None
        if (
            picture.document.preview_owner == OWNER
            and shown
            and (shown.seed, shown.sliders, shown.variety)
            == (
                self._wanted.seeds[0],
                self._wanted.sliders,
                self._wanted.variety,
            )
        ):
            self._commit(picture)

    def _commit(self, picture: pictures.Picture) -> None:
        wanted = self._wanted
        self._wanted = None
        picture.document.commit(SLIDER, owner=OWNER)
        if wanted is not None and self._studio.engine is not None:
            self._ask(picture, replace_quick(wanted), Priority.normal)
        self._studio.generating.strip_changed.emit()

    def settle(self, picture: pictures.Picture) -> None:
        """Something else begins: what is shown becomes the undo step, a value without picture is let go."""
        if picture.document.preview_owner == OWNER:
            self._commit(picture)
        self._wanted = None

    def _forget(self, picture: pictures.Picture) -> None:
        """The newest value has no picture: the last one that has stays, as an undo step; the sliders go back to it."""
        if picture.document.preview_owner == OWNER:
            picture.document.commit(SLIDER, owner=OWNER)
        self._wanted = None
        self._studio.generating.changed.emit()

    def _refine(self, picture: pictures.Picture, request: Generate, event: Picture) -> None:
        """The full-size picture takes the place of the fast one without an undo step of its own."""
        document = picture.document
        if document.preview_owner is not None:
            return
        artwork = document.committed
        for layer in artwork.walk():
            if not isinstance(layer, Generated) or layer.variant is None:
                continue
            variant = layer.variant
            if (variant.seed, variant.sliders, variant.variety) == (
                event.seed,
                request.sliders,
                request.variety,
            ):
                document.amend(self._redrawn(artwork, layer, event, request))
                self._studio.generating.strip_changed.emit()


def replace_quick(request: Generate) -> Generate:
    """The same request at full size."""
    return msgspec.structs.replace(request, quick=False)
