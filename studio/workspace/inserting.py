"""Pictures from files and from other programs become layers of the current picture: read beside it, added in one step."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from studio.document.artwork import Artwork, ColourSpace
from studio.document.edits import EditError
from studio.document.layer import Paint
from studio.jobs.job import JobFailed, JobFinished, Priority
from studio.project.errors import DecodeError, read_failure
from studio.raster.colour import as_type, widen
from studio.raster.geometry import Rect
from studio.raster.surface import Surface
from studio.raster.tile import Tile
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import colours, pasting
from studio.workspace.notices import Notice
from studio.workspace.pasting import Point

if TYPE_CHECKING:
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

INSERT = QT_TRANSLATE_NOOP("history", "Insert picture")
INSERTING = QT_TRANSLATE_NOOP("jobs", "Inserting {file}")
NOT_INSERTED = QT_TRANSLATE_NOOP("notices", "{file} was not inserted. {reason}")
NOT_FETCHED = QT_TRANSLATE_NOOP(
    "notices",
    "Only an address came along, and Danqing fetches nothing from the net. Choose “Copy image” there and paste it here.",
)
DOCUMENTS = (".danqing", ".ora")
"""Endings of files that are whole pictures with layers: they are opened, not inserted."""


class Incoming(NamedTuple):
    """A picture that comes in: what it is called, and how the bytes of its file are had (any thread)."""

    name: str
    read: Callable[[], bytes]

    @classmethod
    def of_file(cls, path: str) -> Incoming:
        """Reading raises DecodeError."""
        return cls(Path(path).name, partial(_bytes_of, path))

    @classmethod
    def of_bytes(cls, name: str, data: bytes) -> Incoming:
        return cls(name, lambda: data)


def _bytes_of(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise read_failure(error, path) from None


class Inserting:
    """One undo step for what comes together."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    def takes(self, path: str) -> bool:
        """Whether a file that is dropped on the canvas becomes a layer: no folder, project, model, brush, direction or latent."""
        ending = Path(path).suffix.lower()
        if self._studio.current is None or ending in DOCUMENTS or Path(path).is_dir():
            return False
        return not self._studio.takes_in(path)

    def insert(
        self, incoming: Sequence[Incoming], place: Point | None = None, seen: Rect | None = None
    ) -> None:
        """Each picture as a layer around ``place`` (document pixels), or in the middle of what the view sees.

        They are read and converted on the files lane; one that cannot be read becomes a card, the others are there.
        """
        picture = self._studio.current
        if picture is None or not incoming:
            return
        artwork = picture.document.committed
        place = pasting.middle(pasting.visible(artwork.rect, seen), place)

        def reading() -> Generator[float, None, _Read]:
            layers: list[Paint] = []
            failed: list[tuple[str, Exception]] = []
            for number, one in enumerate(incoming):
                yield number / len(incoming)
                try:
                    layers.append(_layer_of(one, artwork, place))
                except (DecodeError, MemoryError) as error:
                    failed.append((one.name, error))
            return _Read(tuple(layers), tuple(failed))

        def stop() -> None:
            job.cancel()
            self._studio.jobs.end(line)

        def arrived(event: object) -> None:
            if isinstance(event, float):
                self._studio.jobs.progress(line, round(100 * event), 100)
                return
            self._studio.jobs.end(line)
            if isinstance(event, JobFailed):
                self._refused(incoming[0].name, event.error)
            elif isinstance(event, JobFinished) and picture in self._studio.pictures:
                picture.document.when_idle(lambda: self._add(picture, artwork, event.result, incoming, place))

        name = incoming[0].name if len(incoming) == 1 else f"{incoming[0].name} …"
        line = self._studio.jobs.begin(INSERTING, {"file": name}, stop)
        job = self._studio.files_lane.submit(
            reading, label="insert", priority=Priority.live, on_event=arrived
        )

    def _add(
        self, picture: Picture, asked: Artwork, read: _Read, incoming: Sequence[Incoming], place: Point
    ) -> None:
        for name, error in read.failed:
            self._refused(name, error)
        now = picture.document.committed
        if now.dtype != asked.dtype or now.colour_space != asked.colour_space:
            self.insert(incoming, place)  # the picture was converted meanwhile
            return
        if not read.layers:
            return
        if picture is self._studio.current:
            self._studio.settle()
        try:
            artwork = pasting.added(picture.document.committed, read.layers)
        except EditError as error:
            self._studio.refuse(error)
            return
        picture.document.commit(INSERT, artwork)

    def _refused(self, name: str, error: Exception) -> None:
        words = {"file": name, "reason": self._studio.filing.sentence(error, name)}
        self._studio.tell(Notice(kind="error", text=NOT_INSERTED, arguments=words))

    def not_fetched(self) -> None:
        """A browser gave only where its picture is."""
        self._studio.tell(Notice(kind="info", text=NOT_FETCHED))


class _Read(NamedTuple):
    layers: tuple[Paint, ...]
    failed: tuple[tuple[str, Exception], ...]


def _layer_of(one: Incoming, artwork: Artwork, place: Point) -> Paint:
    """A layer with the picture's own size, its middle at ``place``. Raises DecodeError."""
    from studio.project.decode import decode  # Pillow is not loaded before it is wanted
    from studio.project.surfaces import surface_of

    decoded = decode(one.read(), one.name)
    height, width = decoded.pixels.shape[:2]
    surface = surface_of(decoded.pixels, decoded.opaque)
    space = ColourSpace(name=decoded.colour_name, icc=decoded.icc)
    surface = converted(surface, space, artwork)
    x, y = pasting.shift_onto(Rect(0, 0, width, height), place)
    where = (1.0, 0.0, 0.0, 1.0, float(x), float(y))
    return Paint(name=Path(one.name).stem or one.name, surface=surface, transform=where)


def converted(surface: Surface, space: ColourSpace, artwork: Artwork) -> Surface:
    """The surface in the colours and the precision of the artwork, tile by tile."""
    if colours.same(space, artwork.colour_space) and surface.dtype == artwork.dtype:
        return surface
    quick = surface.dtype == np.float16
    made: dict[tuple[int, int], Tile] = {}
    for key, tile in surface.tiles.items():
        pixels = colours.pixels_between(widen(tile.pixels()), space, artwork.colour_space, quick=quick)
        made[key] = Tile(as_type(pixels, artwork.dtype))
    return Surface(made, artwork.dtype)
