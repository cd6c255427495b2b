"""Brush, ink and eraser: one gesture that paints wherever a stroke may land."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import msgspec

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Affine, Generated, Layer, inverse, is_integer_move
from studio.raster.geometry import Region
from studio.raster.stroke import Stroke
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.kind import ToolKind

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

OWNER = "stroke"
PAINT = QT_TRANSLATE_NOOP("history", "Paint")
ERASE = QT_TRANSLATE_NOOP("history", "Erase")


def stroke_gesture(picture: Picture, painting: Painting, pointer: Pointer) -> Gesture:
    """Paints from press to release; one undo step. Raises EditError before the first yield where nothing can be painted."""
    document = picture.document
    erase = painting.gesture_tool == "eraser"
    artwork, layer_id, part = edits.paint_target(document.artwork, erase=erase)
    layer = artwork.find(layer_id)
    assert layer is not None
    if document.artwork.find(layer_id) is None:  # made for this stroke: named in the language of the window
        artwork = edits.change(artwork, layer_id, name=painting.name_of_layer(layer.name))
    onto_generated = isinstance(document.artwork.active_layer, Generated) and part == "surface"
    transform = edits.transform_of(artwork, layer_id)
    to_layer = inverse(transform)
    stroke = _start(painting, artwork, layer, transform, part, erase)
    document.begin_gesture()
    done = False
    try:
        current = artwork
        sample: Pointer | None = pointer
        while sample is not None:
            region = stroke.add(
                *_in_layer(sample, to_layer), sample.pressure if sample.has_pressure else None, sample.t
            )
            if region:
                current = _merged(artwork, layer_id, part, stroke)
                document.preview(OWNER, current, _in_document(region, transform))
            sample = yield
        rest = stroke.finish()
        current = _merged(artwork, layer_id, part, stroke)
        if rest:
            document.preview(OWNER, current, _in_document(rest, transform))
        document.commit(ERASE if erase else PAINT, current, owner=OWNER)
        done = True
    finally:
        if not done:
            document.revert(OWNER)
        document.end_gesture()
    if onto_generated:
        painting.painted_above.emit()


def _start(
    painting: Painting, artwork: Artwork, layer: Layer, transform: Affine, part: str, erase: bool
) -> Stroke:
    scale = _scale(transform)
    brush = painting.gesture_brush
    if scale != 1.0:
        brush = msgspec.structs.replace(brush, size=max(brush.size / scale, 1.0))
    selection = edits.selection_in_layer(artwork, layer.id)
    if part == "mask":
        assert layer.mask is not None, "a stroke lands on a mask only where there is one"
        value = 0.0 if erase else painting.lightness
        return Stroke.on_mask(brush, value, layer.mask, selection=selection)
    surface = edits.surface_of(artwork, layer.id)
    return Stroke(
        brush, painting.colour, surface, selection=selection, alpha_lock=layer.locks.alpha, erase=erase
    )


def _merged(artwork: Artwork, layer_id: str, part: str, stroke: Stroke) -> Artwork:
    if part == "mask":
        return edits.change(artwork, layer_id, mask=stroke.mask())
    return edits.write_surface(artwork, layer_id, stroke.surface())


def _scale(transform: Affine) -> float:
    """Mean linear scale from layer to document."""
    a, b, c, d = transform[:4]
    return math.sqrt(abs(a * d - b * c)) or 1.0


def _in_layer(pointer: Pointer, transform: Affine) -> tuple[float, float]:
    a, b, c, d, tx, ty = transform
    return a * pointer.x + c * pointer.y + tx, b * pointer.x + d * pointer.y + ty


def _in_document(region: Region, transform: Affine) -> Region | None:
    """A layer's region in document pixels; None (to be found by comparing) where the layer is scaled or turned."""
    if is_integer_move(transform):
        return region.move(int(transform[4]), int(transform[5]))
    return None


KINDS = (
    ToolKind(
        name="ink", title=QT_TRANSLATE_NOOP("actions", "Ink brush"), icon="ink-brush", family="brush", shortcuts=("B",),
        aliases=("calligraphy", "pen", "笔刷", "墨"), gesture=stroke_gesture, cursor="brush", brush=True,
    ),
    ToolKind(
        name="brush", title=QT_TRANSLATE_NOOP("actions", "Soft brush"), icon="soft-brush", family="brush",
        shortcuts=("Shift+B",), aliases=("airbrush", "笔刷"), gesture=stroke_gesture, cursor="brush", brush=True,
    ),
    ToolKind(
        name="eraser", title=QT_TRANSLATE_NOOP("actions", "Eraser"), icon="eraser", family="eraser", shortcuts=("E",),
        aliases=("rubber",), gesture=stroke_gesture, cursor="brush", brush=True,
    ),
)  # fmt: skip
