"""A filter that is tried: live on the canvas with a line between before and after, until it is applied or left."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from psygnal import Signal

from studio import recipe
from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Filter, Layer
from studio.filters import FilterKind
from studio.jobs.job import JobFinished, Priority
from studio.recipe import QT_TRANSLATE_NOOP, Stored
from studio.workspace import colours, filter_places
from studio.workspace.filter_laying import PLAIN, Laying
from studio.workspace.filter_targets import Tried, check, filtered_mask, right_of, target_of
from studio.workspace.tones import HINTS
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.marks import Handle, Label, Mark, Outline
from studio.workspace.tools.session import Session

if TYPE_CHECKING:
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

OWNER = "filter-trial"
HINT = QT_TRANSLATE_NOOP(
    "Options", "Drag the line to compare before and after. Enter applies the filter, Esc leaves it."
)
BEFORE, AFTER = QT_TRANSLATE_NOOP("recipe", "Before"), QT_TRANSLATE_NOOP("recipe", "After")
Way = Literal["apply", "layer"]


def split_words(studio: Studio) -> str:
    return f"{studio.translate('recipe', BEFORE)} │ {studio.translate('recipe', AFTER)}"


def split_marks(x: float, height: float, words: str) -> tuple[Mark, ...]:
    """The line at column ``x`` of the document, with a handle, and ``words`` on top."""
    return (
        Outline(((x, 0.0), (x, height)), closed=False, dashed=False),
        Handle(x, height / 2, "round"),
        Label(x, 0.0, words),
    )


class FilterTrial(Session):
    """Open while a filter's values are chosen; at most one. It belongs to no tool: whatever is in the hand, a press on the
    canvas moves the line and paints nothing. Anything else that begins leaves it; its values are remembered.
    """

    owner = OWNER
    any_tool = True
    ended = Signal()
    values_changed = Signal()

    def __init__(
        self,
        studio: Studio,
        picture: Picture,
        layer: Layer,
        kind: FilterKind,
        values: msgspec.Struct,
        laying: Laying = PLAIN,
    ) -> None:
        """Raises EditError where the layer is locked."""
        super().__init__(picture, studio.painting)
        artwork = picture.document.committed
        check(artwork, layer)
        self._studio = studio
        self.kind, self.values, self.layer, self.laying = kind, values, layer, laying
        self.target = target_of(artwork, layer)
        title = studio.translate("recipe", kind.title)
        self.layer_id = f"trial-{layer.id}"
        new = Filter(id=self.layer_id, name=title, recipe=self.stored)
        self._tried = None if self.target == "mask" else Tried(artwork, layer, new)
        self.previewed = True
        self.split: float | None = None

    @property
    def stored(self) -> Stored:
        """The recipe in the picture's own colours; ``values`` has them as the hand holds them."""
        return recipe.store(self.kind.name, self.kind.version, self._own())

    def _own(self) -> Any:
        return colours.values_entering(self.values, self.picture.document.committed.colour_space)

    # ── what the panel does ──────────────────────────────────────────────────────────────────────────────────────────
    def show(self) -> None:
        """Shows the picture as it would be."""
        document = self.picture.document
        if document.gesture_open:
            return
        self._studio.settle(keep=OWNER)
        if not self.previewed:
            document.revert(OWNER)
        elif self._tried is not None:
            document.preview(OWNER, self._tried.shown(self.stored, self.split, self.laying))
        else:
            self._show_mask()

    def source(self) -> tuple[Artwork, str, bool]:
        """(artwork, layer, whether it is about that layer's mask): the filter as a layer of an artwork, over what it gets."""
        if self._tried is None:
            return self.picture.document.committed, self.layer.id, True
        return self._tried.shown(self.stored), self.layer_id, False

    def change(self, values: msgspec.Struct) -> None:
        """Other values, shown at once."""
        if values != self.values:
            self.values = values
            self.show()
            self.values_changed.emit()
            self.changed.emit()

    def lay(self, laying: Laying) -> None:
        """Another opacity or blend mode, shown at once."""
        if laying != self.laying:
            self.laying = laying
            self.show()

    def preview(self, on: bool) -> None:
        """Whether the canvas shows the filter at all."""
        self.previewed = on
        self.show()
        self.changed.emit()

    def hold_before(self, on: bool) -> None:
        """The picture as it is, for as long as a key is held."""
        if on:
            self.picture.document.revert(OWNER)
        else:
            self.show()

    def compare(self, on: bool) -> None:
        """Puts the line between before and after into the middle of the picture, or takes it away."""
        self.split = self.picture.document.committed.width / 2 if on else None
        self.show()
        self.changed.emit()

    def move_split(self, x: float) -> None:
        """The line stands at document column ``x``, inside the picture."""
        self.split = min(max(x, 0.0), float(self.picture.document.committed.width))
        self.show()
        self.changed.emit()

    def finish(self, way: Way = "apply") -> None:
        """Uses the filter, or adds it as a live layer; one undo step."""
        if self.painting.session is self:
            self.painting.session_done()
        self.split, self.previewed = None, True
        self._studio.tones.let_go()
        self.ended.emit()
        self._studio.filtering.use(self, way)

    def leave(self) -> None:
        """As if it had never been tried."""
        self.painting.close_session(apply=False)

    # ── as a session of the canvas ───────────────────────────────────────────────────────────────────────────────────
    def apply(self) -> None:
        """Something else begins: a filter is used only where that is said."""
        self.cancel()

    def cancel(self) -> None:
        self._studio.filtering.memory.keep_values(self.kind, self.values)
        self._studio.tones.let_go()
        self.picture.document.revert(OWNER)
        self.ended.emit()

    def undo(self) -> bool:
        self.leave()
        return True

    @property
    def hint(self) -> str:
        placed = self.split is None and bool(filter_places.applying(self.values))
        return HINTS.get(self._studio.tones.mode, filter_places.TRIAL_HINT if placed else HINT)

    def key(self, key: str, text: str, modifiers: frozenset[str]) -> bool:
        if key in ("return", "enter"):
            self.finish()
        elif key == "escape" and self._studio.tones.mode:
            self._studio.tones.choose("")
        elif key == "escape":
            self.leave()
        elif key in ("left", "right") and self.split is not None:
            step = self.picture.document.committed.width / (100 if "shift" not in modifiers else 10)
            self.move_split(self.split + (step if key == "right" else -step))
        else:
            return False
        return True

    @property
    def marks(self) -> tuple[Mark, ...]:
        artwork = self.picture.document.committed
        if not self.previewed:
            return ()
        places = filter_places.marks_of(self.values, artwork)
        if self.split is None:
            return places
        return (*split_marks(self.split, float(artwork.height), split_words(self._studio)), *places)

    def cursor(self, pointer: Pointer) -> str:
        if self._studio.tones.mode:
            return "cross"
        if not self.previewed:
            return "arrow"
        artwork = self.picture.document.committed
        if filter_places.grabbed(self.values, pointer, artwork) is not None:
            return "move"
        if self.split is not None:
            return "size-h"
        return "arrow" if filter_places.pressed(self.values, pointer, artwork) is None else "cross"

    def press(self, pointer: Pointer) -> Gesture | None:
        if self._studio.tones.mode:
            return self._studio.tones.press(pointer)
        if not self.previewed:
            return None
        artwork, taken = self.picture.document.committed, filter_places.pressed
        if self.split is not None:
            taken = filter_places.grabbed
        pair = taken(self.values, pointer, artwork)
        if pair is not None:
            return self._place(pair, pointer, artwork)
        return self._drag(pointer) if self.split is not None else None

    def _place(self, pair: filter_places.Pair, pointer: Pointer, artwork: Artwork) -> Gesture:
        values = self.values
        return filter_places.dragging(
            values, pair, pointer, artwork, self.change, lambda: self.change(values)
        )

    def _drag(self, pointer: Pointer) -> Gesture:
        """The line comes to the pen, wherever it was pressed, and goes with it."""
        self.move_split(pointer.x)
        while (sample := (yield)) is not None:
            self.move_split(sample.x)

    # ── masks ────────────────────────────────────────────────────────────────────────────────────────────────────────
    def _show_mask(self) -> None:
        """A mask has no live filter above it: it is computed on the render lane and shown when it is there.

        Left of the line it stays as it was, as if only what lies right of it were selected.
        """
        document, own, laying = self.picture.document, self._own(), self.laying
        artwork, layer, kind, split = document.committed, self.layer, self.kind, self.split
        asked = self.values, laying, split

        def steps() -> Generator[float, None, Any]:
            seen = artwork
            if split is not None:
                seen = artwork.with_(selection=right_of(artwork.selection, artwork.rect, split))
            return (yield from filtered_mask(seen, layer, kind, own, laying))

        def arrived(event: object) -> None:
            wanted = self.painting.session is self and self.previewed
            wanted = wanted and asked == (self.values, self.laying, self.split)
            if isinstance(event, JobFinished) and wanted and not document.gesture_open:
                document.preview(OWNER, edits.change(artwork, layer.id, mask=event.result))

        self._studio.render_lane.submit(
            steps, label="mask", priority=Priority.live, replace=OWNER, on_event=arrived
        )
