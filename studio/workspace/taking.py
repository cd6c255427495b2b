"""What a filter takes from another picture, a layer or a file: its colours, its tones, or itself as a map."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import numpy as np

from studio.document.artwork import Artwork, ColourSpace
from studio.document.errors import EditError
from studio.document.layer import Filter
from studio.jobs.job import JobFailed, JobFinished, Priority
from studio.raster import full_map
from studio.raster.geometry import Rect, tile_keys
from studio.recipe import QT_TRANSLATE_NOOP, Attached, RecipeError
from studio.render.renderer import Renderer
from studio.render.whole import EngineApply
from studio.workspace import colours
from studio.workspace.notices import Notice

if TYPE_CHECKING:
    from studio.filters import FilterKind
    from studio.jobs.lane import Lane
    from studio.workspace.studio import Studio

MEASURING = QT_TRANSLATE_NOOP("jobs", "Measuring {name}")
NOT_TAKEN = QT_TRANSLATE_NOOP("notices", "Nothing was taken from {file}: {reason}")
NOTHING_SEEN = QT_TRANSLATE_NOOP(
    "document",
    "“{name}” shows nothing on the canvas that colours could be taken from. Choose another layer, or a file.",
)
NOTHING_IN_FILE = QT_TRANSLATE_NOOP(
    "document", "“{name}” is wholly transparent: there are no colours to take. Choose another file."
)
NOT_TAKING = QT_TRANSLATE_NOOP(
    "recipe", "the filter {name} takes nothing from another picture; those that do are: {known}"
)
NOTHING_LIKE = QT_TRANSLATE_NOOP(
    "document", "The picture to take colours from is wholly transparent. Choose another one."
)
MAPPED: Mapping[str, tuple[str, str]] = MappingProxyType({
    "displace": ("source", "map"),
    "lens-blur": ("sharp", "at-a-depth"),
})  # fmt: skip
"""Filters that take another picture as their ``map``, each with the choice that makes it count."""
TAKING = ("colour-transfer", "histogram-match", *MAPPED)
"""The filters whose values can be measured of a picture."""

Found = dict[str, Any]
Receive = Callable[[Found], None]


def shown_names(kind: FilterKind) -> tuple[str, ...]:
    """The parameters that a form shows of a filter; a map is chosen beside it, since it is made on a lane."""
    return tuple(
        name for name in kind.parameters.__struct_fields__ if kind.name not in MAPPED or name != "map"
    )


def sources(artwork: Artwork, without: str) -> list[tuple[str, str]]:
    """(id, name) of the layers that can be taken from, the topmost first; ``without``: the layer that is filtered itself."""
    found = [layer for layer in artwork.walk() if not isinstance(layer, Filter) and layer.id != without]
    return [(layer.id, layer.name) for layer in reversed(found)]


def take_layer(studio: Studio, name: str, layer_id: str, receive: Receive) -> None:
    """Measures a layer, alone and opaque, on the render lane; ``receive`` gets the values of filter ``name`` that it gave."""
    picture = studio.current
    layer = picture.document.committed.find(layer_id) if picture is not None else None
    if picture is None or layer is None:
        return
    from studio.workspace import fusing  # its ways of blending are not loaded before they are wanted

    artwork, renderer = picture.document.committed, picture.renderer
    shown = artwork.with_(layers=(fusing.alone(artwork, layer),))

    def work() -> Generator[None, None, Found]:
        return (yield from _measured(name, Source(renderer, shown, None), NOTHING_SEEN, layer.name))

    _start(studio, studio.render_lane, work, layer.name, receive)


def take_file(studio: Studio, name: str, path: str, receive: Receive) -> None:
    """The same of a picture file or project, its colours brought into the space of the picture; read on the files lane."""
    picture = studio.current
    if picture is None:
        return
    space, shown = picture.document.committed.colour_space, Path(path).name

    def work() -> Generator[None, None, Found]:
        from studio.project.load import open_any  # Pillow is not loaded before it is wanted

        artwork = open_any(Path(path))
        yield
        source = yield from read(artwork, space, studio.engine_filters)
        return (yield from _measured(name, source, NOTHING_IN_FILE, shown))

    _start(studio, studio.files_lane, work, shown, receive)


def at_once(name: str, like: Artwork, space: ColourSpace) -> Found:
    """The values of filter ``name``, plain, that a picture gives to one of colour space ``space``.

    Raises RecipeError for a filter that takes nothing, EditError for a wholly transparent picture.
    """
    from studio.filters.kind import finished

    check(name)
    source = finished(read(like, space))
    return msgspec.to_builtins(finished(_measured(name, source, NOTHING_LIKE, "")))


def check(name: str) -> None:
    """Raises RecipeError for a filter that takes nothing from another picture."""
    if name not in TAKING:
        raise RecipeError(NOT_TAKING, name=name, known=", ".join(TAKING))


def read(
    artwork: Artwork, space: ColourSpace, engine: EngineApply | None = None
) -> Generator[None, None, Source]:
    """A flattened artwork, ready to be read; its filters over the whole picture, and those of the ``engine``, are computed first."""
    renderer = Renderer(engine=engine)
    for job in renderer.whole_jobs(artwork):
        for _ in job.steps:
            yield
    return Source(renderer, artwork, space)


class Source(NamedTuple):
    """An artwork to be measured, whose colours are meant in ``space``; None: in its own."""

    renderer: Renderer
    artwork: Artwork
    space: ColourSpace | None

    def strips(self) -> Iterator[np.ndarray]:
        """What is seen on the canvas, tile by tile, premultiplied float32 [h, w, 4]."""
        own = self.artwork.colour_space
        for key in tile_keys(self.artwork.rect):
            part = self.renderer.compose(self.artwork, Rect.of_tile(key).intersect(self.artwork.rect))
            yield part if self.space is None else colours.pixels_between(part, own, self.space)

    def moves(self) -> Generator[None, None, np.ndarray | None]:
        """All of it in its own numbers as a map at full size, tile by tile; None where nothing is seen. A picture too large for
        a map is as large as one can be."""
        rect, level = self.artwork.rect, full_map.fitting(self.artwork.width, self.artwork.height)
        whole, seen = rect.at_level(level), False
        out = np.empty((whole.height, whole.width, 2), np.float16)
        for key in tile_keys(whole):
            part = Rect.of_tile(key).intersect(whole)
            pixels = self.renderer.compose(self.artwork, part, level)
            seen = seen or bool(pixels[..., 3].any())
            here = part.move(-whole.left, -whole.top)
            out[here.top : here.bottom, here.left : here.right] = full_map.moves(pixels)
            yield
        return out if seen else None


def _measured(name: str, source: Source, nothing: str, shown: str) -> Generator[None, None, Found]:
    from studio.filters.transfer import taking

    found: Found | None = None
    if name not in MAPPED:
        found = yield from taking(name, source.strips())
    else:
        values = yield from source.moves()
        if values is not None:
            content = yield from full_map.packing(values)
            full_map.prepared(content)
            choice, here = MAPPED[name]
            found = {choice: here, "map": Attached(name=shown, content=content)}
    if found is None:
        raise EditError(nothing, name=shown)
    return found


def _start(
    studio: Studio,
    lane: Lane,
    work: Callable[[], Generator[None, None, Found]],
    shown: str,
    receive: Receive,
) -> None:
    """Drives ``work`` on a lane, with a line that stops it; what is wrong becomes a card that names ``shown``."""

    def stop() -> None:
        job.cancel()
        studio.jobs.end(line)

    def arrived(event: object) -> None:
        if event is None:
            return
        studio.jobs.end(line)
        if isinstance(event, JobFinished):
            receive(event.result)
        elif isinstance(event, JobFailed) and isinstance(event.error, EditError):
            studio.refuse(event.error)
        elif isinstance(event, JobFailed):
            words = {"file": shown, "reason": studio.filing.sentence(event.error, shown)}
            studio.tell(Notice(kind="error", text=NOT_TAKEN, arguments=words, details=event.details))

    line = studio.jobs.begin(MEASURING, {"name": shown}, stop)
    job = lane.submit(work, label="taking", priority=Priority.normal, on_event=arrived)
