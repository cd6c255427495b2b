"""One layer alone as a picture of its own, to be exported: a colour layer as it is seen, a layer of values with its numbers."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import numpy as np

from studio.document import edits, selecting, tree
from studio.document.artwork import SRGB, Artwork
from studio.document.layer import Filter, Group
from studio.project.options import ExportOptions
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.fusing import alone

NO_PIXELS = QT_TRANSLATE_NOOP(
    "document", "A filter layer has no pixels of its own to export. Choose another one in the Layers panel."
)
NO_LAYER = QT_TRANSLATE_NOOP("document", "There is no layer “{name}”; there are: {known}")


def layer_alone(artwork: Artwork, layer_id: str) -> Artwork:
    """The canvas with this layer alone: shown, opaque, in mode normal, with its mask.

    A layer of values is freed of effects, photo information and colour space, so that its numbers stay what they are.
    Raises EditError for a filter layer.
    """
    layer = tree.require(artwork, layer_id)
    if isinstance(layer, Filter):
        raise edits.EditError(NO_PIXELS)
    one = alone(artwork, layer)
    if not layer.data:
        return artwork.with_(layers=(one,), active=one.id, selected=(), selection=None)
    return artwork.with_(
        layers=(one.with_(effects=()),),
        active=one.id,
        selected=(),
        selection=None,
        metadata={},
        colour_space=SRGB,
    )


def as_numbers(options: ExportOptions) -> ExportOptions:
    """For values: 16 bits unless 8 are wanted, no profile, no mark and no photo information."""
    return msgspec.structs.replace(options, bits=options.bits or 16, profile="none", metadata=False)


def named(artwork: Artwork, name: str) -> str:
    """The id of the topmost layer of this name. Raises EditError with the names there are."""
    layers = list(artwork.walk())
    for layer in reversed(layers):
        if layer.name == name:
            return layer.id
    known = ", ".join(f"“{layer.name}”" for layer in reversed(layers))
    raise edits.EditError(NO_LAYER, name=name, known=known or "–")


class LayerMask(msgspec.Struct, frozen=True, eq=False):
    """What one layer covers: ``pixels`` uint8 [height, width, 3], three equal channels; ``box`` (left, top, width, height) of
    what it covers by half or more, and how many pixels that are."""

    name: str
    pixels: np.ndarray
    box: tuple[int, int, int, int]
    covered: int


def layer_masks(
    artwork: Artwork, render: Callable[[Artwork], np.ndarray]
) -> tuple[list[LayerMask], np.ndarray]:
    """``render``: the flattened picture as straight uint8 [height, width, 4]. The coverage of each visible layer with content of its own, from the bottom to the top, at most 255 of them; and
    the label map uint8 [height, width, 3]: 0 or the number, from 1 on, of the topmost one that covers half a pixel."""
    labels = np.zeros((artwork.height, artwork.width, 3), np.uint8)
    found: list[LayerMask] = []
    for layer in (one for top in artwork.layers for one in tree.walk(top)):
        shown = all(one.visible for one in tree.path_to(artwork, layer.id))
        if not shown or isinstance(layer, Group | Filter) or len(found) == 255:
            continue
        coverage = render(selecting.alone(artwork, layer.id))[..., 3]
        rows, columns = np.nonzero(coverage > 127)
        if rows.size:
            left, top = int(columns.min()), int(rows.min())
            box = (left, top, int(columns.max()) + 1 - left, int(rows.max()) + 1 - top)
            pixels = np.repeat(coverage[..., None], 3, axis=2)
            found.append(LayerMask(layer.name, pixels, box, int(rows.size)))
            labels[rows, columns] = len(found)
    return found, labels
