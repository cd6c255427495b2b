"""Labelled sets of layered pictures: the picture as it is seen, what each layer covers of it, and which layer each pixel belongs to."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from studio.document import selecting, tree
from studio.document.artwork import Artwork
from studio.document.layer import Filter, Group, Layer, children_of
from studio.project import atomic
from studio.project.errors import write_failure
from studio.project.labelled import Said, safe
from studio.project.png import encode_png

PICTURES, MASKS, LABELS = "pictures", "masks", "labels"
MOST = 255
"""Layers of one picture that have a number of their own."""
HALF = 127
Render = Callable[[Artwork], np.ndarray]
"""An artwork flattened, straight uint8 [height, width, 4]."""


class LayerMask(msgspec.Struct, frozen=True, eq=False):
    """What one layer covers: ``pixels`` uint8 [height, width, 3], three equal channels; ``box`` (left, top, width, height) of
    what it covers by half or more, and how many pixels that are."""

    name: str
    pixels: np.ndarray
    box: tuple[int, int, int, int]
    covered: int


def layer_masks(artwork: Artwork, render: Render, labels: np.ndarray) -> Iterator[LayerMask]:
    """The coverage of each visible layer with content of its own, from the bottom to the top, at most 255 of them, one at a time.

    ``labels`` uint8 [height, width, 3] is written into: where the n-th of them is the topmost that covers half a pixel, n.
    """
    number = 0
    for layer in (one for top in artwork.layers for one in tree.walk(top)):
        shown = all(one.visible for one in tree.path_to(artwork, layer.id))
        if not shown or isinstance(layer, Group | Filter) or number == MOST:
            continue
        coverage = covered_by(artwork, layer.id, render)
        rows, columns = np.nonzero(coverage > HALF)
        if rows.size:
            number += 1
            labels[rows, columns] = number
            left, top = int(columns.min()), int(rows.min())
            box = (left, top, int(columns.max()) + 1 - left, int(rows.max()) + 1 - top)
            yield LayerMask(layer.name, np.repeat(coverage[..., None], 3, axis=2), box, int(rows.size))


def covered_by(artwork: Artwork, layer_id: str, render: Render) -> np.ndarray:
    """How much a layer covers of the canvas, uint8 [height, width]: with its mask, those of its groups, and the shapes that it is
    clipped to; its opacity and its groups' count as full."""
    path = tree.path_to(artwork, layer_id)
    shown = path[-1].with_(opacity=1.0, mode="normal", clipping=False)
    for group in reversed(path[:-1]):
        shown = group.with_(children=(shown,), opacity=1.0, mode="normal", clipping=False, effects=())
    coverage = render(artwork.with_(layers=(shown,), active=layer_id, selected=()))[..., 3]
    siblings = artwork.layers
    for one in path:
        base = _shape_under(siblings, one)
        if base is not None:
            if not base.visible:  # it hides what is clipped to it
                return np.zeros_like(coverage)
            shape = render(selecting.alone(artwork, base.id))[..., 3]
            coverage = ((coverage.astype(np.uint16) * shape + HALF) // 255).astype(np.uint8)
        siblings = children_of(one)
    return coverage


def _shape_under(siblings: tuple[Layer, ...], layer: Layer) -> Layer | None:
    """The layer whose shape ``layer`` is clipped to."""
    base: Layer | None = None
    for one in siblings:
        clipped = one.clipping and base is not None and not isinstance(base, Filter)
        if one.id == layer.id:
            return base if clipped else None
        base = base if clipped else one
    return None


def write_layered(
    folder: Path, stem: str, artwork: Artwork, render: Render
) -> Generator[float, None, Said | None]:
    """Writes the picture, its masks from the bottom to the top, the label map, and the names of its layers as a text beside it; yields
    the part done, returns what is to be said of it, None, with nothing written, where no layer covers anything. Raises ExportError,
    OSError."""
    for name in (PICTURES, MASKS, LABELS):
        try:
            (folder / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise write_failure(error, folder) from None
    labels = np.zeros((artwork.height, artwork.width, 3), np.uint8)
    masks: list[dict[str, Any]] = []
    for number, mask in enumerate(layer_masks(artwork, render, labels), 1):
        file = f"{MASKS}/{stem}-{number:03d}-{safe(mask.name)}.png"
        atomic.write(folder / file, encode_png(mask.pixels))
        said = {"label": mask.name, "file": file, "box": mask.box, "pixels": mask.covered}
        masks.append({"number": number, **said})
        yield number / (number + 1)
    if not masks:
        return None
    caption = ", ".join(dict.fromkeys(mask["label"] for mask in masks))
    atomic.write(folder / LABELS / f"{stem}.png", encode_png(labels))
    atomic.write(folder / PICTURES / f"{stem}.png", encode_png(render(artwork)))
    atomic.write(folder / PICTURES / f"{stem}.txt", (caption.encode("utf-8"),))
    return {
        "file": f"{PICTURES}/{stem}.png",
        "labels": f"{LABELS}/{stem}.png",
        "width": artwork.width,
        "height": artwork.height,
        "caption": caption,
        "layers": masks,
    }
