"""Layer size: what one layer shows, resampled to another size by a kernel of choice; its upper left corner stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.document import placing, tree
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import IDENTITY, Group, Paint, is_integer_move
from studio.raster.geometry import Rect
from studio.raster.rescale import Kernel
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import imaging
from studio.workspace.reshaping import Steps, check_size, layer_scaled

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

LAYER_SIZE = QT_TRANSLATE_NOOP("history", "Layer size")
EMPTY = QT_TRANSLATE_NOOP(
    "document", "This layer is empty: there is nothing to scale. Choose another one in the Layers panel."
)
NOT_PIXELS = QT_TRANSLATE_NOOP(
    "document",
    "Only paint layers and groups at the top level, neither scaled nor turned, are resampled. Apply the layer's transform first, "
    "or scale it with the transform tool.",
)


def frame_of(artwork: Artwork, layer_id: str) -> Rect:
    """What the layer covers in document pixels. Raises EditError where it is empty, locked, or not of pixels that can be
    resampled."""
    placing.check_movable(artwork, layer_id)
    layer = tree.require(artwork, layer_id)
    own = isinstance(layer, Paint | Group) and not layer.warp and is_integer_move(layer.transform)
    if not own or placing.outer_of(artwork, layer_id) != IDENTITY:
        raise EditError(NOT_PIXELS)
    frame = placing.frame_of(artwork, [layer_id])
    if frame is None:
        raise EditError(EMPTY)
    return Rect(*(round(part) for part in frame))


def resized(artwork: Artwork, layer_id: str, width: int, height: int, kernel: Kernel) -> Steps:
    """The layer at another size in pixels, its mask with it. Raises EditError."""
    check_size(width, height)
    frame = frame_of(artwork, layer_id)
    x, y = width / frame.width, height / frame.height
    affine = (x, 0.0, 0.0, y, frame.left * (1 - x), frame.top * (1 - y))
    made = yield from layer_scaled(tree.require(artwork, layer_id), affine, kernel, frame)
    return tree.rewrite(artwork, layer_id, lambda _: (made,))


def resize(studio: Studio, layer_id: str, width: int, height: int, kernel: Kernel) -> None:
    """As one undo step, on the render lane."""
    imaging.in_background(studio, LAYER_SIZE, lambda now: resized(now, layer_id, width, height, kernel))
