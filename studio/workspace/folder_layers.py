"""Layers made of the pictures of a folder: a photomosaic of what lies below, a collage. They keep the folder and the values, so
that they are made anew when a slider moves; where the folder is gone they keep their pixels.
"""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import numpy as np

from studio import recipe
from studio.document import edits, masks, tree
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import Derived, Layer
from studio.jobs.job import Job, JobFailed, JobFinished, Priority
from studio.project.profiles import pixels_alike
from studio.raster.surface import Surface
from studio.recipe import QT_TRANSLATE_NOOP, RecipeError, Stored
from studio.workspace.notices import Notice

if TYPE_CHECKING:
    from studio.project.folder_pictures import Met
    from studio.workspace.assembling import Kind
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

OWNER = "folder-layer"
FOLDER, SIZE = "folder", "size"
VERSION = 1
NEW = QT_TRANSLATE_NOOP("history", "New layer of a folder")
CHANGE = QT_TRANSLATE_NOOP("history", "Layer of a folder")
KEPT = QT_TRANSLATE_NOOP("notices", "The layer keeps its pixels. {reason}")
LOCKED = QT_TRANSLATE_NOOP("document", "This layer is locked. Unlock it in the Layers panel first.")
NAMES: dict[Kind, str] = {
    "photomosaic": QT_TRANSLATE_NOOP("layer-names", "Photomosaic"),
    "collage": QT_TRANSLATE_NOOP("layer-names", "Collage"),
}


class Made(NamedTuple):
    """The pixels of a layer, how large they are, and the files that could not be opened."""

    surface: Surface
    width: int
    height: int
    failed: tuple[Met, ...]


class Source(NamedTuple):
    """What such a layer is made of."""

    kind: Kind
    folder: Path
    values: Any

    def stored(self, made: Made) -> Stored:
        """With the size of what was made, which a surface does not know."""
        plain = recipe.store(self.kind, VERSION, self.values)
        more = {FOLDER: str(self.folder), SIZE: [made.width, made.height]}
        return msgspec.structs.replace(plain, parameters={**plain.parameters, **more})


def source_of(layer: Layer | None) -> Source | None:
    """None for any other layer, and for one of another version."""
    if not isinstance(layer, Derived) or layer.recipe.name not in NAMES or layer.recipe.version != VERSION:
        return None
    from studio.workspace.assembling import (
        VALUES,  # it and what it needs are loaded with the first such layer
    )

    plain = dict(layer.recipe.parameters)
    folder, size = plain.pop(FOLDER, None), plain.pop(SIZE, None)
    if not isinstance(folder, str) or not isinstance(size, list | tuple) or len(size) != 2:
        return None
    kind: Kind = layer.recipe.name  # type: ignore[assignment]
    try:
        return Source(kind, Path(folder), recipe.from_plain(VALUES[kind], plain))
    except RecipeError:
        return None


def below(artwork: Artwork, layer_id: str | None) -> Artwork:
    """What a photomosaic looks like: the layers below it, or all of a picture where it is yet to lie on top."""
    if layer_id is None:
        return artwork
    top = next(
        index
        for index, one in enumerate(artwork.layers)
        if any(part.id == layer_id for part in tree.walk(one))
    )
    # inside a group it lies with what is below the group
    return artwork.with_(layers=artwork.layers[:top], active=None)


def made(artwork: Artwork, source: Source, flat: Any) -> Generator[float, None, Made]:
    """Yields the part done. Raises DecodeError where there is no such folder, RecipeError."""
    from studio.project import assembling, folder_pictures

    files = folder_pictures.files_of(source.folder)
    if source.kind == "photomosaic":
        found = yield from assembling.mosaic(artwork, files, flat, source.values)
    else:
        found = yield from assembling.collage(files, flat, source.values)
    sheet = found.artwork
    pixels = flat(sheet).astype(np.float32)
    if artwork.colour_space.icc:
        pixels = pixels_alike(pixels, b"", artwork.colour_space.icc)
    surface = Surface.from_pixels(pixels.astype(artwork.dtype))
    return Made(surface, sheet.width, sheet.height, found.failed)


class FolderLayers:
    """Edits of the layers made of a folder."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._job: Job | None = None
        self._line: Any = None
        self._release = False

    @property
    def target(self) -> Derived | None:
        """The active layer, if it is one of a folder."""
        picture = self._studio.current
        layer = picture.document.artwork.active_layer if picture else None
        return layer if isinstance(layer, Derived) and source_of(layer) is not None else None

    def add(self, source: Source) -> Job | None:
        """Makes a new layer above the active one, with the selection as its mask; one undo step when it is done."""
        picture = self._studio.current
        if picture is None:
            return None
        return self._begin(picture, source, None, lambda result: self._added(picture, source, result))

    def change(self, layer_id: str, source: Source) -> Job | None:
        """Shows the layer with another folder or other values, as soon as it is made, until :meth:`release` or :meth:`revert`."""
        picture = self._studio.current
        layer = picture.document.committed.find(layer_id) if picture else None
        if picture is None or source_of(layer) is None:
            return None
        if any(one.locks.all for one in tree.path_to(picture.document.committed, layer_id)):
            self._studio.refuse(EditError(LOCKED))
            return None
        self._release = False
        return self._begin(
            picture, source, layer_id, lambda result: self._shown(picture, layer_id, source, result)
        )

    def release(self) -> None:
        """What is shown becomes one undo step; what is still being made, when it is there."""
        picture = self._studio.current
        if self._line is not None:
            self._release = True
        elif picture is not None and picture.document.preview_owner == OWNER:
            picture.document.commit(CHANGE, owner=OWNER)

    def revert(self, picture: Picture | None = None) -> None:
        """Takes back what is shown, and stops what is being made."""
        self._stop()
        picture = picture or self._studio.current
        if picture is not None:
            picture.document.revert(OWNER)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
        if self._line is not None:
            self._studio.jobs.end(self._line)
        self._job = self._line = None

    def _begin(self, picture: Picture, source: Source, layer_id: str | None, done: Any) -> Job:
        from studio.workspace.assembling import MAKING, flattened, sentence, tell_left_out

        self._stop()
        artwork = below(picture.document.committed, layer_id)
        flat = partial(flattened, engine=self._studio.engine_filters)
        line = self._line = self._studio.jobs.begin(MAKING[source.kind], None, self._stop)

        def arrived(event: object) -> None:
            if isinstance(event, float):
                self._studio.jobs.progress(line, round(event * 100), 100)
                return
            self._stop()
            if isinstance(event, JobFinished):
                tell_left_out(self._studio, event.result.failed)
                picture.document.when_idle(lambda: done(event.result), OWNER)
            elif isinstance(event, JobFailed):
                reason = sentence(self._studio, event.error)
                notice = Notice(kind="error", text=KEPT, arguments={"reason": reason}, details=event.details)
                self._studio.tell(notice)

        self._job = self._studio.files_lane.submit(
            lambda: made(artwork, source, flat),
            label=MAKING[source.kind],
            priority=Priority.background,
            on_event=arrived,
        )
        return self._job

    def _added(self, picture: Picture, source: Source, result: Made) -> None:
        artwork = picture.document.committed
        fit = (artwork.width / result.width, artwork.height / result.height)
        across, down = fit if source.kind == "photomosaic" else (1.0, 1.0)
        layer = Derived(
            name=self._studio.translate("layer-names", NAMES[source.kind]), recipe=source.stored(result), surface=result.surface,
            transform=(across, 0.0, 0.0, down, 0.0, 0.0),
        )  # fmt: skip
        try:
            changed = edits.add_layer(artwork, layer)
            if changed.selection is not None:
                changed = masks.from_selection(changed, layer.id)
        except EditError as error:
            self._studio.refuse(error)
            return
        picture.document.commit(NEW, changed)

    def _shown(self, picture: Picture, layer_id: str, source: Source, result: Made) -> None:
        artwork = picture.document.committed
        layer = artwork.find(layer_id)
        if not isinstance(layer, Derived):
            return
        a, b, c, d, x, y = layer.transform
        if source.kind == "photomosaic":  # it stays as large as it is, of however many tiles
            width, height = layer.recipe.parameters[SIZE]
            across, down = width / result.width, height / result.height
            a, b, c, d = a * across, b * across, c * down, d * down
        changed = edits.change(
            artwork,
            layer_id,
            recipe=source.stored(result),
            surface=result.surface,
            transform=(a, b, c, d, x, y),
        )
        self._studio.settle(keep=OWNER)
        picture.document.preview(OWNER, changed)
        if self._release:
            self._release = False
            picture.document.commit(CHANGE, owner=OWNER)
