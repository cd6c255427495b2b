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
from studio.document.layer import Filter, Paint, is_integer_move
from studio.filters import FILTERS, FilterKind
from studio.jobs.job import JobFailed, JobFinished, Priority
from studio.raster.geometry import Rect, Region, tile_keys
from studio.raster.surface import Surface
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
        studio.current_changed.connect(self._opened)

    def _opened(self, picture: Picture | None) -> None:
        """Whole filters that were never computed here (their results are not in the file) are due at once."""
        if picture is not None:
            self.follow(picture)

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
        if picture not in self._studio.pictures:
            return
        if isinstance(event, JobFinished):
            picture.document.changed.emit(Region([picture.document.artwork.rect]))
        elif isinstance(event, JobFailed):
            arguments = {"reason": f"{type(event.error).__name__}: {event.error}"}
            self._studio.tell(
                notices.Notice(
                    kind="error", text=notices.NOT_FILTERED, arguments=arguments, details=event.details
                )
            )

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
        self._apply(picture, layer, kind, recipe.from_plain(kind.parameters, parameters or {}))

    def _apply(self, picture: Picture, layer: Paint, kind: FilterKind, value: msgspec.Struct) -> None:
        artwork = picture.document.committed
        arguments = {"filter": self._studio.translate("recipe", kind.title)}

        def stop() -> None:
            job.cancel()
            self._studio.jobs.end(line)

        line = self._studio.jobs.begin(QT_TRANSLATE_NOOP("jobs", "Applying {filter}"), arguments, stop)

        def arrived(event: object) -> None:
            if isinstance(event, float):
                self._studio.jobs.progress(line, round(event * 100), 100)
                return
            self._studio.jobs.end(line)
            if isinstance(event, JobFailed):
                reason = {"reason": str(event.error)}
                self._studio.tell(notices.Notice(kind="error", text=notices.NOT_PAINTED, arguments=reason))
            elif isinstance(event, JobFinished):
                picture.document.when_idle(lambda: self._applied(picture, layer, kind, value, event.result))

        job = self._studio.render_lane.submit(
            lambda: filtered(artwork, layer, kind, value),
            label=kind.title,
            priority=Priority.normal,
            on_event=arrived,
        )

    def _applied(
        self, picture: Picture, layer: Paint, kind: FilterKind, value: msgspec.Struct, surface: Surface
    ) -> None:
        """The result becomes a step; pixels that were painted meanwhile are filtered again, with all there is now."""
        artwork = picture.document.committed
        now = artwork.find(layer.id)
        if not isinstance(now, Paint) or picture not in self._studio.pictures:
            return
        if now.surface is not layer.surface:
            self._apply(picture, now, kind, value)
            return
        try:
            changed = edits.write_surface(artwork, layer.id, surface)
        except edits.EditError as error:  # locked meanwhile
            self._studio.refuse(error)
            return
        picture.document.commit(kind.title, changed)


def filtered(
    artwork: Artwork, layer: Paint, kind: FilterKind, value: msgspec.Struct
) -> Generator[float, None, Surface]:
    """Filters a paint layer's pixels tile by tile, inside the selection; yields the part done, returns the new pixels.

    What lies outside the canvas stays as it is. A ``whole`` filter sees all of the canvas in one step.
    """
    x, y = (round(value) for value in layer.transform[4:])
    area = artwork.rect.move(-x, -y)
    if layer.warp or not is_integer_move(layer.transform):  # turned or bent: all of its own pixels
        area = layer.surface.bounds
    reach = kind.reach(value, 0)
    parts = [area] if kind.whole else [area.intersect(Rect.of_tile(key)) for key in tile_keys(area)]
    result = artwork
    for done, part in enumerate(parts):
        around = part.grow(reach).intersect(area)
        source = layer.surface.read(around).astype(np.float32)
        pixels = kind.apply(source, value, rect=around.move(x, y), canvas=artwork.rect)
        inside = part.move(-around.left, -around.top)
        new = pixels[inside.top : inside.bottom, inside.left : inside.right].astype(artwork.dtype)
        yield (done + 0.5) / len(parts)
        result = edits.apply_pixels(result, layer.id, part, new)
        yield (done + 1.0) / len(parts)
    return edits.surface_of(result, layer.id)
