"""Fills: the region under the pen is found and coloured on the render lane, one after the other, each one undo step."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from msgspec.structs import replace

from studio.document import covering, edits, selecting
from studio.document.artwork import SRGB, Artwork, ColourSpace
from studio.document.covering import Cover, Ink, Target
from studio.document.errors import EditError
from studio.document.layer import Group, Layer, Paint
from studio.document.painting import WITH_PIXELS, check_room
from studio.jobs.job import Job, JobFailed, JobFinished, Priority
from studio.raster import flood
from studio.raster.geometry import Rect, tile_keys
from studio.raster.surface import Surface
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import naming, notices
from studio.workspace.imaging import SHOWN
from studio.workspace.outside import ALPHA_LOCKED
from studio.workspace.tools.landing import covered_by
from studio.workspace.used_colours import Colour

if TYPE_CHECKING:
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

Work = Callable[[Artwork], Generator[float, None, Artwork]]
"""Steps of an edit: yields the part done, 0–1, and returns the new artwork."""
Read = Callable[[Rect], np.ndarray]
Inks = Callable[[ColourSpace], Ink]
"""An ink for each colour space: it has the same look in all of them."""
FIRST_WINDOW = 1024
"""Side of the square around the pen in which a region is looked for first; it is doubled as long as it runs over."""
BLOCK = (512, 256)
STRIP = 256
NO_REFERENCE = QT_TRANSLATE_NOOP(
    "document",
    "No layer is marked as reference for fills. Mark your line art: Layer ▸ Reference for fills.",
)
OUTSIDE = QT_TRANSLATE_NOOP("document", "There is nothing to fill here: the place lies outside the picture.")
NOT_SELECTED = QT_TRANSLATE_NOOP(
    "document", "There is nothing to fill here: the place lies outside the selection."
)
FILL_LAYER = QT_TRANSLATE_NOOP("layer-names", "Fill")


class Region(msgspec.Struct, frozen=True, kw_only=True):
    """What is filled: pixels like the one at (x, y). ``tolerance`` 0–1, ``gap`` and ``grow`` in pixels.

    ``sample``: ``all`` the picture as shown, ``layer`` the active layer alone, ``reference`` the layers marked for it.
    """

    x: int
    y: int
    tolerance: float = 0.1
    contiguous: bool = True
    gap: int = 0
    grow: int = 0
    smooth: bool = True
    sample: str = "all"


class _Waiting(msgspec.Struct, frozen=True):
    picture: Picture
    label: str
    work: Work
    name: str
    colours: tuple[Colour, ...]
    guess: Artwork | None
    before: Artwork


class Filling:
    """``run`` takes one after the other: a second press while the first still works waits for it."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._queue: deque[_Waiting] = deque()
        self._job: Job | None = None

    @property
    def busy(self) -> bool:
        return self._job is not None

    def run(
        self,
        picture: Picture,
        label: str,
        work: Work,
        name: str = "",
        colours: tuple[Colour, ...] = (),
        guess: Artwork | None = None,
    ) -> None:
        """Queues an edit of ``picture``; begun on what there is when its turn comes, and anew if that changes.

        ``name``: what a new layer is called after it. ``colours``: what it lays down. ``guess``: shown until the edit of the
        present picture is done, or something else begins.
        """
        before = picture.document.committed
        self._queue.append(_Waiting(picture, label, work, name, colours, guess, before))
        if self._job is None:
            self._next()

    def _next(self) -> None:
        while self._queue:
            waiting = self._queue.popleft()
            if waiting.picture in self._studio.pictures:
                self._begin(waiting)
                return

    def _begin(self, waiting: _Waiting) -> None:
        document = waiting.picture.document
        start = document.committed

        def stop() -> None:
            if self._job is not None:
                self._job.cancel()
            document.revert(SHOWN)
            self._end(line)

        def arrived(event: object) -> None:
            if isinstance(event, float):
                self._studio.jobs.progress(line, round(event * 100), 100)
            elif isinstance(event, JobFailed):
                document.revert(SHOWN)
                self._failed(event)
                self._end(line)
            elif isinstance(event, JobFinished):
                document.when_idle(lambda: self._done(waiting, start, event.result, line), SHOWN)

        line = self._studio.jobs.begin(QT_TRANSLATE_NOOP("jobs", "Filling"), {}, stop)
        self._job = job = self._studio.render_lane.submit(
            lambda: waiting.work(start), label=waiting.label, priority=Priority.normal, on_event=arrived
        )
        if waiting.guess is not None and start is waiting.before:
            document.when_idle(lambda: self._show(waiting, job), SHOWN)

    def _show(self, waiting: _Waiting, job: Job) -> None:
        """The guess, if its job is still at work on the same picture."""
        document = waiting.picture.document
        if self._job is job and waiting.guess is not None and document.committed is waiting.before:
            document.preview(SHOWN, waiting.guess)

    def _done(self, waiting: _Waiting, start: Artwork, result: Artwork, line: int) -> None:
        picture = waiting.picture
        if picture in self._studio.pictures:
            if picture.document.committed is not start:
                picture.document.revert(SHOWN)
                self._studio.jobs.end(line)
                self._begin(waiting)
                return
            if waiting.name:
                result = naming.named(self._studio, start, result, waiting.name)
            if result is start and start.selection is not None and not start.quick_mask:
                self._studio.refuse(EditError(NOT_SELECTED))
            elif result is start and start.active_layer is not None and start.active_layer.locks.alpha:
                self._studio.tell(notices.Notice(kind="info", text=ALPHA_LOCKED))
            picture.document.commit(waiting.label, result, owner=SHOWN)
            self._studio.painting.used.note(waiting.colours, start)
        self._end(line)

    def _end(self, line: int) -> None:
        self._job = None
        self._studio.jobs.end(line)
        self._next()

    def _failed(self, event: JobFailed) -> None:
        if isinstance(event.error, EditError):
            self._studio.refuse(event.error)
            return
        arguments = {"reason": f"{type(event.error).__name__}: {event.error}"}
        self._studio.tell(
            notices.Notice(kind="error", text=notices.NOT_PAINTED, arguments=arguments, details=event.details)
        )

    # what is filled

    def reader(self, picture: Picture, artwork: Artwork, sample: str) -> Read:
        """Reads what a fill looks at. Raises EditError where no layer is marked as reference."""
        if sample == "layer" and artwork.active_layer is not None:
            artwork = selecting.alone(artwork, artwork.active)
        elif sample == "reference":
            artwork = only_references(artwork)
        return lambda rect: picture.renderer.compose(artwork, rect, 0)

    def region(
        self,
        picture: Picture,
        label: str,
        region: Region,
        inks: Inks,
        *,
        opacity: float,
        erase: bool,
        new_layer: bool,
        also: Sequence[tuple[int, int]] = (),
        colours: tuple[Colour, ...] = (),
    ) -> None:
        """Fills what ``region`` finds; on a new layer, or where a stroke would land.

        ``also``: further places, filled where they have the colour of the first and are not filled yet; all one step.
        """
        name = self._studio.translate("layer-names", FILL_LAYER)

        def work(artwork: Artwork) -> Generator[float, None, Artwork]:
            read = self.reader(picture, artwork, region.sample)
            beside = _lies_beside(picture, artwork, Rect.of(region.x, region.y, 1, 1))
            target, layer_id, part = landing(
                artwork, new_layer=new_layer, name=name, erase=erase, beside=beside
            )
            ink, covers = ink_for(inks, artwork, part), list[Cover]()
            for place in (_at_home(artwork, *place) for place in ((region.x, region.y), *also)):
                if covers and not _wants(read, artwork, region, place, covers):
                    continue
                cover = yield from found(read, artwork, replace(region, x=place[0], y=place[1]))
                steps = covering.laid(target, layer_id, part, cover, ink, opacity=opacity, erase=erase)
                target = yield from _scaled(steps, 0.7)
                covers.append(cover)
            return target

        self.run(picture, label, work, name, colours)

    def cover(
        self,
        picture: Picture,
        label: str,
        cover: Cover,
        inks: Inks,
        *,
        opacity: float,
        erase: bool,
        new_layer: bool,
        colours: tuple[Colour, ...] = (),
    ) -> None:
        """Lays ink where ``cover`` is; on a new layer, or where a stroke would land."""
        name = self._studio.translate("layer-names", FILL_LAYER)

        def work(artwork: Artwork) -> Generator[float, None, Artwork]:
            beside = _lies_beside(picture, artwork, cover.bounds.intersect(artwork.rect), cover)
            target, layer_id, part = landing(
                artwork, new_layer=new_layer, name=name, erase=erase, beside=beside
            )
            ink = ink_for(inks, artwork, part)
            return (
                yield from covering.laid(target, layer_id, part, cover, ink, opacity=opacity, erase=erase)
            )

        self.run(picture, label, work, name, colours)


def landing(
    artwork: Artwork, *, new_layer: bool, name: str, erase: bool = False, beside: bool = False
) -> tuple[Artwork, str, Target]:
    """(artwork, layer id, part) where a fill lands; makes the layer where it is missing or wanted. ``beside``: it lies beside
    the pixels of a computed layer. Raises EditError."""
    if artwork.quick_mask:
        return artwork, "", "selection"
    if new_layer and not erase:
        check_room(artwork)
        layer = Paint(name=name, surface=Surface(dtype=artwork.dtype))
        return edits.add_layer(artwork, layer), layer.id, "surface"
    target, layer_id, part = edits.paint_target(artwork, erase=erase, beside=beside)
    if artwork.find(layer_id) is None:
        target = edits.rename(target, layer_id, name)
    return target, layer_id, part


def _lies_beside(picture: Picture, artwork: Artwork, area: Rect, cover: Cover | None = None) -> bool:
    """Whether the active layer is one of computed pixels and has none in ``area``, as far as ``cover`` covers it."""
    layer = artwork.active_layer
    if not isinstance(layer, WITH_PIXELS):
        return False
    for key in tile_keys(area):
        part = area.intersect(Rect.of_tile(key))
        alpha = covered_by(picture.renderer, artwork, layer.id, part)
        if alpha.any() and (cover is None or (alpha * cover.at(part)).any()):
            return False
    return True


def ink_for(inks: Inks, artwork: Artwork, part: Target) -> Ink:
    """The ink in the picture's colours; on a mask and the selection its lightness counts as the hand sees it."""
    return inks(artwork.colour_space if part == "surface" else SRGB)


def only_references(artwork: Artwork) -> Artwork:
    """The picture of the visible layers that are marked as reference, at their places. Raises EditError."""
    layers = _references(artwork.layers)
    if not layers:
        raise EditError(NO_REFERENCE)
    return artwork.with_(layers=layers)


def _references(layers: tuple[Layer, ...]) -> tuple[Layer, ...]:
    kept: list[Layer] = []
    for layer in layers:
        if not layer.visible:
            continue
        if layer.fill_reference:
            kept.append(layer.with_(clipping=False))
        elif isinstance(layer, Group) and (children := _references(layer.children)):
            kept.append(layer.with_(children=children, clipping=False))
    return tuple(kept)


def found(read: Read, artwork: Artwork, region: Region) -> Generator[float, None, Cover]:
    """What ``region`` covers, looked for in a window that grows with it. Raises EditError outside picture or selection."""
    area = _area(artwork, region)
    seed = Rect.of(region.x, region.y, 1, 1)
    colour = read(seed)[0, 0]
    tolerance = round(region.tolerance * 255)
    side = FIRST_WINDOW
    margin = max(region.gap, abs(region.grow)) + 2
    while True:
        window = area if not region.contiguous else seed.grow(side // 2).intersect(area)
        apart = yield from _apart(read, artwork, window, colour)
        steps = flood.region_steps(
            apart,
            region.x - window.left,
            region.y - window.top,
            tolerance=tolerance,
            contiguous=region.contiguous,
            gap=region.gap,
        )
        inside = yield from _quiet(steps, 0.5)
        left, top, right, bottom = (edge != limit for edge, limit in zip(window, area, strict=True))
        if not flood.touches_border(inside, (left, top, right, bottom), margin):
            break
        side *= 2
    canvas, x, y = artwork.rect, artwork.tiles_x, artwork.tiles_y
    seams = (
        x and window.left == canvas.left,
        y and window.top == canvas.top,
        x and window.right == canvas.right,
        y and window.bottom == canvas.bottom,
    )
    if region.contiguous and flood.touches_border(inside, seams, margin):
        window = canvas
        apart = yield from _apart(read, artwork, window, colour)
        inside, apart, pad = yield from _across(apart, region, tolerance, margin, (x, y))
        amount = yield from _edged(inside, apart, tolerance, region)
        amount = amount[pad[1] : pad[1] + window.height, pad[0] : pad[0] + window.width]
    else:
        amount = yield from _edged(inside, apart, tolerance, region)
    return _cropped(amount, window)


def _across(
    apart: np.ndarray, region: Region, tolerance: int, margin: int, axes: tuple[bool, bool]
) -> Generator[float, None, tuple[np.ndarray, np.ndarray, tuple[int, int]]]:
    """The region of a picture that repeats, across its edges: (region, apart, padding x and y), both with a rim of what
    lies at the other edge.

    What a flood reaches in the rim is where it goes on at the other side, part by part, until nothing new is reached.
    """
    pad = margin * axes[0], margin * axes[1]
    rims = (pad[1], pad[1]), (pad[0], pad[0])
    wide = np.pad(apart, rims, mode="wrap")
    found, flooded = np.zeros(apart.shape, np.uint8), np.zeros(apart.shape, np.uint8)
    seeds = [(region.x, region.y)]
    while seeds:
        x, y = seeds.pop()
        if flooded[y, x]:
            continue
        steps = flood.region_steps(wide, x + pad[0], y + pad[1], tolerance=tolerance, gap=region.gap)
        part = yield from _quiet(steps, 0.5)
        flooded |= part[pad[1] : pad[1] + apart.shape[0], pad[0] : pad[0] + apart.shape[1]]
        flooded[y, x] = 1
        found |= flooded | flood.folded(part, apart.shape, pad)
        seeds += flood.one_of_each(found & (1 - flooded))
    return np.pad(found, rims, mode="wrap"), wide, pad


def _at_home(artwork: Artwork, x: int, y: int) -> tuple[int, int]:
    """A place beyond the edge of a picture that repeats, in the picture itself."""
    return x % artwork.width if artwork.tiles_x else x, y % artwork.height if artwork.tiles_y else y


def _wants(read: Read, artwork: Artwork, region: Region, place: tuple[int, int], covers: list[Cover]) -> bool:
    """Whether a further place of a drag begins another area: like the first, selected, not filled yet."""
    spot = Rect.of(*place, 1, 1)
    if not artwork.rect.contains(spot) or any(cover.at(spot)[0, 0] > 0 for cover in covers):
        return False
    selection = None if artwork.quick_mask else artwork.selection
    if selection is not None and not float(selection.read(spot)[0, 0]):
        return False
    first = read(Rect.of(region.x, region.y, 1, 1))[0, 0]
    return int(flood.difference(read(spot), first)[0, 0]) <= round(region.tolerance * 255)


def _area(artwork: Artwork, region: Region) -> Rect:
    """Where the fill may go: the canvas, within the selection's bounds."""
    seed = Rect.of(region.x, region.y, 1, 1)
    area = artwork.rect
    if not area.contains(seed):
        raise EditError(OUTSIDE)
    selection = None if artwork.quick_mask else artwork.selection
    if selection is not None and selection.default == 0:
        if not float(selection.read(seed)[0, 0]):
            raise EditError(NOT_SELECTED)
        area = area.intersect(selection.bounds)
    return area


def _apart(
    read: Read, artwork: Artwork, window: Rect, colour: np.ndarray
) -> Generator[float, None, np.ndarray]:
    """How different the pixels of ``window`` are from ``colour``, uint8; what is not selected is wholly different."""
    apart = np.empty((window.height, window.width), np.uint8)
    width, height = BLOCK
    selection = None if artwork.quick_mask else artwork.selection
    for top in range(window.top, window.bottom, height):
        for left in range(window.left, window.right, width):
            part = Rect(left, top, min(left + width, window.right), min(top + height, window.bottom))
            values = flood.difference(read(part), colour)
            if selection is not None:
                values[selection.read(part) <= 0] = 255
            inside = part.move(-window.left, -window.top)
            apart[inside.top : inside.bottom, inside.left : inside.right] = values
            yield 0.4 * (top - window.top) / window.height
    return apart


def _edged(
    inside: np.ndarray, apart: np.ndarray, tolerance: int, region: Region
) -> Generator[float, None, np.ndarray]:
    """What is covered, grown and softened, strip by strip; a strip sees as far around it as its edge can reach."""
    amount = np.empty_like(inside)
    margin = abs(region.grow) + 3
    for top in range(0, inside.shape[0], STRIP):
        first, bottom = max(0, top - margin), min(inside.shape[0], top + STRIP)
        rows = slice(first, min(inside.shape[0], bottom + margin))
        part = flood.edged(
            inside[rows], apart[rows], tolerance=tolerance, grow=region.grow, smooth=region.smooth
        )
        amount[top:bottom] = part[top - first : bottom - first]
        yield 0.5 + 0.2 * bottom / inside.shape[0]
    return amount


def _quiet(steps: flood.Steps, part: float) -> Generator[float, None, np.ndarray]:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value
        yield part


def _scaled(steps: Generator[float, None, Artwork], start: float) -> Generator[float, None, Artwork]:
    while True:
        try:
            part = next(steps)
        except StopIteration as end:
            return end.value
        yield start + (1 - start) * part


def _cropped(amount: np.ndarray, window: Rect) -> Cover:
    """The cover without empty rows and columns, so that no untouched tile is looked at."""
    rows, columns = np.nonzero(amount.any(1))[0], np.nonzero(amount.any(0))[0]
    if not len(rows):
        return covering.cover_of(amount[:0, :0], window.left, window.top)
    top, left = int(rows[0]), int(columns[0])
    part = amount[top : int(rows[-1]) + 1, left : int(columns[-1]) + 1]
    return covering.cover_of(part, window.left + left, window.top + top)
