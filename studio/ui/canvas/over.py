"""Everything that lies over the picture, in its order: grids, guides, assistants, selection, marks of the tool, brush."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from studio.ui.canvas.aids_overlay import (
    draw_assistants,
    draw_grid,
    draw_guides,
    draw_samplers,
    draw_symmetry,
)
from studio.ui.canvas.overlay import draw_marks, draw_outline, draw_pixel_grid

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView


def is_bare(view: CanvasView) -> bool:
    """Whether a variant under the pointer or the state before is looked at: no selection and no handle lies over it then."""
    return view.picture is not None and view.picture.document.preview_owner == "hover"


def draw_over(painter: QPainter, view: CanvasView, clip: QRect) -> None:
    """The painter works in device pixels, ``clip`` is what of the widget is painted again."""
    assert view.picture is not None
    artwork, options, viewport = view.picture.document.artwork, view.studio.viewing.options, view.viewport
    draw_pixel_grid(painter, viewport, artwork.rect)
    if options.grid:
        draw_grid(painter, viewport, artwork.rect, artwork.aids.grid)
    if options.guides:
        draw_guides(painter, viewport, artwork.aids, view.input.guides.hot)
    if options.assistants:
        draw_assistants(painter, viewport, artwork.rect, artwork.aids.assistants)
    if options.symmetry:
        draw_symmetry(painter, viewport, view.studio.painting.strokes.symmetry_of(view.picture))
    if options.samplers:
        draw_samplers(painter, viewport, artwork.aids.samplers, view.devicePixelRatioF())
    if not is_bare(view):
        view.tint.draw(painter, clip)
        if options.selection_edge:
            view.ants.draw(painter, clip)
        draw_marks(painter, viewport, view.studio.painting.marks, view.devicePixelRatioF())
    if view.outline_shown():
        ratio = view.devicePixelRatioF()
        painter.scale(ratio, ratio)
        brush = view.studio.painting.outline_brush
        draw_outline(painter, view.input.position, view.outline_diameter(), brush, viewport)
