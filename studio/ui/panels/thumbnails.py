"""Small pictures of layers and variants, made on the render lane and kept until what they show changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Generator
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from studio.document import masks
from studio.document.artwork import Artwork, ColourSpace
from studio.document.layer import Fill, Group, Layer, Shape, Variant, children_of, pixels_of
from studio.jobs.job import JobFinished, Priority
from studio.render.renderer import Renderer
from studio.ui.bind import while_there
from studio.ui.widgets.picture_strip import image_of
from studio.workspace.results import small_steps
from studio.workspace.studio import Studio

KEPT = 400
MASK = "/mask"

Content = tuple[Any, ...]
"""What a small picture was made of; two are the same when every part is the same object."""


def same(first: Content, second: Content) -> bool:
    return len(first) == len(second) and all(
        one is other or (isinstance(one, tuple) and one == other)
        for one, other in zip(first, second, strict=True)
    )


def content_of(layer: Layer) -> Content:
    """What the layer's own pixels depend on."""
    if isinstance(layer, Fill):
        return (layer.recipe, layer.transform)
    if isinstance(layer, Shape):
        return (layer.path, layer.style, layer.transform, layer.warp)
    if isinstance(layer, Group):
        return tuple(part for child in children_of(layer) for part in (child, *content_of(child)))
    return (pixels_of(layer), layer.transform, layer.warp)


class Thumbnails(QObject):
    """Images by key. :meth:`image` answers at once with the one it has, and asks for a new one where it is out of date."""

    ready = Signal(str)

    def __init__(self, studio: Studio, side: int, parent: QObject | None = None) -> None:
        """``side``: the longer side in device pixels."""
        super().__init__(parent)
        self._studio, self.side = studio, side
        self._images: OrderedDict[str, tuple[Content, QImage]] = OrderedDict()
        self._asked: dict[str, Content] = {}

    def of_layer(self, renderer: Renderer, artwork: Artwork, layer: Layer) -> QImage:
        content = (*content_of(layer), artwork.colour_space)

        def work() -> Generator[None, None, np.ndarray]:
            yield None
            return renderer.thumbnail(artwork, self.side, layer.id)

        return self.image(layer.id, content, work)

    def of_mask(self, renderer: Renderer, artwork: Artwork, layer: Layer) -> QImage:
        """The layer's mask over the canvas, black where it hides; its key ends with ``/mask``."""

        def work() -> Generator[None, None, np.ndarray]:
            yield None
            return renderer.thumbnail(masks.alone(artwork, layer.id), self.side)

        return self.image(layer.id + MASK, (layer.mask, layer.transform), work)

    def of_variant(self, variant: Variant, space: ColourSpace) -> QImage:
        """A variant of a picture of that colour space."""
        side = self.side

        def work() -> Generator[None, None, np.ndarray]:
            yield None
            return (yield from small_steps(variant, side, space))

        return self.image(variant.id, (variant.surface, space), work)

    def image(self, key: str, content: Content, work: Any) -> QImage:
        """The image of ``key``: the one that is there, while ``work`` (for the render lane) makes one of ``content``."""
        known = self._images.get(key)
        if known is not None and same(known[0], content):
            self._images.move_to_end(key)
            return known[1]
        asked = self._asked.get(key)
        if asked is None or not same(asked, content):
            self._asked[key] = content
            self._studio.render_lane.submit(
                work,
                label="thumbnail",
                priority=Priority.background,
                replace=f"thumbnail {id(self)} {key}",
                on_event=while_there(self, lambda event: self._arrived(key, content, event)),
            )
        return known[1] if known is not None else QImage()

    def _arrived(self, key: str, content: Content, event: object) -> None:
        if not isinstance(event, JobFinished):
            return
        self._images[key] = (content, image_of(np.ascontiguousarray(event.result)).copy())
        while len(self._images) > KEPT:
            self._images.popitem(last=False)
        asked = self._asked.get(key)
        if asked is not None and same(asked, content):
            del self._asked[key]
        self.ready.emit(key)
