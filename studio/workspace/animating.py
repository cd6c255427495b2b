"""Patterns and noise filters along their third axis: played under the hand, and written as a loop without a seam."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
import numpy as np

from studio.document import edits, tree
from studio.document.artwork import Artwork
from studio.document.layer import Affine, Fill, Filter, Group, Paint, inverse, joined
from studio.document.lifting import SHARED
from studio.filters import FILTERS
from studio.jobs.job import JobFailed, JobFinished, Priority
from studio.project.animation import write_animation
from studio.raster.colour import as_type
from studio.raster.geometry import Rect
from studio.raster.resample import resize
from studio.raster.surface import Surface
from studio.recipe import QT_TRANSLATE_NOOP, Stored, declare, from_plain, store
from studio.render.fills import FILLS
from studio.render.renderer import Renderer
from studio.render.whole import EngineApply
from studio.synthesis import fills, looping
from studio.synthesis.pattern import ROWS
from studio.workspace import colours, fusing
from studio.workspace.fill_layers import OWNER
from studio.workspace.filtering import OWNER as FILTER_OWNER
from studio.workspace.live_frames import Frame, LiveFrames
from studio.workspace.notices import Notice

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

SIDE = 384
"""Pixels of the longer side at which a pattern is played."""
PACE = 0.5
"""Steps of time that pass in a second while it is played."""
MAKING = QT_TRANSLATE_NOOP("jobs", "Writing the loop {file}")
WRITTEN = QT_TRANSLATE_NOOP("notices", "The loop was written: {file}.")
NOT_WRITTEN = QT_TRANSLATE_NOOP("notices", "The loop was not written. {reason}")
_WORDS = (QT_TRANSLATE_NOOP("recipe", "pattern"), QT_TRANSLATE_NOOP("recipe", "picture"))
"""Words of the choices below, which their declarations hold as plain literals."""


class LoopFilm(msgspec.Struct, frozen=True, kw_only=True):
    """How a loop is written: so long, so large, so often wholly another pattern on the way."""

    seconds: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Length"), low=0.2, high=600, soft_high=20, step=0.1, unit="s")
    ] = 4.0  # fmt: skip
    rate: Annotated[
        int, declare(QT_TRANSLATE_NOOP("recipe", "Frames a second"), low=1, high=60, step=1)
    ] = 25  # fmt: skip
    side: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Size"), low=16, high=4096, soft_high=2048, step=2, unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "The longer side; the other one follows the picture."),
        ),
    ] = 720  # fmt: skip
    steps: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Changes"), low=1, high=100, soft_high=20, step=1,
            description=QT_TRANSLATE_NOOP("recipe", "How often it becomes wholly another pattern before it comes round."),
        ),
    ] = looping.STEPS  # fmt: skip
    what: Annotated[
        Literal["pattern", "picture"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Shows"),
            description=QT_TRANSLATE_NOOP("recipe", "The pattern alone, or all of the picture with it in its place."),
        ),
    ] = "pattern"  # fmt: skip

    @property
    def frames(self) -> int:
        return max(2, round(self.seconds * self.rate))

    def size(self, artwork: Artwork) -> tuple[int, int]:
        """Width and height, both even as videos need them."""
        share = self.side / max(artwork.width, artwork.height)
        width, height = (max(2, round(one * share / 2) * 2) for one in (artwork.width, artwork.height))
        return width, height


def plays(layer: object) -> bool:
    """Whether this is a fill layer that changes with time."""
    kind = fills.FILL_KINDS.get(layer.recipe.name) if isinstance(layer, Fill) else None
    return kind is not None and looping.has_time(kind.parameters)


def filter_plays(layer: object) -> bool:
    """Whether this is a filter layer that changes with time."""
    kind = FILTERS.get(layer.recipe.name) if isinstance(layer, Filter) else None
    return kind is not None and looping.has_time(kind.parameters)


class FilterPlaying:
    """A filter layer that runs along its third axis on the canvas: each moment is a preview, drawn as under a slider."""

    def __init__(self, studio: Studio, layer_id: str) -> None:
        self._studio, self._layer = studio, layer_id
        self._picture = studio.current

    def ask(self, values: Any) -> bool:
        """Whether it is shown: nothing is while other work goes on, or another layer was chosen."""
        picture, target = self._picture, self._studio.filtering.target
        if picture is None or picture is not self._studio.current:
            return False
        if target is None or target.id != self._layer or picture.document.gesture_open:
            return False
        if picture.document.preview_owner not in (None, FILTER_OWNER):
            return False
        self._studio.filtering.change(self._layer, values)
        return True

    def stop(self) -> None:
        """What was asked for is shown already."""


class Playing:
    """A fill layer that runs along its third axis on the canvas: frames are made on the render lane, the newest asked for.

    They are previews of the fill layers' owner, so that its ``release`` and ``revert`` end them like any other change.
    """

    def __init__(self, studio: Studio, layer_id: str) -> None:
        self._studio, self._layer = studio, layer_id
        self._picture = studio.current
        self._live = LiveFrames(studio.render_lane, "playing", self._show)
        self.shown = 0
        """Frames that were shown."""

    def ask(self, values: Any) -> bool:
        """Shows the layer with these values as soon as that can be, if it is there; what was asked before and waits is left
        out."""
        picture = self._picture
        if picture is None or picture is not self._studio.current:
            return False
        artwork = picture.document.committed
        layer = artwork.find(self._layer)
        if not isinstance(layer, Fill):
            return False
        own = colours.values_entering(values, artwork.colour_space, (fills.parameters_of(layer.recipe),))
        self._live.ask(partial(frame, artwork, layer, own))
        return True

    def _show(self, artwork: Artwork) -> None:
        picture = self._picture
        if (
            picture is not None
            and picture.document.preview_owner in (None, OWNER)
            and not picture.document.gesture_open
        ):
            self.shown += 1
            picture.document.preview(OWNER, artwork)

    def stop(self) -> None:
        self._live.stop()


def frame(artwork: Artwork, layer: Fill, values: Any) -> Frame:
    """The artwork with the pattern of these values at preview size in the layer's place; a strip of rows a step."""
    stored, transform = (
        fills.FILL_KINDS[layer.recipe.name].stored(values),
        tree.transform_of(artwork, layer.id),
    )
    pixel, paint = _painter(stored, transform, max(1.0, max(artwork.width, artwork.height) / SIDE))
    part = Rect(0, 0, math.ceil(artwork.width / pixel), math.ceil(artwork.height / pixel))
    strips = []
    for top in range(part.top, part.bottom, ROWS):
        strips.append(paint(Rect(part.left, top, part.right, min(top + ROWS, part.bottom))))
        yield
    pixels = as_type(np.concatenate(strips), artwork.dtype)
    surface = Surface.from_pixels(pixels)
    # it was painted where the layer lies, and must not be moved there once more with the layer's mask
    there = joined(inverse(transform), (pixel, 0.0, 0.0, pixel, 0.0, 0.0))
    shown = Paint(name=layer.name, surface=surface, transform=there)
    group = Group(**{name: getattr(layer, name) for name in SHARED}, children=(shown,))
    return tree.rewrite(artwork, layer.id, lambda _: (group,))


def _painter(stored: Stored, transform: Affine, pixel: float) -> tuple[float, Callable[[Rect], np.ndarray]]:
    """(document pixels of one that is shown, what paints them): a pattern's of any size, a noise's of the next mip level."""
    maker = FILLS[stored.name]
    if not maker.any_pixel:
        pixel = 2.0 ** math.ceil(math.log2(pixel))
    return pixel, lambda rect: maker.placed(stored.parameters, transform, rect, pixel)


def write(studio: Studio, layer_id: str, values: Any, path: str, film: LoopFilm) -> None:
    """Writes the loop of a fill or filter layer with these values as ``path``, by its ending, in the background; nothing in the picture
    changes."""
    picture = studio.current
    layer = None if picture is None else picture.document.committed.find(layer_id)
    if picture is None or not isinstance(layer, Fill | Filter):
        return
    artwork, name = picture.document.committed, Path(path).name
    own = colours.values_entering(values, artwork.colour_space, (_values(layer),))
    artwork = edits.change(artwork, layer_id, recipe=_stored(layer, own))
    width, height = film.size(artwork)

    def stop() -> None:
        job.cancel()
        studio.jobs.end(line)

    def arrived(event: object) -> None:
        if isinstance(event, int):
            studio.jobs.progress(line, event, film.frames)
            return
        if not isinstance(event, JobFinished | JobFailed):
            return
        studio.jobs.end(line)
        if isinstance(event, JobFinished):
            studio.tell(Notice(kind="done", text=WRITTEN, arguments={"file": name}))
        else:
            reason = {"reason": studio.filing.sentence(event.error, name)}
            studio.tell(Notice(kind="error", text=NOT_WRITTEN, arguments=reason, details=event.details))

    def work() -> Generator[int, None, None]:
        shown = frames(artwork, layer_id, film, studio.engine_filters)
        yield from write_animation(path, shown, width, height, film.rate)

    line = studio.jobs.begin(MAKING, {"file": name}, stop)
    job = studio.files_lane.submit(work, label="loop", priority=Priority.background, on_event=arrived)


def _values(layer: Fill | Filter) -> Any:
    """Raises RecipeError."""
    if isinstance(layer, Fill):
        return fills.parameters_of(layer.recipe)
    return from_plain(FILTERS[layer.recipe.name].parameters, layer.recipe.parameters)


def _stored(layer: Fill | Filter, values: Any) -> Stored:
    if isinstance(layer, Fill):
        return fills.FILL_KINDS[layer.recipe.name].stored(values)
    kind = FILTERS[layer.recipe.name]
    return store(kind.name, kind.version, values)


def frames(
    artwork: Artwork, layer_id: str, film: LoopFilm, engine: EngineApply | None = None
) -> Iterator[np.ndarray]:
    """uint8 RGB [height, width, 3] of each moment of the loop, in sRGB over white."""
    renderer = Renderer(budget_bytes=128 << 20, to_srgb=colours.to_srgb, engine=engine)
    width, height = film.size(artwork)
    layer = artwork.find(layer_id)
    assert isinstance(layer, Fill | Filter)
    values = _values(layer)
    values = msgspec.structs.replace(values, loop=film.steps, time=math.fmod(values.time, film.steps))
    if film.what == "pattern" and isinstance(layer, Fill):
        artwork = artwork.with_(layers=(fusing.alone(artwork, layer).with_(mask=None, effects=()),))
    for one in looping.turn(values, film.frames):
        moment = edits.change(artwork, layer_id, recipe=_stored(layer, one))
        for job in renderer.whole_jobs(moment):
            for _ in job.steps:
                pass
        shown = renderer.thumbnail(moment, max(width, height)).astype(np.float32) / 255
        shown = shown[..., :3] * shown[..., 3:] + (1 - shown[..., 3:])
        if shown.shape[:2] != (height, width):
            shown = resize(shown, width, height, "area")
        yield np.rint(255 * np.clip(shown, 0, 1)).astype(np.uint8)
