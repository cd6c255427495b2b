"""Crop: a frame with handles that may turn and may reach beyond the picture; Enter makes it the canvas."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec

from studio.document import placing
from studio.document.artwork import Artwork
from studio.document.layer import Affine, inverse
from studio.raster.geometry import Rect
from studio.raster.perspective import Point
from studio.raster.warp import Frame
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.workspace import guides, imaging, reshaping, snapping
from studio.workspace.reshaping import Steps
from studio.workspace.snapping import Targets, snap_move
from studio.workspace.tools import Gesture, Pointer, box
from studio.workspace.tools.box import HANDLES, Box
from studio.workspace.tools.hits import edge_under, inside, resize_cursor
from studio.workspace.tools.kind import ToolKind
from studio.workspace.tools.marks import Handle, Label, Mark, Outline, Shade
from studio.workspace.tools.session import Session
from studio.workspace.tools.snapped import snapped_handle

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

Aspect = Literal["free", "original", "1:1", "5:4", "4:3", "3:2", "16:9", "2:1", "A-series", "golden"]
Overlay = Literal["thirds", "golden", "diagonals", "none"]
_WORDS = (
    QT_TRANSLATE_NOOP("recipe", "original"),
    QT_TRANSLATE_NOOP("recipe", "A-series"),
    QT_TRANSLATE_NOOP("recipe", "golden"),
    QT_TRANSLATE_NOOP("recipe", "thirds"),
    QT_TRANSLATE_NOOP("recipe", "diagonals"),
)
"""Words of the choices below, which their declarations hold as plain literals."""
GOLDEN = (1 + math.sqrt(5)) / 2
RATIOS: dict[str, float] = {
    "1:1": 1.0, "5:4": 5 / 4, "4:3": 4 / 3, "3:2": 3 / 2, "16:9": 16 / 9, "2:1": 2.0, "A-series": math.sqrt(2),
    "golden": GOLDEN,
}  # fmt: skip
REACH = 9.0


class CropOptions(msgspec.Struct, frozen=True, kw_only=True):
    """``delete``: pixels beyond the new canvas go; else they stay with their layers."""

    aspect: Annotated[Aspect, declare(QT_TRANSLATE_NOOP("recipe", "Proportion"))] = "free"
    upright: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Upright"),
            description=QT_TRANSLATE_NOOP("recipe", "The proportion turned on its side"),
            when={"aspect": tuple(name for name, ratio in RATIOS.items() if ratio != 1.0)},
        ),
    ] = False
    overlay: Annotated[Overlay, declare(QT_TRANSLATE_NOOP("recipe", "Lines"))] = "thirds"
    delete: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Delete what is cut off"),
            description=QT_TRANSLATE_NOOP("recipe", "Otherwise it stays with the layers, beyond the canvas"),
        ),
    ] = False


def ratio_of(options: CropOptions, artwork: Artwork) -> float | None:
    """Width by height that the frame keeps; None where it is free."""
    if options.aspect == "free":
        return None
    ratio = artwork.width / artwork.height if options.aspect == "original" else RATIOS[options.aspect]
    return 1 / ratio if options.upright and options.aspect != "original" else ratio


class CropSession(Session):
    owner = "crop"

    def __init__(self, picture: Picture, painting: Painting) -> None:
        super().__init__(picture, painting)
        self._options: CropOptions = painting.options("crop")
        artwork = picture.document.artwork
        self.box = box.of_frame(_first_frame(artwork))
        self._entered = False
        self._hot: int | None = None
        self._line: tuple[Point, Point] | None = None
        self._targets: Targets | None = None
        self._met: tuple[Mark, ...] = ()
        self._done: list[Box] = []
        self._undone: list[Box] = []
        self._conform()

    # what is shown

    @property
    def marks(self) -> tuple[Mark, ...]:
        quad = self.box.quad
        found: list[Mark] = [Shade(quad), *self._lines(), *self._met, Outline(quad, dashed=False)]
        for index in range(len(HANDLES)):
            x, y = self.box.to_document(self.box.handle(index))
            found.append(Handle(x, y, "square", self._hot == index))
        if self._line is not None:
            found.append(Outline(self._line, closed=False, dashed=False))
        width, height = self.size
        words = f"{width} × {height}"
        degrees = math.degrees(self.box.angle)
        if abs(degrees) > 0.05:
            words += f"  {degrees:.1f}°".replace("-", "−")
        found.append(Label(*quad[2], words))
        return tuple(found)

    def _lines(self) -> list[Mark]:
        if self._options.overlay == "none":
            return []
        if self._options.overlay == "diagonals":
            a, b, c, d = self.box.quad
            return [Outline((a, c), closed=False), Outline((b, d), closed=False)]
        share = 1 / 3 if self._options.overlay == "thirds" else 1 - 1 / GOLDEN
        left, top, right, bottom = self.box.frame
        lines: list[Mark] = []
        for part in (share, 1 - share):
            x, y = left + part * (right - left), top + part * (bottom - top)
            lines.append(self._across((x, top), (x, bottom)))
            lines.append(self._across((left, y), (right, y)))
        return lines

    def _across(self, first: Point, last: Point) -> Outline:
        return Outline((self.box.to_document(first), self.box.to_document(last)), closed=False)

    @property
    def size(self) -> tuple[int, int]:
        """Of the new canvas, in pixels."""
        width, height = self.box.size
        return max(1, round(width)), max(1, round(height))

    @property
    def numbers(self) -> tuple[tuple[str, str, float, str], ...]:
        width, height = self.size
        return (
            ("width", QT_TRANSLATE_NOOP("recipe", "Width"), float(width), "px"),
            ("height", QT_TRANSLATE_NOOP("recipe", "Height"), float(height), "px"),
            ("angle", QT_TRANSLATE_NOOP("recipe", "Angle"), math.degrees(self.box.angle), "°"),
        )

    def set_number(self, name: str, value: float) -> None:
        if not math.isfinite(value) or (name != "angle" and value < 1):
            self.changed.emit()
            return
        if name == "angle":
            self._take(self.box.with_number("angle", value))
            return
        changed = self.box.with_number("width" if name == "width" else "height", value)
        ratio = ratio_of(self._options, self.picture.document.artwork)
        if ratio is not None:
            width, height = changed.size
            changed = (
                changed.with_number("height", width / ratio)
                if name == "width"
                else changed.with_number("width", height * ratio)
            )
        self._take(changed)

    # where the pen is

    def _draws(self, place: Point) -> bool:
        """Whether a drag from there draws a new frame: while it is the canvas, as it came, there is no use in moving it."""
        artwork = self.picture.document.artwork
        left, top, right, bottom = artwork.rect
        on_canvas = left <= place[0] <= right and top <= place[1] <= bottom
        return not self._done and artwork.selection is None and on_canvas

    def _target(self, pointer: Pointer) -> int | str:
        reach, place = REACH / pointer.zoom, (pointer.x, pointer.y)
        for index in range(len(HANDLES)):
            if math.dist(place, self.box.to_document(self.box.handle(index))) <= reach:
                return index
        edge = edge_under(self.box.quad, place, reach)
        if edge is not None:
            return edge
        return "inside" if inside(self.box.quad, place) else "outside"

    def cursor(self, pointer: Pointer) -> str:
        target = self._target(pointer)
        if "control" in pointer.modifiers:
            return "cross"
        if isinstance(target, int):
            return resize_cursor(self.box, target)
        if self._draws((pointer.x, pointer.y)):
            return "cross"
        return "move" if target == "inside" else "rotate"

    def hover(self, pointer: Pointer) -> None:
        target = self._target(pointer)
        hot = target if isinstance(target, int) else None
        if hot != self._hot:
            self._hot = hot
            self.changed.emit()

    # drags

    def press(self, pointer: Pointer) -> Gesture | None:
        if pointer.clicks == 2 and self._target(pointer) == "inside":
            self._entered = True
            self.painting.close_session()
            self.painting.put_back()
            return None
        return self._level(pointer) if "control" in pointer.modifiers else self._drag(pointer)

    def _drag(self, pointer: Pointer) -> Gesture:
        target, before = self._target(pointer), self.box
        self._targets = guides.targets_of(self.painting.studio, self.picture)
        kept = False
        try:
            while (sample := (yield)) is not None:
                self.box = self._dragged(target, before, pointer, sample)
                self.changed.emit()
            kept = True
        finally:
            self._met = ()
            if kept and self.box != before:
                self._done.append(before)
                self._undone.clear()
            elif not kept:
                self.box = before
            self.changed.emit()

    def _dragged(self, target: int | str, before: Box, start: Pointer, now: Pointer) -> Box:
        first, place = (start.x, start.y), (now.x, now.y)
        shift, alt = "shift" in now.modifiers, "alt" in now.modifiers
        reach = snapping.REACH / now.zoom
        self._met = ()
        if not isinstance(target, int) and self._draws(first):
            return self._drawn(first, place, reach, square=shift, centred=alt)
        if target == "inside":
            moved = box.move_drag(before, first, place, straight=shift)
            if self._targets is None or shift or not before.level:
                return moved
            return self._meeting(moved.moved(*snap_move(moved.bounds, 0.0, 0.0, self._targets, reach)))
        if not isinstance(target, int):
            return box.turn_drag(before, first, place, stepped=shift)
        keep = shift or self._options.aspect != "free"
        place = snapped_handle(before, target, first, place, self._targets, reach)
        changed = box.scale_drag(before, target, first, place, keep=keep, centred=alt)
        return before if changed.mirrored or min(changed.size) < 1 else self._meeting(changed)

    def _drawn(self, first: Point, place: Point, reach: float, *, square: bool, centred: bool) -> Box:
        """A new frame from ``first`` to ``place``."""
        if math.dist(first, place) < reach:
            return self.box
        artwork = self.picture.document.artwork
        begun = box.of_frame((*first, *first))
        if self._targets is not None and not centred:
            place = snapped_handle(begun, 0, first, place, self._targets, reach)
        width, height = place[0] - first[0], place[1] - first[1]
        ratio = ratio_of(self._options, artwork) or (1.0 if square else None)
        if ratio is not None:
            longer = max(abs(width), abs(height) * ratio)
            width, height = math.copysign(longer, width), math.copysign(longer / ratio, height)
        left, right = sorted((first[0] - width * centred, first[0] + width))
        top, bottom = sorted((first[1] - height * centred, first[1] + height))
        whole = [float(round(side)) for side in (left, top, right, bottom)]
        return self._meeting(box.of_frame((whole[0], whole[1], whole[2], whole[3])))

    def _meeting(self, changed: Box) -> Box:
        """The box, with the lines shown that it lies on."""
        if self._targets is not None and changed.level:
            canvas = self.picture.document.artwork.rect
            self._met = guides.met_lines(changed.bounds, self._targets, canvas)
        return changed

    def _level(self, pointer: Pointer) -> Gesture:
        """A line drawn along a horizon, or a wall, becomes level, or upright: the frame turns with it."""
        before = self.box
        first = (pointer.x, pointer.y)
        angle = None
        try:
            while (sample := (yield)) is not None:
                place = (sample.x, sample.y)
                self._line = (first, place)
                if math.dist(first, place) * sample.zoom > 2 * REACH:
                    slope = math.atan2(place[1] - first[1], place[0] - first[0])
                    angle = (slope + math.pi / 4) % (math.pi / 2) - math.pi / 4
                self.changed.emit()
            if angle is not None:
                self._take(before.turned(angle - before.angle, before.to_document(before.centre)))
        finally:
            self._line = None
            self.changed.emit()

    # state

    def _take(self, changed: Box) -> None:
        if changed != self.box:
            self._done.append(self.box)
            self._undone.clear()
            self.box = changed
        self.changed.emit()

    def _conform(self) -> None:
        """The largest frame of the chosen proportion in the present one."""
        ratio = ratio_of(self._options, self.picture.document.artwork)
        if ratio is None:
            return
        width, height = self.box.size
        if width / height > ratio:
            self.box = self.box.scaled(height * ratio / width, 1, self.box.centre)
        else:
            self.box = self.box.scaled(1, width / ratio / height, self.box.centre)

    def options_changed(self, options: msgspec.Struct) -> None:
        assert isinstance(options, CropOptions)
        shape = (options.aspect, options.upright) != (self._options.aspect, self._options.upright)
        self._options = options
        if shape:
            self._conform()
        self.changed.emit()

    def key(self, key: str, text: str, modifiers: frozenset[str]) -> bool:
        self._entered = key in ("return", "enter")
        steps = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
        if key not in steps:
            return False
        far = 10.0 if "shift" in modifiers else 1.0
        self._take(self.box.moved(far * steps[key][0], far * steps[key][1]))
        return True

    def undo(self) -> bool:
        return self._step(self._done, self._undone)

    def redo(self) -> bool:
        return self._step(self._undone, self._done)

    def _step(self, taken: list[Box], put: list[Box]) -> bool:
        if not taken:
            return False
        put.append(self.box)
        self.box = taken.pop()
        self.changed.emit()
        return True

    # the end

    def apply(self) -> None:
        studio = self.painting.studio
        if not self._entered and not self._done:
            return  # another tool was taken before the frame was touched
        width, height = self.size
        reshaping.check_size(width, height)
        delete = self._options.delete
        if not self.box.angle:
            left, top = (round(part) for part in self.box.quad[0])
            rect = Rect.of(left, top, width, height)
            if delete:
                imaging.in_background(studio, imaging.CROP, lambda artwork: _framed_and_cut(artwork, rect))
            else:
                imaging.at_once(studio, imaging.CROP, lambda artwork: reshaping.reframed(artwork, rect))
            return
        affine = to_frame(self.box)

        def steps(artwork: Artwork) -> Steps:
            changed = yield from reshaping.straightened(artwork, affine, width, height)
            return (yield from reshaping.cut(changed)) if delete else changed

        imaging.in_background(studio, imaging.CROP, steps)

    def cancel(self) -> None:
        """Nothing was changed."""


def _framed_and_cut(artwork: Artwork, rect: Rect) -> Steps:
    return (yield from reshaping.cut(reshaping.reframed(artwork, rect)))


def _first_frame(artwork: Artwork) -> Frame:
    """The selection's bounds, else the canvas."""
    rect = artwork.rect
    if artwork.selection is not None:
        chosen = placing.content_of(artwork.selection).intersect(rect)
        rect = rect if chosen.empty else chosen
    return float(rect.left), float(rect.top), float(rect.right), float(rect.bottom)


def to_frame(frame: Box) -> Affine:
    """From the document to the canvas that the frame makes: turned back, its corner at the origin."""
    c, s = math.cos(frame.angle), math.sin(frame.angle)
    x, y = frame.quad[0]
    return inverse((c, s, -s, c, x, y))


KINDS = (
    ToolKind(
        name="crop", own_control=True, title=QT_TRANSLATE_NOOP("actions", "Crop"), icon="crop", family="crop", shortcuts=("C",),
        aliases=("trim canvas", "straighten", "裁切", "剪裁", "拉直"), open=CropSession, open_at_once=True,
        options=CropOptions,
        hint=QT_TRANSLATE_NOOP("Options", "Drag a frame, then it or its handles; outside turns it; Ctrl+drag along a horizon levels it; Enter crops"),
    ),
)  # fmt: skip
