"""Text layers as values: made, changed, found under a point. Pixels are drawn by ``raster.text``; here they are kept."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from studio.document import tree
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import IDENTITY, Affine, Layer, Shape, Text, inverse, joined
from studio.raster import warp
from studio.raster.text.drawing import draw_text, outlines
from studio.raster.text.layout import Layout, lay_out
from studio.raster.text.style import TextStyle
from studio.raster.warp import Warp
from studio.recipe import QT_TRANSLATE_NOOP

TEXT = QT_TRANSLATE_NOOP("layer-names", "Text")
NAME_LENGTH = 24
_LOCKED = QT_TRANSLATE_NOOP("document", "This text is locked. Unlock it in the Layers panel to edit it.")
_NO_OUTLINES = QT_TRANSLATE_NOOP("document", "This text has no letters that could become a shape.")
_NOT_TEXT = QT_TRANSLATE_NOOP("document", "This is not a text layer. Choose one in the Layers panel.")


def layout_of(layer: Text) -> Layout:
    """The layer's layout, one object as long as it is the same text."""
    return laid_out(layer.text, layer.style, layer.language)


@lru_cache(maxsize=128)
def laid_out(text: str, style: TextStyle, language: str) -> Layout:
    """A text's layout, one object for equal ones: what is typed is laid out once for the hand and the picture."""
    return lay_out(text, style, language)


def text_of(artwork: Artwork, layer_id: str) -> Text:
    """The text layer, if it may be edited. Raises EditError for one that is locked, or is none."""
    path = tree.path_to(artwork, layer_id)
    layer = path[-1]
    if not isinstance(layer, Text):
        raise EditError(_NOT_TEXT)
    if any(one.locks.all for one in path):
        raise EditError(_LOCKED)
    return layer


def text_at(artwork: Artwork, x: float, y: float, reach: float = 0.0) -> Text | None:
    """The topmost visible text layer whose box, grown by ``reach`` document pixels, holds the document point."""
    for layer in reversed(list(artwork.walk())):
        if not isinstance(layer, Text) or not all(one.visible for one in tree.path_to(artwork, layer.id)):
            continue
        transform = tree.transform_of(artwork, layer.id)
        if _holds(layer, transform, x, y, reach):
            return layer
    return None


def _holds(layer: Text, transform: Affine, x: float, y: float, reach: float) -> bool:
    u, v = to_layer(layer.warp, transform, x, y)
    left, top, right, bottom = layout_of(layer).box
    reach /= max(abs(transform[0] * transform[3] - transform[1] * transform[2]) ** 0.5, 1e-6)
    return left - reach <= u <= right + reach and top - reach <= v <= bottom + reach


def through(transform: Affine, x: float, y: float) -> tuple[float, float]:
    """A point through a transform."""
    a, b, c, d, tx, ty = transform
    return a * x + c * y + tx, b * x + d * y + ty


def to_layer(bends: Warp, transform: Affine, x: float, y: float) -> tuple[float, float]:
    """A document point in the pixels of a layer that is bent and moved; far away where the bends have no way back."""
    u, v = through(inverse(transform), x, y)
    if not bends:
        return u, v
    found = warp.backward(bends, np.array([[u, v]], np.float64))[0]
    return float(found[0]), float(found[1])


def from_layer(bends: Warp, transform: Affine, x: float, y: float) -> tuple[float, float]:
    """A point of a layer that is bent and moved in document pixels."""
    if bends:
        found = warp.forward(bends, np.array([[x, y]], np.float64))[0]
        x, y = float(found[0]), float(found[1])
    return through(transform, x, y)


def name_of(text: str) -> str:
    """The name of a text layer: the start of its first line that is not empty."""
    line = next((line.strip() for line in text.split("\n") if line.strip()), "")
    return line if len(line) <= NAME_LENGTH else line[: NAME_LENGTH - 1].rstrip() + "…"


def outer_of(artwork: Artwork, layer_id: str) -> Affine:
    """The transform of the groups around a layer."""
    parent = tree.parent_of(artwork, layer_id)
    return tree.transform_of(artwork, parent.id) if parent is not None else IDENTITY


def at_origin(outer: Affine, x: float, y: float) -> Affine:
    """The transform of a new layer inside groups of transform ``outer`` whose origin is to lie on document point (x, y)."""
    return joined(inverse(outer), (1.0, 0.0, 0.0, 1.0, float(x), float(y)))


def drawn(layer: Text, dtype: np.dtype) -> Text:
    """The layer with pixels that show its text."""
    return layer.with_(cache=draw_text(layout_of(layer), dtype).surface)


def as_shape(layer: Text) -> Shape:
    """The letters as one path, filled with the text's colour; words are lost to editing, the nodes are not.

    Raises EditError for a text without outlines: an empty one, or one of coloured pictures only.
    """
    path = outlines(layout_of(layer))
    if not path:
        raise EditError(_NO_OUTLINES)
    fields: dict[str, Any] = {name: getattr(layer, name) for name in Layer.__struct_fields__}
    return Shape(**fields, path=path, style={"fill": (*layer.style.colour, 1.0)})


def replaced(artwork: Artwork, layer: Layer) -> Artwork:
    """The artwork with ``layer`` in the place of the text of the same id. Raises EditError where that is locked."""
    text_of(artwork, layer.id)
    return tree.rewrite(artwork, layer.id, lambda _: (layer,))
