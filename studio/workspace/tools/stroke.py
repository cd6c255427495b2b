"""Painting tools: ink, brush, eraser, smudge, blur, clone. One gesture that paints wherever a stroke may land."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from studio.document import edits, limiting, selecting
from studio.document.artwork import Artwork, ColourSpace
from studio.document.errors import EditError
from studio.document.layer import Generated, Paint, inverse, is_integer_move
from studio.jobs.lane import Lane
from studio.raster.brush import Brush
from studio.raster.geometry import Region
from studio.raster.hand import Sample
from studio.raster.lattice import Lattice
from studio.raster.laying import Blend
from studio.raster.plane import Wrap
from studio.raster.stroke import Stroke
from studio.raster.surface import Surface
from studio.raster.symmetry import between, images
from studio.raster.wet import Source
from studio.recipe import QT_TRANSLATE_NOOP
from studio.render.renderer import Renderer
from studio.workspace import colours
from studio.workspace.outside import tell_clipped_away, tell_nothing_done
from studio.workspace.stroke_state import CloneSource
from studio.workspace.tools import Gesture, Pointer, sampling
from studio.workspace.tools.ahead import Ahead
from studio.workspace.tools.behind import Behind
from studio.workspace.tools.constraint import Straight
from studio.workspace.tools.ending import OWNER, is_little
from studio.workspace.tools.in_hand import InHand, taken
from studio.workspace.tools.kind import ToolKind
from studio.workspace.tools.landing import Landing, begins_beside, land, land_on_what_is_seen
from studio.workspace.tools.marks import Handle, Mark, Outline
from studio.workspace.tools.tone_options import MODES, tone

if TYPE_CHECKING:
    from studio.workspace.painting import Colour, Painting
    from studio.workspace.picture import Picture

PAINT = QT_TRANSLATE_NOOP("history", "Paint")
ERASE = QT_TRANSLATE_NOOP("history", "Erase")
LABELS = {
    "smudge": QT_TRANSLATE_NOOP("history", "Smudge"),
    "blur": QT_TRANSLATE_NOOP("history", "Blur brush"),
    "clone": QT_TRANSLATE_NOOP("history", "Clone"),
}
PAINTS = QT_TRANSLATE_NOOP(
    "Options", "Shift+click draws a straight line; Alt picks a colour; Ctrl+Alt+drag sets size and hardness"
)
CHANGES = QT_TRANSLATE_NOOP(
    "Options", "Shift+click goes on in a straight line; Ctrl+Alt+drag sets size and hardness"
)
_NO_SOURCE = QT_TRANSLATE_NOOP("document", "Alt+click first where the clone brush is to take from.")
_LINE_SPEED = 600.0
"""Pixels per second at which a straight line to a Shift+click is drawn, for what follows speed."""
_LINE_STEP = 8.0
NEAR = 48
"""Pixels around one that the filters of a picture may read so that what brushes take from is composed under the hand."""
_AT_ONCE = 0.008
"""Seconds for laying at one sample; the rest of a very large dab comes with the next ones."""


def stroke_gesture(picture: Picture, painting: Painting, pointer: Pointer) -> Gesture:
    """Paints from press to release; one undo step. Raises EditError before the first yield where nothing can be painted.

    Shift at the press draws a straight line from the end of the last stroke, with Ctrl in steps of 15°; in the drag it
    keeps the stroke straight, in such a step too. Alt chooses the source of the clone brush, and lets a
    brush that dodges, burns or sponges do the opposite.
    """
    brush = painting.gesture_brush
    if brush.mode == "clone" and "alt" in pointer.modifiers:
        active = picture.document.artwork.active
        painting.strokes.set_clone_source(CloneSource(picture, active or "", pointer.x, pointer.y))
        return
    erase = brush.mode == "erase" or painting.gesture_tool == "eraser"
    if brush.mode in MODES and not erase:
        blend, label = tone(
            picture.document.artwork, painting, brush.mode, opposite="alt" in pointer.modifiers
        )
        yield from painted(picture, painting, pointer, brush, label, blend=blend)
        return
    label = ERASE if erase else LABELS.get(brush.mode, PAINT)
    yield from painted(picture, painting, pointer, brush, label, erase=erase)


def painted(
    picture: Picture,
    painting: Painting,
    pointer: Pointer,
    brush: Brush,
    label: str,
    *,
    erase: bool = False,
    blend: Blend | None = None,
) -> Gesture:
    """The gesture of one stroke with ``brush``; ``blend`` is a tool's own way to change the colours that are covered."""
    document = picture.document
    straight = Straight()
    samples, lifted = yield from painting.ending.waited(pointer)
    pointer = straight.press(pointer, painting.strokes.last_point(picture))
    if blend is None:
        beside = not erase and begins_beside(picture, document.artwork, pointer, brush.size)
        landing = land(document.artwork, painting, erase=erase, beside=beside)
    else:
        landing = land_on_what_is_seen(picture, painting, document.artwork)
    hand = taken(picture, painting)
    if brush.mode == "clone":
        away = painting.strokes.clone_from(picture, pointer.x, pointer.y, aligned=brush.clone_aligned)
        hand = msgspec.structs.replace(hand, away=away)
    hand = msgspec.structs.replace(hand, stamps=painting.strokes.stamps)
    lane = painting.studio.render_lane if picture.renderer.reach(document.artwork) > NEAR else None
    stroke = begin(picture.renderer, hand, landing, brush, pointer, erase=erase, blend=blend, lane=lane)
    if isinstance(stroke.result, Surface):
        painting.strokes.stamps = stroke.stamps
    stroke.deferred = True
    showing = _Showing(picture, painting, landing, stroke, changes=_changes(brush, erase=erase))
    document.begin_gesture()
    done = False
    try:
        if isinstance(stroke.ready, Ahead):
            stroke.ready.arrived = showing.more
        showing.line(_from_last(picture, painting, pointer))
        missed = [pointer, *map(straight.move, samples[1:])]
        showing.line(missed[:-1])
        sample: Pointer | None = missed[-1]
        pressure = max(one.pressure for one in missed)
        while sample is not None:
            showing.add(sample)
            last, pressure = sample, max(pressure, sample.pressure)
            _show_marks(painting, landing, stroke, sample)
            sample = None if lifted else (yield)
            if sample is not None:
                sample = straight.move(sample)
        painting.strokes.ended_at(picture, (last.x, last.y), pressure)
        showing.end(label)
        done = True
    finally:
        if isinstance(stroke.ready, Ahead):
            stroke.ready.stop()
        showing.behind.stop()
        if not done:
            document.revert(OWNER)
        document.end_gesture()


def _changes(brush: Brush, *, erase: bool) -> bool:
    """Whether the stroke only changes what is there."""
    return brush.mode not in ("paint", "clone") or erase


def begin(
    renderer: Renderer,
    hand: InHand,
    landing: Landing,
    brush: Brush,
    pointer: Pointer,
    *,
    erase: bool = False,
    blend: Blend | None = None,
    lane: Lane | None = None,
) -> Stroke:
    """A stroke that lands there, in any thread. ``lane``: composes what it takes from, as it is needed. Raises EditError for a
    clone brush without a source."""
    artwork, layer, transform = landing.artwork, landing.layer, landing.transform
    scale = landing.scale_at(pointer)
    if scale != 1.0:
        brush = msgspec.structs.replace(brush, size=min(max(brush.size / scale, 1.0), 2000.0))
    to_layer = inverse(transform)
    copies = ()
    if hand.symmetry.active:
        copies = [between(image, transform, to_layer) for image in images(hand.symmetry)]
    wrap, lattice = _wrapped(artwork, landing), _lattice(artwork, landing, brush)
    limited = _limited(artwork, lattice, scale)
    selection = None if layer is None else edits.selection_in_layer(limited, layer.id)
    if layer is None or landing.part == "mask":
        mask = selecting.covering(artwork) if layer is None else layer.mask
        assert mask is not None, "a stroke lands on a mask only where there is one"
        value = 0.0 if erase else hand.lightness
        offset = _clone_offset(hand, landing, brush)
        return Stroke.on_mask(
            brush, value, mask, selection=selection, images=copies, wrap=wrap, offset=offset, blend=blend,
            lattice=lattice,
        )  # fmt: skip
    source, offset = _source(renderer, hand, landing, brush)
    ready = _ahead(lane, source, offset, landing) if wrap is None and lattice is None else None
    source = source and sampling.across(source, wrap)
    brush, colour = _in_numbers(brush, hand.colour, artwork.colour_space)
    stroke = Stroke(
        brush, colour, edits.surface_of(artwork, layer.id), selection=selection,
        alpha_lock=layer.locks.alpha, erase=erase, images=copies, wrap=wrap, source=source, offset=offset, blend=blend,
        below=landing.below and sampling.across(landing.below, wrap), lattice=lattice,
        stamps=hand.stamps,
    )  # fmt: skip
    stroke.ready = ready
    return stroke


def _ahead(
    lane: Lane | None, source: Source | None, offset: tuple[int, int], landing: Landing
) -> Ahead | None:
    """For a stroke that takes from composed pixels: what has them composed on the lane."""
    if lane is None:
        return None
    if isinstance(source, sampling.Snapshot):
        return Ahead(lane, source, lambda rect: rect.move(*offset))
    if isinstance(landing.below, sampling.Snapshot):
        return Ahead(lane, landing.below, lambda rect: rect)
    return None


def _in_numbers(brush: Brush, colour: Colour, space: ColourSpace) -> tuple[Brush, Colour]:
    """The brush and the painting colour in the picture's numbers; tips of their own colours, too."""
    if any(tip.channels > 1 for tip in brush.tips):
        tips = tuple(colours.tip_entering(tip, space.icc) for tip in brush.tips)
        brush = msgspec.structs.replace(brush, tips=tips)
    return brush, colours.entering(colour, space)


def _source(
    renderer: Renderer, hand: InHand, landing: Landing, brush: Brush
) -> tuple[Source | None, tuple[int, int]]:
    """What the brush takes from, and for a clone how far away, in layer pixels."""
    if brush.mode not in ("clone", "smudge", "blur") and not brush.smudge:
        return None, (0, 0)
    offset = _clone_offset(hand, landing, brush)
    before, transform = hand.before, landing.transform
    assert landing.layer is not None
    around = _around(before) if _lattice(landing.artwork, landing, brush) is not None else None
    covering = brush.mode != "clone" and brush.sample == "layer" and landing.covers(before)
    if (
        covering or brush.sample == "this-and-below"
    ):  # the layer that is painted on, be it made for this stroke
        shown = selecting.up_to(landing.artwork, landing.layer.id)
        return sampling.whole_picture(renderer, shown, transform, around), offset
    if brush.mode != "clone":
        whole = brush.sample == "all"
        return sampling.whole_picture(renderer, before, transform, around) if whole else None, (0, 0)
    assert hand.source is not None
    layer_id = hand.source.layer_id
    if brush.sample == "all" or before.find(layer_id) is None:
        return sampling.whole_picture(renderer, before, transform, around), offset
    return sampling.one_layer(renderer, before, layer_id, transform, around), offset


def _clone_offset(hand: InHand, landing: Landing, brush: Brush) -> tuple[int, int]:
    """How far away a clone takes from, in layer pixels. Raises EditError where no source was chosen."""
    if brush.mode != "clone":
        return 0, 0
    if hand.source is None or hand.away is None:
        raise EditError(_NO_SOURCE)
    a, b, c, d = inverse(landing.transform)[:4]
    across, down = hand.away
    return round(a * across + c * down), round(b * across + d * down)


def _from_last(picture: Picture, painting: Painting, pointer: Pointer) -> list[Pointer]:
    """With Shift: samples on the straight line from where the last stroke ended."""
    start = painting.strokes.last_point(picture)
    if "shift" not in pointer.modifiers or start is None:
        return []
    length = math.dist(start, (pointer.x, pointer.y))
    count = max(1, math.ceil(length / _LINE_STEP))
    x, y = (pointer.x - start[0]) / count, (pointer.y - start[1]) / count
    return [
        replace(
            pointer,
            x=start[0] + x * step,
            y=start[1] + y * step,
            # a pen begins lightly; the line is as strong as the stroke that it goes on
            pressure=painting.strokes.pressure if pointer.has_pressure else pointer.pressure,
            t=pointer.t - (length - length * step / count) / _LINE_SPEED,
        )
        for step in range(count)
    ]


class _Showing:
    """Sends samples to the stroke and shows what they drew.

    Where the memory fails, ``short`` makes room and the stroke goes on: a few dabs may be missing, never the stroke.
    """

    def __init__(
        self, picture: Picture, painting: Painting, landing: Landing, stroke: Stroke, *, changes: bool
    ) -> None:
        self._painting = painting
        self._short = painting.studio.memory.ran_out
        self._changes = changes
        self._layer_name = painting.stroke_name
        self._above_generated = landing.part == "surface" and isinstance(
            picture.document.artwork.active_layer, Generated
        )
        self._unsure = False
        self._places: list[tuple[float, float]] = []
        self._picture, self._document = picture, picture.document
        self._landing = landing
        self._stroke = stroke
        self.behind = Behind(painting.studio.render_lane, stroke, self._arrived)

    def _sample(self, pointer: Pointer) -> Sample:
        pressure = pointer.pressure if pointer.has_pressure else None
        return Sample(
            *self._landing.in_layer(pointer),
            pressure,
            pointer.t,
            pointer.tilt_x,
            pointer.tilt_y,
            pointer.rotation,
        )

    def line(self, places: list[Pointer]) -> None:
        """Samples that are there at once; shown with the next one."""
        self._stroke.extend([self._sample(place) for place in places])

    def add(self, pointer: Pointer) -> None:
        self._places.append((pointer.x, pointer.y))
        try:
            self._stroke.add(*self._sample(pointer))
        except MemoryError:
            self._unsure = True
            self._short()
        self.more()

    def more(self) -> None:
        """Lays what can be laid at once, unless the lane is just at it."""
        if not self.behind.lock.acquire(blocking=False):
            return
        try:
            self._show(self._stroke.lay(_AT_ONCE))
        except MemoryError:
            self._unsure = True
            self._short()
        finally:
            self.behind.lock.release()
        self.behind.follow()

    def end(self, label: str) -> None:
        """There come no more samples: one step, at once where little is left to lay, else when the lane has laid it."""
        self.behind.stop()
        try:
            self._stroke.end()
        except MemoryError:
            self._unsure = True
            self._short()
        if is_little(self._stroke):
            self._commit(label)
            return
        self._arrived()  # it pends, whether or not something was laid yet
        lane = self._painting.studio.render_lane
        self._painting.ending.begin(lane, self._stroke, self._arrived, lambda: self._commit(label), label)

    def _commit(self, label: str) -> None:
        """One step; none, nor a layer made for nothing, where the stroke left nothing, which may have a reason to tell."""
        before, drawn = self._document.committed, self.finish()
        size = self._stroke.brush.size
        if drawn is not self._landing.artwork and self._left_something():
            self._document.commit(label, self._painting.named(before, drawn, self._layer_name), owner=OWNER)
            tell_clipped_away(self._painting.studio, self._picture, self._places, size)
        else:
            self._document.revert(OWNER)
            tell_nothing_done(self._painting.studio, before, self._places, size, changes=self._changes)
        if self._above_generated:
            self._painting.painted_above.emit()

    def _arrived(self) -> None:
        """The lane has laid more of it."""
        self._document.preview(OWNER, self._landing.with_stroke(self._stroke))

    def _left_something(self) -> bool:
        """A smudge or blur over nothing goes over pixels and leaves them all as they were."""
        layer, result = self._landing.layer, self._stroke.result
        if not isinstance(layer, Paint) or not isinstance(result, Surface):
            return True
        return bool(result.diff(layer.surface))

    def finish(self) -> Artwork:
        """The artwork with the whole stroke; as far as it was laid, where the memory fails twice."""
        for _ in range(2):
            try:
                return self._show(self._stroke.finish())
            except MemoryError:
                self._unsure = True
                self._short()
        return self._landing.with_stroke(self._stroke)

    def _show(self, region: Region) -> Artwork:
        current = self._landing.with_stroke(self._stroke)
        if region:
            where = None if self._unsure or self.behind.helped else self._landing.in_document(region)
            self._document.preview(OWNER, current, where)
        return current


def _show_marks(painting: Painting, landing: Landing, stroke: Stroke, sample: Pointer) -> None:
    """Where a clone takes from just now; the string of a pulled brush."""
    marks: list[Mark] = []
    offset, place = painting.strokes.clone_offset, stroke.place
    if stroke.brush.mode == "clone" and offset is not None:
        marks.append(Handle(sample.x + offset[0], sample.y + offset[1], "round"))
    if stroke.brush.stabiliser == "pulled" and place is not None and not landing.bend:
        a, b, c, d, tx, ty = landing.transform
        x, y = place
        end = a * x + c * y + tx, b * x + d * y + ty
        marks.append(Outline((end, (sample.x, sample.y)), closed=False, dashed=False))
    if marks or painting.marks:
        painting.show_marks(tuple(marks))


def _wrapped(artwork: Artwork, landing: Landing) -> Wrap | None:
    """A tiling picture repeats under the brush; only where the layer lies on the picture's own grid."""
    transform = landing.transform
    if not (artwork.tiles_x or artwork.tiles_y) or landing.bend or not is_integer_move(transform):
        return None
    return Wrap(artwork.rect.move(-int(transform[4]), -int(transform[5])), artwork.tiles_x, artwork.tiles_y)


def _lattice(artwork: Artwork, landing: Landing, brush: Brush) -> Lattice | None:
    """The same on a layer that is turned, scaled, bent or moved by parts of a pixel."""
    transform = landing.transform
    repeats = artwork.tiles_x or artwork.tiles_y
    if not repeats or (is_integer_move(transform) and not landing.bend):
        return None
    plain = brush.tip == "round"
    return Lattice(
        artwork.rect, artwork.tiles_x, artwork.tiles_y, transform, inverse(transform), landing.bend, plain
    )


def _limited(artwork: Artwork, lattice: Lattice | None, scale: float) -> Artwork:
    """With a selection that ends a little beyond the edges at which dabs come in again: no pixel there stays half covered, and
    nothing is left far outside of the picture. ``scale``: of the layer where the stroke begins."""
    if lattice is None:
        return artwork
    selection = artwork.selection
    if selection is None or selection.default:
        inside = selection.read(artwork.rect) if selection is not None else None
        selection = edits.rectangle_selection(artwork.rect)
        selection = selection if inside is None else selection.write(artwork.rect, inside)
    scale = max(1.0, scale, math.hypot(*lattice.to_picture[:2]), math.hypot(*lattice.to_picture[2:4]))
    return artwork.with_(selection=limiting.beyond(selection, artwork.rect, math.ceil(4 * scale)))


def _around(artwork: Artwork) -> Wrap:
    return Wrap(artwork.rect, artwork.tiles_x, artwork.tiles_y)


KINDS = (
    ToolKind(
        name="ink", title=QT_TRANSLATE_NOOP("actions", "Ink brush"), icon="ink-brush", family="brush", shortcuts=("B",),
        aliases=("calligraphy", "pen", "笔刷", "墨"), gesture=stroke_gesture, cursor="brush", brush=True, alt_picks=True,
        hint=PAINTS,
    ),
    ToolKind(
        name="brush", title=QT_TRANSLATE_NOOP("actions", "Soft brush"), icon="soft-brush", family="brush",
        shortcuts=("Shift+B",), aliases=("airbrush", "笔刷"), gesture=stroke_gesture, cursor="brush", brush=True, alt_picks=True,
        hint=PAINTS,
    ),
    ToolKind(
        name="eraser", title=QT_TRANSLATE_NOOP("actions", "Eraser"), icon="eraser", family="eraser", shortcuts=("E",),
        aliases=("rubber",), gesture=stroke_gesture, cursor="brush", brush=True, alt_picks=True, hint=CHANGES,
    ),
    ToolKind(
        name="smudge", title=QT_TRANSLATE_NOOP("actions", "Smudge"), icon="smudge", family="retouch", shortcuts=("N",),
        aliases=("blender", "finger", "涂抹", "手指"), gesture=stroke_gesture, cursor="brush", brush=True, alt_picks=True,
        brush_fields=("smudge", "wetness", "sample"), hint=CHANGES,
    ),
    ToolKind(
        name="blur", title=QT_TRANSLATE_NOOP("actions", "Blur brush"), icon="droplet", family="retouch", shortcuts=("Shift+N",),
        aliases=("soften", "模糊工具"), gesture=stroke_gesture, cursor="brush", brush=True, alt_picks=True,
        brush_fields=("blur", "sample"), hint=CHANGES,
    ),
    ToolKind(
        name="clone", title=QT_TRANSLATE_NOOP("actions", "Clone"), icon="stamp", family="clone", shortcuts=("S",),
        aliases=("clone stamp", "rubber stamp", "克隆", "图章"), gesture=stroke_gesture, cursor="brush", brush=True,
        brush_fields=("sample", "clone_aligned"),
        hint=QT_TRANSLATE_NOOP("Options", "Alt+click chooses where to take from, then paint"),
    ),
)  # fmt: skip
