"""Filters: as a live layer whose parameters stay open, or once onto the active layer's pixels."""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
from psygnal import Signal

from studio import recipe
from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Filter, Paint
from studio.filters import FILTERS, FilterKind
from studio.jobs.job import JobFailed, JobFinished, Priority
from studio.raster.geometry import Rect, Region, tile_keys
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import notices

if TYPE_CHECKING:
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

OWNER = "filter"


class Filtering:
    changed = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    def kinds(self) -> tuple[FilterKind, ...]:
        return tuple(FILTERS.values())

    @property
    def target(self) -> Filter | None:
        """The selected filter layer, whose parameters the panel shows."""
        layer = self._studio.layers.active
        return layer if isinstance(layer, Filter) else None

    def parameters(self, layer: Filter) -> msgspec.Struct:
        """The layer's parameters as the filter's own struct. Raises RecipeError for values it does not allow."""
        return recipe.from_plain(FILTERS[layer.recipe.name].parameters, layer.recipe.parameters)

    def add_layer(self, name: str, parameters: dict[str, Any] | None = None) -> None:
        """A live filter layer above the active layer; one undo step."""
        picture = self._studio.current
        if picture is None:
            return
        self._studio.settle()
        kind = FILTERS[name]
        value = recipe.from_plain(kind.parameters, parameters or {})
        layer = Filter(
            name=self._studio.translate("recipe", kind.title),
            recipe=recipe.store(kind.name, kind.version, value),
        )
        picture.document.commit(
            QT_TRANSLATE_NOOP("history", "New filter layer"), edits.add_layer(picture.document.artwork, layer)
        )
        self.changed.emit()

    def change(self, layer_id: str, parameters: msgspec.Struct, live: bool = True) -> None:
        """New parameters for a filter layer: a preview while ``live``, one undo step otherwise."""
        picture = self._studio.current
        layer = picture.document.artwork.find(layer_id) if picture else None
        if picture is None or not isinstance(layer, Filter):
            return
        stored = recipe.store(layer.recipe.name, FILTERS[layer.recipe.name].version, parameters)
        if stored == layer.recipe and live:
            return
        self._studio.settle(keep=OWNER)
        changed = edits.change(picture.document.artwork, layer_id, recipe=stored)
        picture.document.preview(OWNER, changed)
        if not live:
            self.release()

    def release(self) -> None:
        """Ends a live change: one undo step."""
        picture = self._studio.current
        if picture and picture.document.preview_owner == OWNER:
            picture.document.commit(QT_TRANSLATE_NOOP("history", "Filter parameters"), owner=OWNER)
            self.changed.emit()

    def follow(self, picture: Picture) -> None:
        """Starts the work of whole and engine filters whose result is out of date; the old one is shown meanwhile."""
        for job in picture.renderer.whole_jobs(picture.document.artwork):
            self._studio.render_lane.submit(
                lambda steps=job.steps: steps,
                label=job.name,
                priority=Priority.normal,
                replace=f"{id(picture)}:{job.key}",
                on_event=partial(self._whole_done, picture),
            )

    def keep_results(self, picture: Picture) -> None:
        """Puts the results of whole and engine filters into their layers, so that the file has them; no undo step."""
        artwork = picture.document.committed
        for layer in artwork.walk():
            if isinstance(layer, Filter):
                result = picture.renderer.whole_result(layer)
                if result is not None and result is not layer.result:
                    artwork = edits.change(artwork, layer.id, result=result)
        picture.document.amend(artwork)

    def _whole_done(self, picture: Picture, event: object) -> None:
        if isinstance(event, JobFinished) and picture in self._studio.pictures:
            picture.document.changed.emit(Region([picture.document.artwork.rect]))

    def apply(self, name: str, parameters: dict[str, Any] | None = None) -> None:
        """The filter once onto the active paint layer, inside the selection, on the render lane; one undo step."""
        picture = self._studio.current
        layer = self._studio.layers.active
        if picture is None or layer is None:
            return
        self._studio.settle()
        if not isinstance(layer, Paint):
            self._studio.tell(
                notices.Notice(
                    kind="info",
                    text=QT_TRANSLATE_NOOP(
                        "notices", "A filter changes the pixels of a paint layer. Use a filter layer here."
                    ),
                )
            )
            return
        kind = FILTERS[name]
        value = recipe.from_plain(kind.parameters, parameters or {})
        artwork, layer_id = picture.document.artwork, layer.id
        line = self._studio.jobs.begin(QT_TRANSLATE_NOOP("jobs", "Applying {filter}"), {"filter": kind.title})

        def finished(event: object) -> None:
            self._studio.jobs.end(line)
            if isinstance(event, JobFailed):
                self._studio.tell(
                    notices.Notice(
                        kind="error", text=notices.NOT_PAINTED, arguments={"reason": str(event.error)}
                    )
                )
            elif isinstance(event, JobFinished):
                rect, pixels = event.result
                picture.document.when_idle(lambda: commit(rect, pixels))

        def commit(rect: Rect, pixels: np.ndarray) -> None:
            now = picture.document.artwork
            if now.find(layer_id) is layer:
                picture.document.commit(kind.title, edits.apply_pixels(now, layer_id, rect, pixels))

        self._studio.render_lane.submit(
            lambda: filtered(artwork, layer, kind, value),
            label=kind.title,
            priority=Priority.normal,
            on_event=finished,
        )


def filtered(
    artwork: Artwork, layer: Paint, kind: FilterKind, value: msgspec.Struct
) -> Generator[None, None, tuple[Rect, np.ndarray]]:
    """Filters a paint layer's pixels tile by tile; returns (rectangle, premultiplied pixels) in layer pixels.

    The rectangle is the canvas. A ``whole`` filter sees all of it in one step.
    """
    x, y = (round(value) for value in layer.transform[4:])
    area = artwork.rect.move(-x, -y)
    reach = kind.reach(value, 0)
    out = np.zeros((area.height, area.width, 4), artwork.dtype)
    canvas = area.move(x, y)
    parts = [area] if kind.whole else [area.intersect(Rect.of_tile(key)) for key in tile_keys(area)]
    for part in parts:
        around = part.grow(reach).intersect(area)
        source = layer.surface.read(around).astype(np.float32)
        result = kind.apply(source, value, rect=around.move(x, y), canvas=canvas)
        inside = part.move(-around.left, -around.top)
        target = part.move(-area.left, -area.top)
        out[target.top : target.bottom, target.left : target.right] = result[
            inside.top : inside.bottom, inside.left : inside.right
        ]
        yield None
    return area, out
