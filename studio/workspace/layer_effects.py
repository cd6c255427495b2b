"""Layer effects as the artist changes them: live while a dialog is open, one undo step at its end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from studio.document import edits, effects
from studio.document.artwork import SRGB, Artwork, ColourSpace
from studio.document.layer import Filter, Layer
from studio.recipe import QT_TRANSLATE_NOOP, Stored
from studio.workspace import colours

if TYPE_CHECKING:
    from studio.workspace.picture import Picture
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

    def able(self) -> tuple[Layer, ...]:
        """Those of the selected layers that may have effects, the active one first; where none may, says why not."""
        picture = self._studio.current
        if picture is None:
            return ()
        chosen, active = self._chosen(), picture.document.artwork.active
        found = sorted((one for one in chosen if not _reason(one)), key=lambda one: one.id != active)
        if not found:
            self._refuse(chosen)
        return tuple(found)

    def left_out(self) -> tuple[Layer, ...]:
        """Those of the selected layers that may not."""
        return tuple(one for one in self._chosen() if _reason(one))

    def _refuse(self, layers: tuple[Layer, ...]) -> None:
        reason = next((reason for one in layers if (reason := _reason(one))), "")
        if reason:
            self._studio.refuse(edits.EditError(reason))

    def preview(
        self, wanted: Mapping[str, tuple[Stored, ...]], light: tuple[float, float] | None = None
    ) -> None:
        """Shows layers, by id, with other effects, their colours as :meth:`in_hand` gives them, and the picture with another
        light, until :meth:`release` or :meth:`revert`."""
        picture = self._studio.current
        if picture is None or picture.document.gesture_open:
            return
        if any(picture.document.committed.find(layer_id) is None for layer_id in wanted):
            return
        self._studio.settle(keep=OWNER)
        artwork = picture.document.committed
        for layer_id, stored in wanted.items():
            layer = artwork.find(layer_id)
            before = layer.effects if layer is not None else ()
            artwork = _with(artwork, layer_id, _entering(stored, artwork.colour_space, before))
        picture.document.preview(OWNER, _lit(artwork, light))

    def in_hand(self, wanted: tuple[Stored, ...]) -> tuple[Stored, ...]:
        """Effects of the current picture with their colours as the hand holds them."""
        space = self._space()
        return tuple(_recoloured(one, lambda value: colours.values_leaving(value, space)) for one in wanted)

    def release(self) -> None:
        """What is previewed becomes one undo step."""
        picture = self._studio.current
        if picture is not None and picture.document.preview_owner == OWNER:
            picture.document.commit(LABEL, owner=OWNER)

    def revert(self, picture: Picture | None = None) -> None:
        """Takes back what is previewed in ``picture``, the current one where none is given."""
        picture = picture or self._studio.current
        if picture is not None:
            picture.document.revert(OWNER)

    def add(self, name: str) -> None:
        """An effect with its first values on all selected layers that may have one; one undo step."""
        own = _entering((effects.store(effects.KINDS[name].parameters()),), self._space())
        self._commit({one.id: effects.ordered((*one.effects, *own)) for one in self.able()})

    def toggle(self, layer_id: str) -> None:
        """Switches all effects of a layer off, or all on."""
        picture = self._studio.current
        layer = picture.document.artwork.find(layer_id) if picture is not None else None
        if layer is None or not layer.effects:
            return
        if _reason(layer):
            self._refuse((layer,))
            return
        on = not effects.shown(layer)
        self._commit({layer_id: tuple(switched(one, on) for one in layer.effects)})

    def clear(self) -> None:
        self._commit({one.id: () for one in self.able() if one.effects})

    def copy(self) -> None:
        """Keeps the active layer's effects for :meth:`paste`."""
        layer = self._studio.layers.active
        if layer is not None and layer.effects:
            self._copied = self.in_hand(layer.effects)
        elif layer is not None:
            self._studio.refuse(edits.EditError(NO_EFFECTS))

    def paste(self) -> None:
        """Gives all selected layers that may have effects the copied ones, in the place of their own."""
        if not self._copied:
            self._studio.refuse(edits.EditError(NOT_COPIED))
            return
        own = _entering(self._copied, self._space())
        self._commit({one.id: own for one in self.able()})

    def _space(self) -> ColourSpace:
        picture = self._studio.current
        return picture.document.committed.colour_space if picture is not None else SRGB

    def _chosen(self) -> tuple[Layer, ...]:
        picture = self._studio.current
        return picture.document.artwork.chosen if picture is not None else ()

    def _commit(self, wanted: Mapping[str, tuple[Stored, ...]]) -> None:
        picture = self._studio.current
        if picture is None or picture.document.gesture_open or not wanted:
            return
        self._studio.settle()
        artwork = picture.document.committed
        for layer_id, stored in wanted.items():
            artwork = _with(artwork, layer_id, stored)
        picture.document.commit(LABEL, artwork)


def _reason(layer: Layer) -> str:
    """Why a layer may not have effects; empty where it may."""
    if isinstance(layer, Filter):
        return NOT_FILTERS
    return LOCKED if layer.locks.all else ""


def _entering(
    wanted: tuple[Stored, ...], space: ColourSpace, before: tuple[Stored, ...] = ()
) -> tuple[Stored, ...]:
    """Effects in the hand's colours with those of a picture; ``before``: what it has now, whose colours keep their numbers."""
    known = [value for one in before if (value := effects.parameters(one)) is not None]
    return tuple(
        _recoloured(one, lambda value: colours.values_entering(value, space, known)) for one in wanted
    )


def _recoloured(stored: Stored, change: Callable[[Any], Any]) -> Stored:
    """An effect with its colours changed; one that this version does not know stays as it is."""
    value = effects.parameters(stored)
    if value is None:
        return stored
    changed = change(value)
    return stored if changed is value else effects.store(changed)


def _with(artwork: Artwork, layer_id: str, wanted: tuple[Stored, ...]) -> Artwork:
    layer = artwork.find(layer_id)
    if layer is None or layer.effects == wanted:
        return artwork
    return edits.change(artwork, layer_id, effects=wanted)


def _lit(artwork: Artwork, light: tuple[float, float] | None) -> Artwork:
    if light is None or light == (artwork.light_angle, artwork.light_altitude):
        return artwork
    return artwork.with_(light_angle=light[0], light_altitude=light[1])


def switched(stored: Stored, on: bool) -> Stored:
    """The effect shown or not; one that this version does not know stays as it is."""
    value = effects.parameters(stored)
    return stored if value is None else effects.store(msgspec.structs.replace(value, enabled=on))
