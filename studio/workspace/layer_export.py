"""One layer alone as a picture of its own, to be exported: a colour layer as it is seen, a layer of values with its numbers."""

from __future__ import annotations

import msgspec

from studio.document import edits, tree
from studio.document.artwork import SRGB, Artwork
from studio.document.layer import Filter
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
