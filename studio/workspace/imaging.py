"""The Image menu: what changes the whole picture, or a layer's place, as one step; long work on the render lane."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING

import numpy as np

from studio.document import arranging, linking, placing, tree
from studio.document.arranging import Axis, Side
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import Fill, Filter
from studio.jobs.job import JobFailed, JobFinished, Priority
from studio.raster.geometry import Rect
from studio.raster.rescale import Kernel
from studio.recipe import QT_TRANSLATE_NOOP, RecipeError
from studio.workspace import notices, reshaping
from studio.workspace.asking import Ask, EngineFailed
from studio.workspace.reshaping import Quarter, Steps

if TYPE_CHECKING:
    from studio.render.renderer import Renderer
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

IMAGE_SIZE = QT_TRANSLATE_NOOP("history", "Image size")
CANVAS_SIZE = QT_TRANSLATE_NOOP("history", "Canvas size")
ROTATE = QT_TRANSLATE_NOOP("history", "Rotate picture")
FLIP = QT_TRANSLATE_NOOP("history", "Flip picture")
TRIM = QT_TRANSLATE_NOOP("history", "Trim")
REVEAL = QT_TRANSLATE_NOOP("history", "Reveal all")
ROTATE_LAYER = QT_TRANSLATE_NOOP("history", "Rotate layer")
FLIP_LAYER = QT_TRANSLATE_NOOP("history", "Flip layer")
TRIM_LAYER = QT_TRANSLATE_NOOP("history", "Trim layer")
APPLY = QT_TRANSLATE_NOOP("history", "Apply transform")
ALIGN = QT_TRANSLATE_NOOP("history", "Align")
DISTRIBUTE = QT_TRANSLATE_NOOP("history", "Distribute")
RESOLUTION = QT_TRANSLATE_NOOP("history", "Resolution")
CROP = QT_TRANSLATE_NOOP("history", "Crop")
NO_ENGINE = QT_TRANSLATE_NOOP(
    "document", 'This needs the engine, which is not installed here. Run: pip install "danqing[engine]"'
)
_NOTHING = QT_TRANSLATE_NOOP(
    "document", "There is nothing to trim: the picture is empty or all of one colour."
)
_NOT_SELECTED = QT_TRANSLATE_NOOP(
    "document", "The selection is empty. Select what the picture is to be cropped to."
)
Making = Callable[[Artwork], Generator["float | Artwork | Ask", None, Artwork]]
"""Steps of an edit: yields the part done, 0–1, a guess to be shown or a question to the engine; returns the new artwork."""
SHOWN = "guess"
"""Whose preview a guess is that comes before the result."""
_TOLERANCE = 1.5 / 255
_STRIP = 256

Anchor = tuple[float, float]
"""(across, down), each 0, ½ or 1: which part of the old canvas keeps its place in the new one."""


def at_once(studio: Studio, label: str, edit: Callable[[Artwork], Artwork]) -> None:
    """An edit that costs nothing, as one step; a refused one becomes a card."""
    picture = studio.current
    if picture is None or picture.document.gesture_open:
        return
    studio.settle()
    try:
        artwork = edit(picture.document.committed)
    except EditError as error:
        studio.refuse(error)
        return
    if artwork is not picture.document.committed:
        picture.document.commit(label, artwork)


def in_background(
    studio: Studio,
    label: str,
    make: Making,
    then: Callable[[], None] | None = None,
    *,
    keep_shown: bool = False,
) -> Callable[[], None]:
    """Runs the steps of an edit on the render lane and commits what they return as one step. What it returns drops them, as
    long as they have not been run again; what is shown stays. ``keep_shown``: what a guess shows already stays, too.

    Where the picture was changed meanwhile they are run again on what it is then. An artwork that the steps yield is shown
    until they are done, or something else begins. ``then`` is called once the result is in the document.
    """
    picture = studio.current
    if picture is None or picture.document.gesture_open:
        return lambda: None
    studio.settle(keep=SHOWN if keep_shown else "")
    return _start(studio, picture, label, make, then)


def _start(
    studio: Studio, picture: Picture, label: str, make: Making, then: Callable[[], None] | None
) -> Callable[[], None]:
    artwork = picture.document.committed
    asked: list[int] = []

    def drop() -> None:
        job.cancel()
        if asked and studio.engine is not None:
            studio.engine.cancel(asked[0])
        studio.jobs.end(line)

    def stop() -> None:
        drop()
        picture.document.revert(SHOWN)

    words = {"edit": studio.translate("history", label)}
    line = studio.jobs.begin(QT_TRANSLATE_NOOP("jobs", "{edit}"), words, stop)

    def arrived(event: object) -> None:
        if isinstance(event, float):
            studio.jobs.progress(line, round(event * 100), 100)
            return
        if isinstance(event, Artwork):
            _show(picture, artwork, event)
            return
        if isinstance(event, Ask):
            asked[:] = ask_engine(studio, event)
            return
        studio.jobs.end(line)
        if isinstance(event, JobFailed):
            picture.document.revert(SHOWN)
            _failed(studio, event)
        elif isinstance(event, JobFinished):
            picture.document.when_idle(
                lambda: _arrived(studio, picture, label, make, artwork, event.result, then), SHOWN
            )

    job = studio.render_lane.submit(
        lambda: make(artwork), label=label, priority=Priority.normal, on_event=arrived
    )
    return drop


def ask_engine(studio: Studio, ask: Ask, priority: Priority = Priority.normal) -> list[int]:
    """The engine's job that answers; none where there is no engine, which the steps are told by an EditError."""
    if studio.engine is None:
        ask.refuse(EditError(NO_ENGINE))
        return []
    return [studio.engine.submit(ask.request, priority=priority, on_event=ask.hear)]


def _show(picture: Picture, before: Artwork, guess: Artwork) -> None:
    """A guess that comes before the result, if nothing else goes on."""
    document = picture.document
    if document.is_idle(SHOWN) and document.committed is before:
        document.preview(SHOWN, guess)


def _failed(studio: Studio, event: JobFailed) -> None:
    if isinstance(event.error, EditError):
        studio.refuse(event.error)
        return
    if isinstance(event.error, EngineFailed):
        studio.engine_failed(event.error.event, notices.NOT_PAINTED)
        return
    if isinstance(event.error, RecipeError):
        words = studio.translate("recipe", event.error.text).format(**event.error.arguments)
    else:
        words = studio.filing.sentence(event.error)
    reason = {"reason": words}
    studio.tell(
        notices.Notice(kind="error", text=notices.NOT_PAINTED, arguments=reason, details=event.details)
    )


def _arrived(
    studio: Studio,
    picture: Picture,
    label: str,
    make: Making,
    before: Artwork,
    after: Artwork,
    then: Callable[[], None] | None,
) -> None:
    if picture not in studio.pictures:
        return
    picture.document.revert(SHOWN)
    if picture.document.committed is not before:
        _start(studio, picture, label, make, then)
    elif after is not before:
        picture.document.commit(label, after)
        if then is not None:
            then()


# ---- the whole picture


def resize(studio: Studio, width: int, height: int, kernel: Kernel, ppi: float) -> None:
    """Another size in pixels; the same size only sets the resolution."""
    picture = studio.current
    if picture is None:
        return
    artwork = picture.document.artwork
    if (width, height) == (artwork.width, artwork.height):
        at_once(studio, RESOLUTION, lambda now: now if now.ppi == ppi else now.with_(ppi=ppi))
        return
    try:
        reshaping.check_size(width, height)
    except EditError as error:
        studio.refuse(error)
        return
    in_background(studio, IMAGE_SIZE, lambda now: reshaping.resized(now, width, height, kernel, ppi))


def resize_canvas(studio: Studio, width: int, height: int, anchor: Anchor) -> None:
    """More or less room around the picture; nothing is resampled and nothing is lost."""

    def edit(artwork: Artwork) -> Artwork:
        left = -round((width - artwork.width) * anchor[0])
        top = -round((height - artwork.height) * anchor[1])
        return reshaping.reframed(artwork, Rect.of(left, top, width, height))

    at_once(studio, CANVAS_SIZE, edit)


def turn(studio: Studio, kind: Quarter) -> None:
    """The whole picture a quarter or half turn, or its mirror image."""
    label = FLIP if kind in ("x", "y") else ROTATE
    in_background(studio, label, lambda artwork: reshaping.turned(artwork, kind))


def trim(studio: Studio) -> None:
    """Away with transparent borders, or with those of the colour in the upper left corner."""
    picture = studio.current
    if picture is None:
        return
    renderer = picture.renderer

    def steps(artwork: Artwork) -> Steps:
        bounds = yield from content(renderer, artwork)
        if bounds.empty:
            raise EditError(_NOTHING)
        return reshaping.reframed(artwork, bounds)

    in_background(studio, TRIM, steps)


def crop_to_selection(studio: Studio) -> None:
    """The canvas becomes the selection's bounds; pixels beyond stay with their layers."""

    def edit(artwork: Artwork) -> Artwork:
        selection = artwork.selection
        bounds = placing.content_of(selection) if selection is not None else artwork.rect
        bounds = bounds.intersect(artwork.rect)
        if bounds.empty:
            raise EditError(_NOT_SELECTED)
        return reshaping.reframed(artwork, bounds).with_(selection=None)

    at_once(studio, CROP, edit)


def reveal_all(studio: Studio) -> None:
    """The canvas grows until it holds every pixel of every layer."""

    def edit(artwork: Artwork) -> Artwork:
        ids = [layer.id for layer in artwork.layers if not isinstance(layer, Fill | Filter)]
        frame = placing.frame_of(artwork, ids)
        if frame is None:
            return artwork
        left, top, right, bottom = frame
        # A hair beyond a whole pixel is the dust of a transform, not a pixel.
        shown = Rect(
            math.floor(left + 0.01), math.floor(top + 0.01), math.ceil(right - 0.01), math.ceil(bottom - 0.01)
        )
        return reshaping.reframed(artwork, artwork.rect.unite(shown))

    at_once(studio, REVEAL, edit)


def content(renderer: Renderer, artwork: Artwork) -> Generator[float, None, Rect]:
    """The smallest rectangle around what differs from the border: from its transparency, or from its upper left colour.

    Looks at strips from each side inwards and stops at the first that holds something.
    """
    corner = renderer.compose(artwork, Rect(0, 0, 1, 1))[0, 0]
    edges: list[int] = []
    for side in ("top", "bottom", "left", "right"):
        area = artwork.rect
        if side in ("left", "right") and edges:
            area = Rect(0, edges[0], artwork.width, edges[1])
        edge = yield from _edge(renderer, artwork, area, side, corner)
        if edge is None:
            return Rect(0, 0, 0, 0)
        edges.append(edge)
    top, bottom, left, right = edges
    return Rect(left, top, right, bottom)


def _edge(
    renderer: Renderer, artwork: Artwork, area: Rect, side: str, corner: np.ndarray
) -> Generator[float, None, int | None]:
    """Where the content begins, seen from one side; None where there is none."""
    upright = side in ("top", "bottom")
    length = area.height if upright else area.width
    for start in range(0, length, _STRIP):
        low, high = start, min(start + _STRIP, length)
        if side in ("bottom", "right"):
            low, high = length - high, length - low
        strip = (
            Rect(area.left, area.top + low, area.right, area.top + high)
            if upright
            else Rect(area.left + low, area.top, area.left + high, area.bottom)
        )
        filled = np.zeros(high - low, bool)
        for part in _parts(strip):
            pixels = renderer.compose(artwork, part)
            differs = _differs(pixels, corner)
            first = (part.top - strip.top) if upright else (part.left - strip.left)
            found: np.ndarray = np.any(differs, axis=1 if upright else 0)
            filled[first : first + len(found)] |= found
            yield 0.5 * start / length
        if filled.any():
            inner = (
                int(filled.argmax()) if side in ("top", "left") else len(filled) - int(filled[::-1].argmax())
            )
            return (area.top if upright else area.left) + low + inner
    return None


def _parts(strip: Rect) -> list[Rect]:
    return [
        Rect(x, y, min(x + 2 * _STRIP, strip.right), min(y + _STRIP, strip.bottom))
        for y in range(strip.top, strip.bottom, _STRIP)
        for x in range(strip.left, strip.right, 2 * _STRIP)
    ]


def _differs(pixels: np.ndarray, corner: np.ndarray) -> np.ndarray:
    if corner[3] <= 0:
        return pixels[..., 3] > 0
    return np.any(np.abs(pixels - corner) > _TOLERANCE, axis=2)


# ---- layers


def turn_layers(studio: Studio, kind: Quarter) -> None:
    """The selected layers, each about its own middle; linked ones together about theirs."""
    label = FLIP_LAYER if kind in ("x", "y") else ROTATE_LAYER

    def steps(artwork: Artwork) -> Steps:
        done: set[str] = set()
        placing.check_seen(artwork, _chosen(artwork))
        for layer_id in linking.movable(artwork, _chosen(artwork)):
            if layer_id in done:
                continue
            together = linking.movable(artwork, [layer_id])
            done.update(together)
            if len(together) > 1:
                artwork = reshaping.layers_turned(artwork, together, kind)
            else:
                artwork = yield from reshaping.layer_turned(artwork, layer_id, kind)
        return artwork

    in_background(studio, label, steps)


def cut_layers(studio: Studio) -> None:
    """The selected layers lose their pixels beyond the canvas."""

    def steps(artwork: Artwork) -> Steps:
        for layer_id in _chosen(artwork):
            artwork = yield from reshaping.layer_cut(artwork, layer_id)
        return artwork

    in_background(studio, TRIM_LAYER, steps)


def apply_transforms(studio: Studio) -> None:
    """Transforms of the selected paint layers become pixels."""

    def steps(artwork: Artwork) -> Steps:
        for layer_id in _chosen(artwork):
            artwork = yield from reshaping.layer_made_real(artwork, layer_id)
        return artwork

    in_background(studio, APPLY, steps)


def reset_transforms(studio: Studio) -> None:
    """The selected layers where and as they were before any transform."""

    def edit(artwork: Artwork) -> Artwork:
        for layer_id in _chosen(artwork):
            placing.check_movable(artwork, layer_id)
            artwork = tree.rewrite(
                artwork, layer_id, lambda layer: (layer.with_(transform=_IDENTITY, warp=()),)
            )
        return artwork

    at_once(studio, QT_TRANSLATE_NOOP("history", "Reset transform"), edit)


_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def align(studio: Studio, side: Side) -> None:
    at_once(studio, ALIGN, lambda artwork: arranging.aligned(artwork, _chosen(artwork), side))


def distribute(studio: Studio, axis: Axis) -> None:
    at_once(studio, DISTRIBUTE, lambda artwork: arranging.distributed(artwork, _chosen(artwork), axis))


def _chosen(artwork: Artwork) -> list[str]:
    return placing.topmost(artwork, [layer.id for layer in artwork.chosen])
