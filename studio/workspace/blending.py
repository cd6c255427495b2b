"""The session that drags a layer about and blends it into what lies below: Poisson cloning, solved anew for each place."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from studio.document import arranging, placing
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import Fill, Filter, Layer, Paint, Unknown
from studio.raster.geometry import Rect
from studio.raster.selecting.contours import CoarseMasks
from studio.raster.surface import Surface
from studio.recipe import QT_TRANSLATE_NOOP
from studio.synthesis.cloning import PREVIEW_TOLERANCE, Clone, Cloning
from studio.synthesis.fusion import finite
from studio.workspace import fusing, imaging, live_cloning
from studio.workspace.live_frames import Frame, LiveFrames
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.blending_in import BlendInOptions
from studio.workspace.tools.constraint import along_axis
from studio.workspace.tools.marks import Mark, Outline
from studio.workspace.tools.session import Session
from studio.workspace.tools.transform_start import NO_LAYER

if TYPE_CHECKING:
    from studio.render.renderer import Renderer
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

OWNER = "blend-in"
NUDGE, FAR_NUDGE = 1, 10
_STEPS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
_METHODS = {"seamless": "poisson", "mixed": "mixed-gradients"}
_NUMBERS = (("x", QT_TRANSLATE_NOOP("recipe", "X")), ("y", QT_TRANSLATE_NOOP("recipe", "Y")))
Place = tuple[int, int]


class Dragged:
    """A layer, what lies below it, and what it becomes there at preview size; :meth:`frame` runs on the render lane."""

    def __init__(self, renderer: Renderer, artwork: Artwork) -> None:
        """Raises EditError where there is nothing to blend, or nothing to blend it into."""
        layer = _blended(artwork)
        frame = placing.frame_of(artwork, [layer.id])
        if frame is None:
            raise EditError(placing.EMPTY_LAYER)
        lower = fusing.below(artwork.layers, layer.id) or ()
        if not any(one.visible for one in lower):
            raise EditError(fusing.NOTHING_BELOW)
        self._renderer, self._artwork = renderer, artwork
        left, top, right, bottom = frame
        self.box = Rect(math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom))
        self.layer = layer
        self._size = live_cloning.size_for(self.box, 1)
        self._lower = artwork.with_(layers=lower)
        self._alone = artwork.with_(layers=(fusing.alone(artwork, layer),))
        self._source: np.ndarray | None = None
        shown = Paint(
            name=layer.name, surface=Surface(dtype=artwork.dtype), opacity=layer.opacity, mode=layer.mode
        )
        stage = fusing.added(artwork, layer, shown).with_(active=artwork.active, selected=artwork.selected)
        self._stage, self._shown = fusing.hidden(stage, layer.id), shown.id

    def frame(self, clone: Clone, place: Place) -> Frame:
        """The artwork with the layer moved by ``place`` and blended into what is there."""
        size = self._size
        if self._source is None:
            self._source = size.made(finite(self._renderer.compose(self._alone, size.area, size.level)))
            yield
        there = size.moved(place)
        backdrop = finite(self._renderer.compose(self._lower, there, size.level))
        inside = _inside(there, self._artwork.rect.at_level(size.level))
        backdrop *= inside[..., None]
        yield
        backdrop, mask = size.made(backdrop), size.made(self._mask(there, inside))
        pixels = yield from live_cloning.silently(clone.part(backdrop, self._source, mask))
        return live_cloning.laid(self._stage, self._shown, pixels, size, place)

    def _mask(self, there: Rect, inside: np.ndarray) -> np.ndarray:
        """The canvas, and on it the selection where there is one."""
        selection = self._artwork.selection
        if selection is None:
            return inside
        return inside * CoarseMasks().read(selection, there, self._size.level)


def _inside(area: Rect, canvas: Rect) -> np.ndarray:
    """1 where pixels of ``area`` lie on the canvas, float32 [h, w]."""
    out = np.zeros((area.height, area.width), np.float32)
    part = area.intersect(canvas)
    if not part.empty:
        part = part.move(-area.left, -area.top)
        out[part.top : part.bottom, part.left : part.right] = 1
    return out


def _blended(artwork: Artwork) -> Layer:
    """The active layer. Raises EditError where it is none that can be moved and seen, or has no pixels of its own."""
    layer = artwork.active_layer
    if layer is None:
        raise EditError(NO_LAYER)
    placing.check_seen(artwork, (layer.id,))
    placing.check_movable(artwork, layer.id)
    if isinstance(layer, Filter | Fill | Unknown):
        raise EditError(fusing.NO_PIXELS)
    if placing.is_empty(layer):
        raise EditError(placing.EMPTY_LAYER)
    return layer


class BlendInSession(Session):
    """Drags move the layer, Shift along one axis; arrows nudge. Enter blends it in at full size as one undo step."""

    owner = OWNER

    def __init__(self, picture: Picture, painting: Painting) -> None:
        super().__init__(picture, painting)
        self._options: BlendInOptions = painting.options("blend-in")
        self.place: Place = (0, 0)
        self._before = picture.document.committed
        self._dragged = Dragged(picture.renderer, self._before)
        self._clone = self._new_clone()
        self._done: list[Place] = []
        self._undone: list[Place] = []
        self._entered = self._changed = False
        self._live = LiveFrames(painting.selecting.lane, OWNER, self._show)
        self._ask()

    def _new_clone(self) -> Clone:
        mixed = self._options.gradients == "mixed"
        return Clone(mixed=mixed, strength=self._options.strength, tolerance=PREVIEW_TOLERANCE)

    def _ask(self) -> None:
        self._live.ask(partial(self._dragged.frame, self._clone, self.place))

    def _show(self, artwork: Artwork) -> None:
        document = self.picture.document
        if document.preview_owner in (None, OWNER):
            document.preview(OWNER, artwork)

    @property
    def marks(self) -> tuple[Mark, ...]:
        left, top, right, bottom = self._dragged.box.move(*self.place)
        return (Outline(((left, top), (right, top), (right, bottom), (left, bottom))),)

    def cursor(self, pointer: Pointer) -> str:
        return "move"

    def press(self, pointer: Pointer) -> Gesture | None:
        return self._drag(pointer)

    def _drag(self, pointer: Pointer) -> Gesture:
        before, kept = self.place, False
        try:
            while (sample := (yield)) is not None:
                place = sample.x, sample.y
                if "shift" in sample.modifiers:
                    place = along_axis((pointer.x, pointer.y), place)
                self._go((before[0] + round(place[0] - pointer.x), before[1] + round(place[1] - pointer.y)))
            kept = True
        finally:
            if not kept:
                self._go(before)
        self._remember(before)

    def _go(self, place: Place) -> None:
        if place != self.place:
            self.place = place
            self._ask()
            self.changed.emit()

    def _remember(self, before: Place) -> None:
        if before != self.place:
            self._done.append(before)
            self._undone.clear()

    def key(self, key: str, text: str, modifiers: frozenset[str]) -> bool:
        self._entered = key in ("return", "enter")
        if key not in _STEPS:
            return False
        far = FAR_NUDGE if "shift" in modifiers else NUDGE
        before = self.place
        self._go((before[0] + far * _STEPS[key][0], before[1] + far * _STEPS[key][1]))
        self._remember(before)
        return True

    @property
    def numbers(self) -> tuple[tuple[str, str, float, str], ...]:
        corner = self._dragged.box.move(*self.place)
        return tuple(
            (name, title, float(value), "px")
            for (name, title), value in zip(_NUMBERS, corner[:2], strict=True)
        )

    def set_number(self, name: str, value: float) -> None:
        if not math.isfinite(value):
            return
        before, box = self.place, self._dragged.box
        x = round(value) - box.left if name == "x" else before[0]
        y = round(value) - box.top if name == "y" else before[1]
        self._go((x, y))
        self._remember(before)

    def undo(self) -> bool:
        """One move back; before the first one the session is left, for it has changed nothing."""
        if not self._step(self._done, self._undone):
            self.painting.close_session(apply=False)
            self.painting.put_back()
        return True

    def redo(self) -> bool:
        return self._step(self._undone, self._done)

    def _step(self, taken: list[Place], put: list[Place]) -> bool:
        if not taken:
            return False
        put.append(self.place)
        self._go(taken.pop())
        return True

    def options_changed(self, options: msgspec.Struct) -> None:
        assert isinstance(options, BlendInOptions)
        self._options, self._changed = options, True
        self._clone = self._new_clone()
        self._ask()

    def apply(self) -> None:
        if not (self._entered or self._changed or self._done):
            self.cancel()  # another tool was taken before anything was touched
            return
        guess, place, layer_id = self._live.last, self.place, self._dragged.layer.id
        self.cancel()
        renderer = self.picture.renderer
        fusion = fusing.FUSIONS[_METHODS[self._options.gradients]]
        values = Cloning(strength=self._options.strength)
        first = [guess]

        def steps(artwork: Artwork):
            if (shown := first.pop() if first else None) is not None:
                yield shown
            moved = arranging.moved(artwork, (layer_id,), float(place[0]), float(place[1]))
            return (yield from fusing.blended_in(renderer, moved, fusion, values))

        imaging.in_background(self.painting.studio, fusing.BLEND_IN, steps)

    def cancel(self) -> None:
        self._live.stop()
        self.picture.document.revert(OWNER)
