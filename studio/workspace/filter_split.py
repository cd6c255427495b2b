"""A line on the canvas left of which the picture is seen without one filter layer; only the view changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from studio.document import selecting
from studio.document.artwork import Artwork
from studio.document.layer import Layer
from studio.raster.geometry import Region
from studio.raster.mask import Mask
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.filter_targets import masked, right_of
from studio.workspace.filter_trial import split_marks, split_words
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.marks import Mark
from studio.workspace.tools.session import Session

if TYPE_CHECKING:
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

OWNER = "filter"
"""The filter's values may change meanwhile, under the same name."""
HINT = QT_TRANSLATE_NOOP(
    "Options", "Drag the line to compare with and without this filter. Esc takes it away."
)


class FilterSplit(Session):
    """Open while the line stands. It belongs to no tool: a press on the canvas moves the line and paints nothing."""

    owner = OWNER
    any_tool = True

    def __init__(self, studio: Studio, picture: Picture, layer_id: str) -> None:
        super().__init__(picture, studio.painting)
        self._studio = studio
        self.layer_id = layer_id
        self.x = picture.document.committed.width / 2
        self._own: tuple[Mask | None, Mask | None] = (None, None)
        self._last: tuple[float, Mask] | None = None

    def show(self) -> None:
        self.picture.renderer.look_through(self._look())
        self._redraw()

    def move(self, x: float) -> None:
        """The line stands at document column ``x``, inside the picture."""
        self.x = min(max(x, 0.0), float(self.picture.document.committed.width))
        self.show()
        self.changed.emit()

    def _look(self) -> Callable[[Artwork], Artwork]:
        x = self.x

        def look(artwork: Artwork) -> Artwork:
            layer = artwork.find(self.layer_id)
            return artwork if layer is None else masked(artwork, layer.id, self._weight(artwork, layer, x))

        return look

    def _weight(self, artwork: Artwork, layer: Layer, x: float) -> Mask:
        """The layer's own mask, in document pixels, right of the line; that is made once, this once for each place of the line."""
        own = layer.mask if layer.mask_enabled else None
        if own is not self._own[0]:
            self._own = own, None if own is None else selecting.from_mask(artwork, layer.id)
            self._last = None
        if self._last is None or self._last[0] != x:
            self._last = x, right_of(self._own[1], artwork.rect, x)
        return self._last[1]

    def _redraw(self) -> None:
        self.picture.document.changed.emit(Region([self.picture.document.artwork.rect]))

    # ── as a session of the canvas ───────────────────────────────────────────────────────────────────────────────────
    def apply(self) -> None:
        self.cancel()

    def cancel(self) -> None:
        self._studio.masking.look_again(self.picture)
        self._redraw()
        self._studio.filtering.changed.emit()

    @property
    def hint(self) -> str:
        return HINT

    def key(self, key: str, text: str, modifiers: frozenset[str]) -> bool:
        if key in ("escape", "return", "enter"):
            self.painting.close_session()
        elif key in ("left", "right"):
            step = self.picture.document.committed.width / (100 if "shift" not in modifiers else 10)
            self.move(self.x + (step if key == "right" else -step))
        else:
            return False
        return True

    @property
    def marks(self) -> tuple[Mark, ...]:
        height = float(self.picture.document.committed.height)
        return split_marks(self.x, height, split_words(self._studio))

    def cursor(self, pointer: Pointer) -> str:
        return "size-h"

    def press(self, pointer: Pointer) -> Gesture | None:
        return self._drag(pointer)

    def _drag(self, pointer: Pointer) -> Gesture:
        self.move(pointer.x)
        while (sample := (yield)) is not None:
            self.move(sample.x)
