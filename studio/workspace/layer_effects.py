"""Layer effects as the artist changes them: live while a dialog is open, one undo step at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from studio.document import edits, effects
from studio.document.artwork import Artwork
from studio.document.layer import Filter, Layer
from studio.recipe import QT_TRANSLATE_NOOP, Stored

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

OWNER = "effects"
LABEL = QT_TRANSLATE_NOOP("history", "Layer effects")
NOT_FILTERS = QT_TRANSLATE_NOOP("document", "A filter layer has no shape that could throw a shadow.")
LOCKED = QT_TRANSLATE_NOOP("document", "This layer is locked. Unlock it in the Layers panel first.")
NO_EFFECTS = QT_TRANSLATE_NOOP("document", "This layer has no effects to copy.")
NOT_COPIED = QT_TRANSLATE_NOOP("document", "No effects were copied yet.")


class LayerEffects:
    """Edits of the effects of the current picture's layers."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._copied: tuple[Stored, ...] = ()

    def check(self, layer: Layer | None) -> bool:
        """Whether the layer may have effects; says why not."""
        if layer is None:
            return False
        if isinstance(layer, Filter) or layer.locks.all:
            self._studio.refuse(edits.EditError(NOT_FILTERS if isinstance(layer, Filter) else LOCKED))
            return False
        return True

    def preview(
        self, layer_id: str, wanted: tuple[Stored, ...], light: tuple[float, float] | None = None
    ) -> None:
        """Shows a layer with other effects, and the picture with another light, until :meth:`release` or :meth:`revert`."""
        picture = self._studio.current
        if (
            picture is None
            or picture.document.gesture_open
            or picture.document.committed.find(layer_id) is None
        ):
            return
        self._studio.settle(keep=OWNER)
        picture.document.preview(OWNER, _with(picture.document.committed, layer_id, wanted, light))

    def release(self) -> None:
        """What is previewed becomes one undo step."""
        picture = self._studio.current
        if picture is not None and picture.document.preview_owner == OWNER:
            picture.document.commit(LABEL, owner=OWNER)

    def revert(self) -> None:
        if self._studio.current is not None:
            self._studio.current.document.revert(OWNER)

    def add(self, name: str) -> None:
        """An effect with its first values on the active layer; one undo step."""
        layer = self._studio.layers.active
        if layer is not None and self.check(layer):
            new = effects.store(effects.KINDS[name].parameters())
            self._commit((layer.id,), effects.ordered((*layer.effects, new)))

    def toggle(self, layer_id: str) -> None:
        """Switches all effects of a layer off, or all on."""
        picture = self._studio.current
        layer = picture.document.artwork.find(layer_id) if picture is not None else None
        if layer is None or not layer.effects or not self.check(layer):
            return
        on = not effects.shown(layer)
        self._commit((layer_id,), tuple(switched(one, on) for one in layer.effects))

    def clear(self) -> None:
        if any(layer.effects for layer in self._chosen()):
            self._commit(self._studio.layers.chosen, ())

    def copy(self) -> None:
        """Keeps the active layer's effects for :meth:`paste`."""
        layer = self._studio.layers.active
        if layer is not None and layer.effects:
            self._copied = layer.effects
        elif layer is not None:
            self._studio.refuse(edits.EditError(NO_EFFECTS))

    def paste(self) -> None:
        """Gives all selected layers the copied effects, in the place of their own."""
        if not self._copied:
            self._studio.refuse(edits.EditError(NOT_COPIED))
        elif all(self.check(layer) for layer in self._chosen()):
            self._commit(self._studio.layers.chosen, self._copied)

    def _chosen(self) -> tuple[Layer, ...]:
        picture = self._studio.current
        return picture.document.artwork.chosen if picture is not None else ()

    def _commit(self, layer_ids: tuple[str, ...], wanted: tuple[Stored, ...]) -> None:
        picture = self._studio.current
        if picture is None or picture.document.gesture_open:
            return
        self._studio.settle()
        artwork = picture.document.committed
        for layer_id in layer_ids:
            artwork = _with(artwork, layer_id, wanted, None)
        picture.document.commit(LABEL, artwork)


def _with(
    artwork: Artwork, layer_id: str, wanted: tuple[Stored, ...], light: tuple[float, float] | None
) -> Artwork:
    layer = artwork.find(layer_id)
    if layer is not None and layer.effects != wanted:
        artwork = edits.change(artwork, layer_id, effects=wanted)
    if light is not None and light != (artwork.light_angle, artwork.light_altitude):
        artwork = artwork.with_(light_angle=light[0], light_altitude=light[1])
    return artwork


def switched(stored: Stored, on: bool) -> Stored:
    """The effect shown or not; one that this version does not know stays as it is."""
    value = effects.parameters(stored)
    return stored if value is None else effects.store(msgspec.structs.replace(value, enabled=on))
