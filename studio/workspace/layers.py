"""What the artist does to layers: each is one undo step, drags are previewed live."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal
from weakref import WeakKeyDictionary

from studio.document import edits, linking, several, tree
from studio.document.artwork import Artwork
from studio.document.layer import Group, Layer, Paint
from studio.raster.surface import Surface
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import naming, notices
from studio.workspace.naming import GROUP, LAYER, numbered

if TYPE_CHECKING:
    from studio.workspace.picture import Picture
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

NO_ALPHA_TO_LOCK = QT_TRANSLATE_NOOP(
    "notices", "Only a paint layer has transparent pixels of its own to lock. Choose one, or lock everything."
)

Lock = Literal["all", "alpha", "position"]
How = Literal["only", "toggle", "range"]
"""What a click on a layer in the list does to the selected ones: plain, with Ctrl, with Shift."""


class Layers:
    """Edits of the current picture's layer tree; those without an id act upon all selected layers."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._solo: tuple[Picture, dict[str, bool]] | None = None
        self._lately: WeakKeyDictionary[Picture, tuple[str, str]] = WeakKeyDictionary()

    @property
    def active(self) -> Layer | None:
        picture = self._studio.current
        return picture.document.artwork.active_layer if picture else None

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the selected layers, bottom to top; the active one is always among them."""
        picture = self._studio.current
        return tuple(layer.id for layer in picture.document.artwork.chosen) if picture else ()

    def _commit(self, step: str, edit: Any, /, *arguments: Any, **fields: Any) -> None:
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
        picture.document.commit(step, artwork)

    def _amend(self, artwork: Artwork) -> None:
        """What nobody would undo: which layers are selected, what is folded."""
        picture = self._studio.current
        if picture is not None and artwork is not picture.document.artwork:
            picture.document.amend(artwork)

    def _active_id(self) -> str:
        return self.active.id if self.active else ""

    # ---- new ones

    def add_paint(self) -> None:
        picture = self._studio.current
        if picture is None:
            return
        artwork = picture.document.artwork
        name = numbered(self._studio.translate("layer-names", LAYER), artwork)
        layer = Paint(name=name, surface=Surface(dtype=artwork.dtype))
        self._commit(QT_TRANSLATE_NOOP("history", "New paint layer"), edits.add_layer, layer)

    def add_group(self) -> None:
        picture = self._studio.current
        if picture is None:
            return
        name = numbered(self._studio.translate("layer-names", GROUP), picture.document.artwork)
        self._commit(QT_TRANSLATE_NOOP("history", "New group"), edits.add_layer, Group(name=name))

    def group_active(self) -> None:
        """Puts the selected layers into a new group."""
        picture = self._studio.current
        if picture is not None and self.active:
            name = numbered(self._studio.translate("layer-names", GROUP), picture.document.artwork)
            self._commit(QT_TRANSLATE_NOOP("history", "Group layer"), edits.group, self.chosen, name)

    def ungroup(self) -> None:
        """Dissolves the active group."""
        if self.active:
            self._commit(QT_TRANSLATE_NOOP("history", "Ungroup"), edits.ungroup, self._active_id())

    def duplicate(self) -> None:
        """Copies of the selected layers, above them; with a selection only what it holds of a paint layer."""
        picture = self._studio.current
        selection = picture.document.artwork.selection if picture is not None else None
        if selection is not None and isinstance(self.active, Paint) and len(self.chosen) == 1:
            self._studio.merging.from_selection()
            return
        if picture is not None and self.active:
            label = QT_TRANSLATE_NOOP("history", "Duplicate layer")
            name = naming.of_copies(self._studio, picture.document.artwork)
            self._commit(label, several.duplicate, self.chosen, name)

    def remove(self) -> None:
        if self.active:
            self._commit(QT_TRANSLATE_NOOP("history", "Delete layer"), several.remove, self.chosen)

    # ---- places

    def step(self, direction: int) -> None:
        """Moves the selected layers one place up (1) or down (−1) among their siblings."""
        if self.active:
            label = QT_TRANSLATE_NOOP("history", "Move layer")
            self._commit(label, several.step, self.chosen, direction)

    def to_end(self, direction: int) -> None:
        """Moves the selected layers to the top (1) or bottom (−1) of the picture."""
        picture = self._studio.current
        if picture is not None and self.active:
            place = len(picture.document.artwork.layers) if direction > 0 else 0
            label = QT_TRANSLATE_NOOP("history", "Move layer")
            self._commit(label, several.move, self.chosen, "", place)

    def move(
        self, layer_id: str, *, above: str | None = None, into: str | None = None, index: int | None = None
    ) -> None:
        """Directly above a layer, or into a group ("" is the top level) at ``index`` (default: on top)."""
        label = QT_TRANSLATE_NOOP("history", "Move layer")
        self._commit(label, edits.move_layer, layer_id, above=above, into=into, index=index)

    def move_several(self, layer_ids: tuple[str, ...], parent: str, index: int) -> None:
        """Together into the group ``parent`` ("" is the top level), above the first ``index`` of what it holds."""
        label = QT_TRANSLATE_NOOP("history", "Move layer")
        self._commit(label, several.move, layer_ids, parent, index)

    # ---- which are selected

    def choose(self, layer_id: str, how: How = "only", order: tuple[str, ...] = ()) -> None:
        """Makes a layer the active one; not an undo step. ``toggle`` takes it among the selected ones or out of them.

        ``range`` selects everything between the active layer and it in ``order``, the rows of the list.
        """
        picture = self._studio.current
        if picture is None or picture.document.gesture_open:
            return
        artwork = picture.document.artwork
        if artwork.find(layer_id) is None:
            return
        self._studio.settle()
        artwork = picture.document.artwork
        active = artwork.active
        changed = _chosen(artwork, layer_id, how, order)
        if changed is artwork:
            return
        self._amend(changed)
        if changed.active != active:
            self._studio.layer_chosen.emit(layer_id)

    def choose_several(self, layer_ids: tuple[str, ...], active: str) -> None:
        """Selects these layers together, ``active`` being the active one."""
        picture = self._studio.current
        if picture is not None and not picture.document.gesture_open:
            self._studio.settle()
            before = picture.document.artwork.active
            self._amend(several.choose(picture.document.artwork, layer_ids, active))
            if active != before:
                self._studio.layer_chosen.emit(active)

    def note_active(self, picture: Picture) -> None:
        """The picture changed: another layer may be the active one now."""
        now = picture.document.committed.active or ""
        known = self._lately.get(picture, ("", ""))
        if now != known[1]:
            self._lately[picture] = (known[1], now)

    @property
    def before(self) -> str:
        """Id of the layer that was the active one before this one; empty where there is none any more."""
        picture = self._studio.current
        found = self._lately.get(picture, ("", ""))[0] if picture is not None else ""
        return found if picture is not None and picture.document.artwork.find(found) is not None else ""

    def switch(self) -> None:
        """Back to the layer before; the same again returns."""
        if self.before:
            self.choose(self.before)

    def choose_beside(self, direction: int) -> None:
        """Makes the next layer above (1) or below (−1), as the list shows them, the active one."""
        picture = self._studio.current
        if picture is None or self.active is None:
            return
        order = _listed(picture.document.artwork.layers)
        place = order.index(self._active_id()) if self._active_id() in order else 0
        self.choose(order[min(max(place + direction, 0), len(order) - 1)])

    # ---- fields

    def set(self, layer_id: str, **fields: Any) -> None:
        """Changes fields of one layer as one undo step."""
        first = next(iter(fields))
        self._commit(
            _LABELS.get(first, QT_TRANSLATE_NOOP("history", "Change layer")), edits.change, layer_id, **fields
        )

    def set_chosen(self, **fields: Any) -> None:
        """Changes fields of all selected layers as one undo step."""
        label = _LABELS.get(next(iter(fields)), QT_TRANSLATE_NOOP("history", "Change layer"))
        if self.active:
            self._commit(label, several.set_fields, self.chosen, **fields)

    def toggle_clipping(self) -> None:
        if self.active:
            self.set_chosen(clipping=not self.active.clipping)

    def clip(self, layer_id: str) -> None:
        """Clips a layer to the one below, or releases it."""
        layer = self._studio.current.document.artwork.find(layer_id) if self._studio.current else None
        if layer is not None:
            self.set(layer_id, clipping=not layer.clipping)

    def link(self) -> None:
        """The selected layers, and what they are linked with, are moved and transformed together from now on."""
        self._commit(QT_TRANSLATE_NOOP("history", "Link layers"), linking.link, self.chosen)

    def unlink(self) -> None:
        """The selected layers are moved by themselves again."""
        self._commit(QT_TRANSLATE_NOOP("history", "Unlink layers"), linking.unlink, self.chosen)

    @property
    def are_linked(self) -> bool:
        """Whether one of the selected layers is linked with another layer."""
        picture = self._studio.current
        return picture is not None and any(
            linking.partners(picture.document.artwork, layer) for layer in picture.document.artwork.chosen
        )

    def toggle_visible(self) -> None:
        if self.active:
            self.set_chosen(visible=not self.active.visible)

    def set_visible(self, layer_id: str, visible: bool) -> None:
        self.set(layer_id, visible=visible)

    def set_label(self, label: int) -> None:
        """Colour label 0–8 of the selected layers, 0 is none."""
        self.set_chosen(label=label)

    def show_several(self, visible: dict[str, bool]) -> None:
        """Shows and hides layers by id, as one undo step."""
        if visible:
            self._commit(_LABELS["visible"], several.show, visible)

    def solo(self, layer_id: str) -> None:
        """Shows one layer alone; the same again brings back what was seen before."""
        picture = self._studio.current
        if picture is None:
            return
        artwork = picture.document.artwork
        wanted = _alone(artwork, layer_id)
        now = {layer.id: layer.visible for layer in artwork.walk()}
        kept = self._solo[1] if self._solo is not None and self._solo[0] is picture else None
        if kept is not None and all(now[key] == seen for key, seen in wanted.items()):
            self._solo = None
            self.show_several({key: seen for key, seen in kept.items() if key in now})
            return
        if kept is None or not any(
            all(now[key] == seen for key, seen in _alone(artwork, one).items()) for one in now
        ):
            self._solo = (picture, now)
        self.show_several(wanted)

    def collapse(self, layer_id: str, collapsed: bool) -> None:
        """Folds or unfolds a group in the list; not an undo step."""
        picture = self._studio.current
        if picture and not picture.document.gesture_open:
            self._studio.settle()
            self._amend(edits.change(picture.document.artwork, layer_id, collapsed=collapsed))

    def set_mode(self, mode: str) -> None:
        if self.active and self.active.mode != mode:
            self.set_chosen(mode=mode)

    def rename(self, layer_id: str, name: str) -> None:
        self.set(layer_id, name=name)

    def rename_chosen(self, pattern: str) -> None:
        """Names the selected layers by one pattern with # for a number, counted from the top; one undo step."""
        ids = tuple(reversed(self.chosen))
        if ids and pattern.strip():
            names = dict(zip(ids, naming.numbered_names(pattern, len(ids)), strict=True))
            self._commit(QT_TRANSLATE_NOOP("history", "Rename layers"), several.rename, names)

    def set_lock(self, layer_id: str, **locks: bool) -> None:
        """Locks: all, alpha, position."""
        self._commit(_LABELS["locks"], several.set_locks, (layer_id,), **locks)

    def can_lock(self, lock: Lock) -> bool:
        """Whether the lock would mean something for one of the selected layers."""
        return bool(self._lockable(lock))

    def _lockable(self, lock: Lock) -> tuple[Layer, ...]:
        picture = self._studio.current
        chosen = picture.document.artwork.chosen if picture is not None else ()
        return tuple(layer for layer in chosen if takes_lock(layer, lock))

    def toggle_lock(self, lock: Lock) -> None:
        """Switches one lock of the selected layers that have a use for it, all to the other state of the active one's."""
        layers = self._lockable(lock)
        if layers and self.active:
            first = self.active if self.active in layers else layers[-1]
            on = not getattr(first.locks, lock)
            ids = tuple(layer.id for layer in layers)
            self._commit(_LABELS["locks"], several.set_locks, ids, **{lock: on})

    def lock_several(self, locked: dict[str, bool]) -> None:
        """Locks layers wholly and unlocks them by id, as one undo step."""
        if locked:
            self._commit(_LABELS["locks"], several.lock, locked)

    def set_opacity(self, value: float, live: bool = False) -> None:
        """Opacity 0–1 of the selected layers; ``live`` previews until :meth:`release`."""
        picture = self._studio.current
        if picture is None or self.active is None:
            return
        if not live:
            self.set_chosen(opacity=value)
            return
        if picture.document.gesture_open:
            return
        self._studio.settle(keep=OWNER)
        artwork = several.set_fields(picture.document.artwork, self.chosen, opacity=value)
        picture.document.preview(OWNER, artwork)

    def release(self) -> None:
        """Ends a live drag: one undo step."""
        picture = self._studio.current
        if picture and picture.document.preview_owner == OWNER:
            picture.document.commit(_LABELS["opacity"], owner=OWNER)


def takes_lock(layer: Layer, lock: Lock) -> bool:
    """Whether the lock changes what can be done to the layer; one that is set can always be taken off."""
    return lock != "alpha" or isinstance(layer, Paint) or layer.locks.alpha


def _chosen(artwork: Artwork, layer_id: str, how: How, order: tuple[str, ...]) -> Artwork:
    present = {layer.id for layer in artwork.chosen}
    if how == "toggle" and layer_id in present:
        rest = [layer.id for layer in artwork.chosen if layer.id != layer_id]
        return several.choose(artwork, rest, rest[-1]) if rest else artwork
    if how == "toggle":
        return several.choose(artwork, present, layer_id)
    if how == "range" and artwork.active in order and layer_id in order:
        first, last = sorted((order.index(artwork.active), order.index(layer_id)))
        return several.choose(artwork, order[first : last + 1], artwork.active)
    return several.choose(artwork, (), layer_id)


def _alone(artwork: Artwork, layer_id: str) -> dict[str, bool]:
    """The visibilities that show one layer alone: its groups and itself, nothing beside them, all inside it as it is."""
    path = tree.path_to(artwork, layer_id)
    around = {layer.id for layer in path}
    inside = {layer.id for layer in tree.walk(path[-1])} - around
    return {layer.id: layer.id in around for layer in artwork.walk() if layer.id not in inside}


def _listed(layers: tree.Layers) -> list[str]:
    """Ids as the list shows them, bottom to top; what folded groups hold is left out."""
    found: list[str] = []
    for layer in layers:
        if isinstance(layer, Group) and not layer.collapsed:
            found += _listed(layer.children)
        found.append(layer.id)
    return found


def refusal(error: edits.EditError) -> notices.Notice:
    """The card of an edit that was refused."""
    return notices.Notice(kind="info", text=notices.NOT_PAINTED, arguments={"reason": str(error)})
