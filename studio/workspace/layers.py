"""What the artist does to layers: each is one undo step, drags are previewed live."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Group, Layer, Locks, Paint
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import notices

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

OWNER = "layer"
_LABELS = {
    "opacity": QT_TRANSLATE_NOOP("history", "Opacity"),
    "mode": QT_TRANSLATE_NOOP("history", "Blend mode"),
    "name": QT_TRANSLATE_NOOP("history", "Rename layer"),
    "visible": QT_TRANSLATE_NOOP("history", "Show or hide layer"),
    "clipping": QT_TRANSLATE_NOOP("history", "Clipping mask"),
    "locks": QT_TRANSLATE_NOOP("history", "Lock layer"),
    "mask": QT_TRANSLATE_NOOP("history", "Layer mask"),
    "label": QT_TRANSLATE_NOOP("history", "Colour label"),
}
LAYER = QT_TRANSLATE_NOOP("layer-names", "Layer")
GROUP = QT_TRANSLATE_NOOP("layer-names", "Group")


class Layers:
    """Edits of the current picture's layer tree."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    @property
    def active(self) -> Layer | None:
        picture = self._studio.current
        return picture.document.artwork.active_layer if picture else None

    def _commit(self, label: str, edit: Any, *arguments: Any, **fields: Any) -> None:
        """Commits ``edit(artwork, …)`` of the current picture; a refused edit becomes a card and changes nothing."""
        picture = self._studio.current
        if picture is None or picture.document.gesture_open:
            return
        self._studio.settle()
        try:
            artwork = edit(picture.document.artwork, *arguments, **fields)
        except edits.EditError as error:
            self._studio.refuse(error)
            return
        picture.document.commit(label, artwork)

    def _active_id(self) -> str:
        return self.active.id if self.active else ""

    def add_paint(self) -> None:
        picture = self._studio.current
        if picture is None:
            return
        artwork = picture.document.artwork
        name = _numbered(self._studio.translate("layer-names", LAYER), artwork)
        layer = Paint(name=name, surface=Surface(dtype=artwork.dtype))
        self._commit(QT_TRANSLATE_NOOP("history", "New paint layer"), edits.add_layer, layer)

    def add_group(self) -> None:
        picture = self._studio.current
        if picture is None:
            return
        name = _numbered(self._studio.translate("layer-names", GROUP), picture.document.artwork)
        self._commit(QT_TRANSLATE_NOOP("history", "New group"), edits.add_layer, Group(name=name))

    def group_active(self) -> None:
        if self.active:
            self._commit(QT_TRANSLATE_NOOP("history", "Group layer"), edits.group, (self._active_id(),))

    def add_mask(self) -> None:
        if self.active and self.active.mask is None:
            self.set(self._active_id(), mask=Mask(default=1.0))

    def toggle_clipping(self) -> None:
        if self.active:
            self.set(self._active_id(), clipping=not self.active.clipping)

    def toggle_visible(self) -> None:
        if self.active:
            self.set_visible(self._active_id(), not self.active.visible)

    def duplicate(self) -> None:
        if self.active:
            name = self._studio.translate("layer-names", edits.COPY).format(name=self.active.name)
            label = QT_TRANSLATE_NOOP("history", "Duplicate layer")
            self._commit(label, edits.duplicate, self._active_id(), name=name)

    def remove(self) -> None:
        if self.active:
            self._commit(QT_TRANSLATE_NOOP("history", "Delete layer"), edits.remove_layer, self._active_id())

    def step(self, direction: int) -> None:
        """Moves the active layer one place up (1) or down (−1) among its siblings."""
        if self.active:
            self._commit(
                QT_TRANSLATE_NOOP("history", "Move layer"), edits.step_layer, self._active_id(), direction
            )

    def move(
        self, layer_id: str, *, above: str | None = None, into: str | None = None, index: int | None = None
    ) -> None:
        """Directly above a layer, or into a group ("" is the top level) at ``index`` (default: on top)."""
        label = QT_TRANSLATE_NOOP("history", "Move layer")
        self._commit(label, edits.move_layer, layer_id, above=above, into=into, index=index)

    def choose(self, layer_id: str) -> None:
        """Makes a layer the active one; not an undo step."""
        picture = self._studio.current
        if picture and picture.document.artwork.active != layer_id and not picture.document.gesture_open:
            self._studio.settle()
            picture.document.amend(edits.set_active(picture.document.artwork, layer_id))
            self._studio.layer_chosen.emit(layer_id)

    def set(self, layer_id: str, **fields: Any) -> None:
        """Changes fields of one layer as one undo step."""
        first = next(iter(fields))
        self._commit(
            _LABELS.get(first, QT_TRANSLATE_NOOP("history", "Change layer")), edits.change, layer_id, **fields
        )

    def set_visible(self, layer_id: str, visible: bool) -> None:
        self.set(layer_id, visible=visible)

    def show_several(self, visible: dict[str, bool]) -> None:
        """Shows and hides layers by id, as one undo step."""

        def edit(artwork: Artwork) -> Artwork:
            for layer_id, seen in visible.items():
                artwork = edits.set_visible(artwork, layer_id, seen)
            return artwork

        if visible:
            self._commit(_LABELS["visible"], edit)

    def collapse(self, layer_id: str, collapsed: bool) -> None:
        """Folds or unfolds a group in the list; not an undo step."""
        picture = self._studio.current
        if picture and not picture.document.gesture_open:
            self._studio.settle()
            picture.document.amend(edits.change(picture.document.artwork, layer_id, collapsed=collapsed))

    def set_mode(self, mode: str) -> None:
        if self.active and self.active.mode != mode:
            self.set(self._active_id(), mode=mode)

    def rename(self, layer_id: str, name: str) -> None:
        self.set(layer_id, name=name)

    def set_lock(self, layer_id: str, **locks: bool) -> None:
        """Locks: all, alpha, position."""
        picture = self._studio.current
        layer = picture.document.artwork.find(layer_id) if picture else None
        if layer:
            now = {"all": layer.locks.all, "alpha": layer.locks.alpha, "position": layer.locks.position}
            self.set(layer_id, locks=Locks(**(now | locks)))

    def set_opacity(self, value: float, live: bool = False) -> None:
        """Opacity 0–1 of the active layer; ``live`` previews until :meth:`release`."""
        picture = self._studio.current
        if picture is None or self.active is None:
            return
        if not live:
            self.set(self._active_id(), opacity=value)
            return
        if picture.document.gesture_open:
            return
        self._studio.settle(keep=OWNER)
        picture.document.preview(
            OWNER, edits.change(picture.document.artwork, self._active_id(), opacity=value)
        )

    def release(self) -> None:
        """Ends a live drag: one undo step."""
        picture = self._studio.current
        if picture and picture.document.preview_owner == OWNER:
            picture.document.commit(_LABELS["opacity"], owner=OWNER)

    def select_all(self) -> None:
        picture = self._studio.current
        if picture:
            whole = edits.rectangle_selection(picture.document.artwork.rect)
            self._commit(QT_TRANSLATE_NOOP("history", "Select all"), edits.set_selection, whole)

    def deselect(self) -> None:
        picture = self._studio.current
        if picture and picture.document.artwork.selection is not None:
            self._commit(QT_TRANSLATE_NOOP("history", "Deselect"), edits.set_selection, None)


def _numbered(name: str, artwork: Artwork) -> str:
    """``Layer 3``: the first number that no layer has."""
    taken = {layer.name for layer in artwork.walk()}
    number = 1
    while f"{name} {number}" in taken:
        number += 1
    return f"{name} {number}"


def refusal(error: edits.EditError) -> notices.Notice:
    """The card of an edit that was refused."""
    return notices.Notice(kind="info", text=notices.NOT_PAINTED, arguments={"reason": str(error)})
