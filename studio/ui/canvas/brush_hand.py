"""Dragging on the canvas for the brush itself: sideways its size, up and down its hardness; and its pop-up palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt

from studio.ui.widgets import paint
from studio.workspace.tools.marks import Label
from studio.workspace.tools.registry import KINDS

if TYPE_CHECKING:
    from studio.raster.brush import Brush
    from studio.ui.canvas.view import CanvasView

BRUSH_SIZE = "brush-size"
"""What the drag is called among those of the view."""
HARDNESS_PER_PIXEL = 1 / 200
SMALLEST, LARGEST = 1.0, 2000.0
_BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class BrushHand:
    """The outline stays where the drag began and grows or shrinks there; Esc gives the old brush back."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self._before: Brush | None = None

    @property
    def paints(self) -> bool:
        """Whether the tool in the hand paints with a brush, on a picture."""
        painting = self._view.studio.painting
        return self._view.picture is not None and painting.session is None and KINDS[painting.tool].brush

    def borrows(self, modifiers: Qt.KeyboardModifier) -> bool:
        """Ctrl+Alt and a press of the left button or the pen."""
        return modifiers & _BOTH == _BOTH and self.paints

    def right(self, modifiers: Qt.KeyboardModifier) -> bool:
        """Alt or Shift and a press of the right button."""
        held = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
        return bool(modifiers & held) and self.paints

    def begin(self) -> None:
        self._before = self._view.studio.painting.brush

    def drag(self, moved: QPointF) -> None:
        """``moved`` in logical pixels since the last call."""
        painting, view = self._view.studio.painting, self._view
        scale = 2 * view.devicePixelRatioF() / view.viewport.zoom
        size = min(max(painting.brush.size + moved.x() * scale, SMALLEST), LARGEST)
        hardness = min(max(painting.brush.hardness - moved.y() * HARDNESS_PER_PIXEL, 0.0), 1.0)
        painting.change_brush(size=round(size, 2), hardness=round(hardness, 4))
        here = view.to_document(view.input.position)
        words = f"{paint.number(size, 0 if size >= 10 else 1, unit='px')} · {paint.number(hardness * 100, 0, unit='%')}"
        painting.show_marks((Label(here.x(), here.y(), words),))

    def leave(self, *, kept: bool = True) -> None:
        """The drag is over."""
        before, self._before = self._before, None
        if before is None:
            return
        painting = self._view.studio.painting
        painting.show_marks(())
        if not kept:
            painting.keep_brush(painting.brush_tool, before)

    def open_palette(self, place: QPoint) -> bool:
        """The pop-up palette at a global place, where the tool in the hand paints; False where it does not."""
        if not self.paints:
            return False
        from studio.ui.canvas.popup_palette import PopupPalette

        PopupPalette(self._view.studio, self._view).open_at(place)
        return True
