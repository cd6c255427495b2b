"""What the artist does to layer masks, and which part of a layer is painted on and seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from studio.document import edits, masks
from studio.document.artwork import Artwork
from studio.raster.geometry import Region
from studio.raster.mask import Mask
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.work import work

if TYPE_CHECKING:
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

ADDED = QT_TRANSLATE_NOOP("history", "Layer mask")
INVERTED = QT_TRANSLATE_NOOP("history", "Invert layer mask")


class Masking:
    """Edits of the active layer's mask."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        studio.layer_chosen.connect(self._chosen)

    def _chosen(self, layer_id: str) -> None:
        """Another layer's mask is no longer what is looked at."""
        picture = self._studio.current
        if picture is not None and picture.mask_alone and picture.mask_alone != layer_id:
            self.show_alone(None)

    def add(self) -> None:
        """A mask for the active layer: of what is selected, else one that shows everything; it is painted on next."""
        artwork = self._artwork()
        active = artwork.active_layer if artwork is not None else None
        if artwork is None or active is None or active.mask is not None:
            return
        if artwork.selection is not None:
            self.from_selection()
        else:
            self._commit(ADDED, lambda now: edits.set_mask(now, now.active, Mask(default=1.0)), edited=True)

    def from_selection(self, hide: bool = False) -> None:
        """The selection becomes the active layer's mask and is let go."""

        def edit(now: Artwork) -> Artwork:
            return masks.from_selection(now, now.active, hide).with_(selection=None)

        self._commit(QT_TRANSLATE_NOOP("history", "Mask from selection"), edit, edited=True)

    def invert(self) -> None:
        """Shows what was hidden; a large mask is inverted on the render lane."""
        picture, layer = self._studio.current, self._studio.layers.active
        if picture is None or layer is None or layer.mask is None or not masks.is_large(layer.mask):
            self._commit(INVERTED, lambda now: masks.invert(now, now.active))
            return
        mask = layer.mask

        def finished(inverse: Mask) -> None:
            now = picture.document.committed.find(layer.id)
            if now is not None and now.mask is mask:
                self._commit(INVERTED, lambda artwork: edits.change(artwork, layer.id, mask=inverse))

        words = QT_TRANSLATE_NOOP("jobs", "Inverting the mask")
        work(self._studio, picture, words, lambda: masks.inverting(mask), finished)

    def delete(self) -> None:
        def edit(now: Artwork) -> Artwork:
            masks.mask_of_layer(now, now.active)
            return edits.change(now, now.active, mask=None, mask_enabled=True)

        self.show_alone(None)
        self._commit(QT_TRANSLATE_NOOP("history", "Delete layer mask"), edit)

    def toggle(self, layer_id: str = "") -> None:
        """Switches the mask of a layer (default: the active one) off, or on again."""

        def edit(now: Artwork) -> Artwork:
            wanted = layer_id or now.active
            masks.mask_of_layer(now, wanted)
            layer = now.find(wanted)
            assert layer is not None
            return edits.change(now, wanted, mask_enabled=not layer.mask_enabled)

        self._commit(QT_TRANSLATE_NOOP("history", "Disable or enable layer mask"), edit)

    def edit(self, layer_id: str, on: bool = True) -> None:
        """Makes a layer active and paints on its mask, or on its pixels; not an undo step."""
        picture = self._studio.current
        if picture is None or picture.document.gesture_open:
            return
        self._studio.layers.choose(layer_id)
        artwork = picture.document.artwork
        wanted = layer_id if on else ""
        if artwork.mask_edited != wanted and artwork.find(layer_id) is not None:
            picture.document.amend(artwork.with_(mask_edited=wanted))
        if not on:
            self.show_alone(None)

    def toggle_edit(self) -> None:
        """From the active layer's pixels to its mask and back."""
        artwork = self._artwork()
        if artwork is not None and artwork.active_layer is not None and artwork.active_layer.mask is not None:
            self.edit(artwork.active, not artwork.edits_mask)

    def show_alone(self, layer_id: str | None) -> None:
        """Shows only a layer's mask, black where it hides and white where it shows; None, or the same again, ends it."""
        picture = self._studio.current
        if picture is None or (layer_id is None and not picture.mask_alone):
            return
        ends = layer_id is None or picture.mask_alone == layer_id
        picture.mask_alone = "" if ends or layer_id is None else layer_id
        self.look_again(picture)
        if picture.mask_alone:
            self.edit(picture.mask_alone)
        picture.document.changed.emit(Region([picture.document.artwork.rect]))

    def look_again(self, picture: Picture) -> None:
        """The view shows the picture itself, or its mask where that is seen alone; nothing is drawn yet."""
        picture.renderer.look_through(_look(picture.mask_alone) if picture.mask_alone else None)

    def _artwork(self) -> Artwork | None:
        return self._studio.current.document.artwork if self._studio.current is not None else None

    def _commit(self, label: str, edit: Callable[[Artwork], Artwork], edited: bool = False) -> None:
        picture: Picture | None = self._studio.current
        if picture is None or picture.document.gesture_open or self._studio.layers.active is None:
            return
        self._studio.settle()
        try:
            masks.check_unlocked(picture.document.artwork, picture.document.artwork.active)
            artwork = edit(picture.document.artwork)
        except edits.EditError as error:
            self._studio.refuse(error)
            return
        picture.document.commit(label, artwork.with_(mask_edited=artwork.active) if edited else artwork)


def _look(layer_id: str) -> Callable[[Artwork], Artwork]:
    return lambda artwork: masks.alone(artwork, layer_id)
