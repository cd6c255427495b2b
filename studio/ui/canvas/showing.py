"""The pixels of one view: which tiles it needs, in which colours, and asking the render lane for what is missing."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPainterPath

from studio.jobs.job import Priority
from studio.raster.geometry import EMPTY, Rect, Region, TileKey, tile_keys
from studio.raster.stopping import Stopped
from studio.render.renderer import AT_ONCE, Drawn, Renderer
from studio.ui.canvas.colouring import Coloured, coloured, part_of
from studio.ui.canvas.keeping_up import KeepingUp
from studio.ui.canvas.sheet import Sheet
from studio.ui.canvas.viewport import Viewport
from studio.workspace.exploring import OWNER as EXPLORING
from studio.workspace.picture import Picture
from studio.workspace.studio import Studio

if TYPE_CHECKING:
    from studio.project.proof import AlphaView, Lookup

DRAGGED_PIXELS = 8 * 256 * 256
"""Level pixels that keep up with a dragged slider; more are shown one level coarser until the hand lets go."""
FEW_PIXELS = 4 * 256 * 256
"""Level pixels that are never shown coarser while a filter's slider moves."""
RESTING_MILLISECONDS = 250
"""How long no value of a filter has changed before the exact level is drawn, whether or not the hand let go."""
GATHER_MILLISECONDS = 16
"""How long tiles of the render lane are gathered before they are painted; the last one is never waited for."""
OVERVIEW_SIDE = 1024
"""The longer side, about, of the coarse picture that stands where no finer tile is drawn yet."""
OVERVIEW_MILLISECONDS = 400
"""How long a picture rests before its coarse form is brought up to date."""


class _Queue(NamedTuple):
    renderer: Renderer
    level: int
    lookup: Lookup | AlphaView | None
    keys: deque[TileKey]


SLOW_STOP = 0.05
"""Seconds that a tile of an earlier picture, whose filter takes long, still has when a newer one is to be shown …"""
SLOW_FRAME = 1.0
"""… and while the hand goes on changing it, so that something of it is seen."""

DRAGGED = ("transform", "move", "gradient")
"""Owners of previews in which whole layers, or their masks, follow the pen."""
COMPUTED = ("filter", "filter-trial")
"""Owners of previews whose pixels a filter makes, which may take long: the render lane draws all of them."""


class Showing(QObject):
    """Keeps a :class:`Sheet` right for a viewport. ``dirty(rect, level)`` is told what has to be painted again.

    ``follows``: another view of the same picture has brought the renderer up to date before this one hears of a change.
    """

    def __init__(
        self, studio: Studio, dirty: Callable[[Rect, int], None], parent: QObject, *, follows: bool = False
    ) -> None:
        super().__init__(parent)
        self._studio, self._dirty, self._follows = studio, dirty, follows
        self.picture: Picture | None = None
        self.viewport = Viewport()
        self.lookup: Lookup | AlphaView | None = None
        self._numbers = False
        self.tiled = False
        self.sheet: Sheet | None = None
        self._old: Sheet | None = None
        self._overview: Sheet | None = None
        self._small = QImage()
        self._missing: set[TileKey] = set()
        self._queue: _Queue | None = None
        self._parts: list[Rect] = []
        self._keeping_up = KeepingUp()
        self._gathering = QTimer(self, interval=GATHER_MILLISECONDS, singleShot=True)
        self._gathering.timeout.connect(self._show_parts)
        self._hand = QTimer(self, interval=RESTING_MILLISECONDS, singleShot=True)
        self._hand.timeout.connect(self._hand_rests)
        self._resting = QTimer(self, interval=OVERVIEW_MILLISECONDS, singleShot=True)
        self._resting.timeout.connect(self._ask_for_overview)

    def attach(self, picture: Picture | None) -> None:
        """Another picture, or none: nothing of the former one stays."""
        self.picture = picture
        self.tiled = picture is not None and picture.tiled
        self.sheet = self._old = self._overview = self._queue = None
        self._missing = set()
        self._parts = []
        self._small = QImage.fromData(picture.small) if picture is not None and picture.small else QImage()
        if picture is not None:
            self._resting.start()

    # which tiles

    @property
    def level(self) -> int:
        """The mip level to show: one coarser while a hand moves much of it (a latent slider, a layer), to keep up with it;
        while a filter's slider moves, only as far as its frames come late."""
        level = self.viewport.level
        if self.picture is None:
            return level
        moved = self.picture.document.preview_owner == EXPLORING or self._dragged
        if not moved and not self._computed:
            return level
        area = self._area(level)
        pixels = area.width * area.height
        if moved:
            return level + (pixels > DRAGGED_PIXELS) + self._keeping_up.coarser
        return level + (self._keeping_up.coarser if pixels > FEW_PIXELS else 0)

    @property
    def _dragged(self) -> bool:
        """Whether whole layers follow the pen now."""
        document = self.picture.document if self.picture is not None else None
        return document is not None and document.preview_owner in DRAGGED and document.gesture_open

    @property
    def _computed(self) -> bool:
        """Whether a filter's values are tried now."""
        return self.picture is not None and self.picture.document.preview_owner in COMPUTED

    def offsets(self) -> list[tuple[int, int]]:
        """Where the picture stands, in document pixels: once, or as often as its repetition is seen in the view."""
        if not self.tiled or self.picture is None:
            return [(0, 0)]
        artwork, seen = self.picture.document.artwork, self.viewport.visible()
        both = artwork.tiles_x == artwork.tiles_y
        across = (-1, 0, 1) if both or artwork.tiles_x else (0,)
        down = (-1, 0, 1) if both or artwork.tiles_y else (0,)
        places = [(x * artwork.width, y * artwork.height) for y in down for x in across]
        return [place for place in places if not artwork.rect.move(*place).intersect(seen).empty]

    def offset_of(self, x: float, y: float) -> tuple[int, int]:
        """Where the repetition of the picture stands that holds the document point (x, y); (0, 0) beside all of them."""
        if not self.tiled or self.picture is None:
            return 0, 0
        artwork = self.picture.document.artwork
        place = (int(x // artwork.width) * artwork.width, int(y // artwork.height) * artwork.height)
        return place if place in self.offsets() else (0, 0)

    def _canvas_area(self, level: int) -> Rect:
        assert self.picture is not None
        return self.picture.document.artwork.rect.at_level(level)

    def _areas(self, level: int) -> list[Rect]:
        """The visible parts of the canvas in pixels of ``level``."""
        canvas, seen = self._canvas_area(level), self.viewport.visible()
        parts = [seen.move(-x, -y).at_level(level).intersect(canvas) for x, y in self.offsets()]
        return [part for part in parts if not part.empty]

    def _area(self, level: int) -> Rect:
        area = EMPTY
        for part in self._areas(level):
            area = area.unite(part)
        return area

    def wanted(self) -> list[TileKey]:
        """Keys of the visible tiles, from the middle outwards."""
        assert self.sheet is not None
        scale = 256.0 * (1 << self.sheet.level)
        x, y = self.viewport.centre_x / scale - 0.5, self.viewport.centre_y / scale - 0.5
        keys = {key for area in self._areas(self.sheet.level) for key in tile_keys(area)}
        return sorted(keys, key=lambda key: (key[0] - x) ** 2 + (key[1] - y) ** 2)

    @property
    def complete(self) -> bool:
        """Whether every visible tile shows the present picture."""
        return self.picture is not None and self.sheet is not None and not self.sheet.stale(self.wanted())

    # moving and asking

    def look(self, viewport: Viewport) -> None:
        """The view moved: takes what is there, asks the render lane for the rest."""
        self.viewport = viewport
        if self.picture is None:
            return
        level = self.level
        area = self._area(level)
        if self.sheet is None or not self.sheet.shows(level, area):
            sheet = Sheet(level, area.grow(128).intersect(self._canvas_area(level)))
            if self.sheet is not None:
                sheet.take_from(self.sheet)
                if self.sheet.level != level:
                    sheet.fill_from(self.sheet, self.picture.document.artwork.rect)
                if self._old is None or (self.sheet.level != level and self.complete):
                    self._old = self.sheet  # one that was never finished would show holes
            self.sheet = sheet
        self._ask_for_stale()

    def recolour(self, lookup: Lookup | AlphaView | None, *, numbers: bool = False) -> None:
        """Other colours from now on; the old ones stay until the new ones are there. ``numbers``: ``lookup`` is from the
        picture's own numbers."""
        if self.picture is not None:
            self.picture.renderer.view_numbers(numbers)
        if lookup is self.lookup and numbers == self._numbers:
            return
        self.lookup, self._numbers = lookup, numbers
        self._overview = None
        if self.sheet is not None:
            self.sheet.fresh.clear()
            self._ask_for_stale()
        self._resting.start()

    def _ask_for_stale(self) -> None:
        sheet, picture = self.sheet, self.picture
        if sheet is None or picture is None:
            return
        stale = [key for key in sheet.stale(self.wanted()) if not self._take_drawn(key)]
        self._missing = set(stale)
        renderer, level, lookup = picture.renderer, sheet.level, self.lookup
        self._queue = _Queue(renderer, level, lookup, deque(stale))
        if not stale:
            self._old = None
            return
        artwork = picture.document.artwork

        def arrived(event: object) -> None:
            if isinstance(event, Coloured) and self._shows(renderer, level) and lookup is self.lookup:
                self._take(event)

        def steps() -> Generator[Coloured, None, None]:
            while (key := self._next(renderer, level, lookup)) is not None:
                try:
                    yield from coloured(renderer, artwork, key, level, lookup)
                except Stopped:  # it may be one of the newer picture, whose job now takes over
                    self._queue_again(key, renderer, level, lookup)
                    raise

        self._studio.render_lane.submit(
            steps,
            label="view",
            priority=Priority.live,
            replace=f"view-{id(self)}",
            patience=SLOW_FRAME if self._hand.isActive() or picture.document.gesture_open else SLOW_STOP,
            on_event=arrived,
        )

    def _next(self, renderer: Renderer, level: int, lookup: Lookup | AlphaView | None) -> TileKey | None:
        """The tile to draw next, for the render lane: of the queue as it is now, not as it was at the asking."""
        queue = self._queue
        if queue is None or queue[:3] != (renderer, level, lookup):
            return None
        try:
            return queue.keys.popleft()
        except IndexError:
            return None

    def _queue_again(
        self, key: TileKey, renderer: Renderer, level: int, lookup: Lookup | AlphaView | None
    ) -> None:
        """A tile whose drawing was stopped is the next one, where it is still wanted."""
        queue = self._queue
        if queue is not None and queue[:3] == (renderer, level, lookup):
            queue.keys.appendleft(key)

    def _shows(self, renderer: Renderer, level: int) -> bool:
        shown = self.sheet is not None and self.sheet.level == level
        return shown and self.picture is not None and self.picture.renderer is renderer

    def _take(self, event: Coloured) -> None:
        """A tile of the render lane; all of it where the sheet has an older one."""
        sheet, drawn = self.sheet, event.drawn
        assert sheet is not None
        rect = drawn.rect if drawn.key in sheet.fresh else Rect.of_tile(drawn.key)
        if event.pixels is not None and event.version == drawn.tile.version and rect == drawn.rect:
            sheet.install_part(drawn.key, event.pixels, rect)
        else:
            self._install(drawn._replace(rect=rect))
        self._parts.append(rect)
        self._missing.discard(drawn.key)
        if not self._missing:
            if not sheet.stale(self.wanted()):
                self._old = None
                self._keeping_up.shown()
            self._show_parts()
        elif not self._gathering.isActive():
            self._gathering.start()

    def _install(self, drawn: Drawn) -> None:
        assert self.sheet is not None
        if self.lookup is None:
            self.sheet.install(drawn.key, drawn.tile.pixels, drawn.rect)
        else:
            self.sheet.install_part(drawn.key, self.lookup.view(part_of(drawn)), drawn.rect)

    def _show_parts(self) -> None:
        """Paints what the lane has drawn since the last time, all at once."""
        self._gathering.stop()
        parts, self._parts = self._parts, []
        if self.sheet is not None:
            for part in parts:
                self._dirty(part, self.sheet.level)

    def _take_drawn(self, key: TileKey) -> bool:
        """Copies a tile that the renderer has already; the render lane draws, and announces, only what is not."""
        assert self.sheet is not None and self.picture is not None
        tile = self.picture.renderer.cached(key, self.sheet.level)
        if tile is None or not tile.stale.empty or self.lookup is not None:
            return False
        self.sheet.install(key, tile.pixels)
        self._dirty(Rect.of_tile(key), self.sheet.level)
        return True

    # following the document

    def changed(self, region: Region) -> None:
        """A dab is drawn at once; whatever the renderer finds too much for that is left to the render lane."""
        picture, sheet = self.picture, self.sheet
        if picture is None or sheet is None:
            return
        self._keeping_up.asked(self._dragged or self._computed)
        if self._computed:
            self._hand.start()
        artwork, level, renderer = picture.document.artwork, self.level, picture.renderer
        # a dragged layer, or one under a filter, is more than this thread should draw, whatever part of it is in view
        most = 0 if self._dragged or self._computed else AT_ONCE
        if self._follows:
            update = renderer.catch_up(artwork, region, level, most)
        else:
            update = renderer.update(artwork, region, level, most, picture.document.committed)
        if region:
            self._resting.start()
            self._small = QImage()
        if sheet.level != level:
            self.look(self.viewport)
            return
        for drawn in update.drawn:
            if drawn.key in sheet.fresh:
                self._install(drawn)
                self._dirty(drawn.rect, level)
        sheet.fresh.difference_update(update.waiting)
        # A tile that left the cache was not part of the update: it may show an older picture.
        sheet.fresh = {key for key in sheet.fresh if renderer.cached(key, level) is not None}
        if not sheet.area.contains(self._area(level)):
            self.look(self.viewport)
        else:
            self._ask_for_stale()

    def settle_level(self) -> None:
        """A drag ended in a step, whose picture is the one shown: only the level may be another now."""
        self._keeping_up.asked(False)
        if self.sheet is not None and self.sheet.level != self.level:
            self.look(self.viewport)

    def _hand_rests(self) -> None:
        """A filter's values stay as they are: what was shown coarser to keep up is drawn as it is. A frame that has not come
        in all this time is drawn coarser first."""
        if self._keeping_up.waits:
            self._hand.start()
            if self._keeping_up.gave_up():
                self.look(self.viewport)
            return
        self._keeping_up.rests()
        if self.sheet is not None and self.sheet.level != self.level:
            self.look(self.viewport)

    # the coarse picture under what is not drawn yet

    def _ask_for_overview(self) -> None:
        picture = self.picture
        if picture is None or picture.document.gesture_open:
            self._resting.start()
            return
        artwork, renderer, lookup = picture.document.artwork, picture.renderer, self.lookup
        level = overview_level(max(artwork.width, artwork.height))
        if level == 0:
            return
        sheet = Sheet(level, artwork.rect.at_level(level))
        keys = list(sheet.keys())

        def arrived(event: object) -> None:
            if not isinstance(event, Coloured) or picture is not self.picture or lookup is not self.lookup:
                return
            if event.pixels is None:
                sheet.install(event.drawn.key, event.drawn.tile.pixels, event.drawn.rect)
            else:
                sheet.install_part(event.drawn.key, event.pixels, event.drawn.rect)
            if len(sheet.fresh) == len(keys):
                self._overview = sheet
                self._small = QImage()

        def steps() -> Generator[Coloured, None, None]:
            for key in keys:
                yield from coloured(renderer, artwork, key, level, lookup)

        self._studio.render_lane.submit(
            steps, label="overview", priority=Priority.background, replace=f"overview-{id(self)}", on_event=arrived
        )  # fmt: skip

    def draw(self, painter: QPainter, canvas: Rect) -> None:
        """Draws the picture; the painter works in document pixels. Coarser pixels stand in for tiles not drawn yet."""
        if self.sheet is None:
            return
        blank = [key for key in self.wanted() if key not in self.sheet.filled]
        if blank and (self._old is not None or self._overview is not None or not self._small.isNull()):
            painter.save()
            painter.setClipPath(_outline(blank, self.sheet.level), Qt.ClipOperation.IntersectClip)
            if self.lookup is None and not self._small.isNull():
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(QRectF(0, 0, canvas.width, canvas.height), self._small)
            for sheet in (self._overview, self._old):
                if sheet is not None:
                    sheet.draw(painter, canvas)
            painter.restore()
        self.sheet.draw(painter, canvas)


def overview_level(side: int) -> int:
    """The mip level whose longer side is nearest below ``OVERVIEW_SIDE``; 0 for pictures that need none."""
    level = 0
    while side >> level > OVERVIEW_SIDE:
        level += 1
    return level if level > 1 else 0


def _outline(keys: Iterable[TileKey], level: int) -> QPainterPath:
    path = QPainterPath()
    for key in keys:
        place = Rect.of_tile(key).from_level(level)
        path.addRect(QRectF(place.left, place.top, place.width, place.height))
    return path
