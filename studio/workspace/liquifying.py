"""The session that liquifies a layer: strokes change a field, the canvas shows the layer warped by it at the level of the view.

While the pen is down only what a stroke touches is warped, from the layer's own pixels at the mip level that is seen. When
it is lifted the render lane makes the touched tiles exact; what is applied is those, resampled once from where they were.
"""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from studio.document import liquifying as layers
from studio.document.artwork import Artwork
from studio.jobs.job import Job, JobFinished, Priority
from studio.raster import liquify
from studio.raster.geometry import EMPTY, Rect, Region, TileKey
from studio.raster.liquify_modes import OPPOSITE
from studio.raster.liquify_stroke import Hand
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import imaging
from studio.workspace.liquify_view import Own, Shown
from studio.workspace.outside import lies_outside, tell_nothing_done
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.liquify import LiquifyOptions
from studio.workspace.tools.pace import Pace
from studio.workspace.tools.session import Session

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

OWNER = "liquify"
LIQUIFY = QT_TRANSLATE_NOOP("history", "Liquify")
_COARSEST = 6
_SPREAD = 6
"""Pixels of the view around what was changed of a turned layer that its resampling changes, too."""


class Change(msgspec.Struct, frozen=True, eq=False):
    """One stroke: the nodes ``area`` before and after it."""

    area: Rect
    before: np.ndarray
    after: np.ndarray


class LiquifySession(Session):
    """Strokes push, turn, draw together, blow up or restore; undo takes them back one by one; Enter is one undo step."""

    owner = OWNER

    def __init__(self, picture: Picture, painting: Painting) -> None:
        """Raises EditError where there is nothing that could be pushed about."""
        super().__init__(picture, painting)
        artwork = picture.document.committed
        self._target = layers.target(artwork)
        self._before = self._exact = artwork
        self._options: LiquifyOptions = painting.options("liquify")
        self.step = liquify.step_for(artwork.width, artwork.height)
        self.field = liquify.still(artwork.width, artwork.height, self.step)
        self._shown: Shown | Own | None = None
        self._late: set[TileKey] = set()
        self._job: Job | None = None
        self._asked = 0
        self._zoom = 1.0
        self._fresh, self._quick = True, EMPTY
        self._done: list[Change] = []
        self._undone: list[Change] = []

    def cursor(self, pointer: Pointer) -> str:
        return "brush"

    def options_changed(self, options: msgspec.Struct) -> None:
        assert isinstance(options, LiquifyOptions)
        self._options = options

    # strokes

    def press(self, pointer: Pointer) -> Gesture | None:
        return self._stroke(pointer)

    def _stroke(self, pointer: Pointer) -> Gesture:
        options, document = self._options, self.picture.document
        mode = OPPOSITE.get(options.mode, options.mode) if "alt" in pointer.modifiers else options.mode
        hand = Hand(mode, options.size, options.strength, options.hardness)
        self._stop()
        self._begin(pointer.zoom)
        before, area, pace = self.field.copy(), EMPTY, Pace()
        places, waiting, kept = [(pointer.x, pointer.y)], EMPTY, False
        document.begin_gesture()
        try:
            dabs = hand.press(pointer.x, pointer.y, pointer.t, _pressure(pointer))
            waiting = self._lay(dabs)
            area = area.unite(waiting)
            while (sample := (yield)) is not None:
                places.append((sample.x, sample.y))
                fresh = self._lay(hand.move(sample.x, sample.y, sample.t, _pressure(sample)))
                area, waiting = area.unite(fresh), waiting.unite(fresh)
                if not waiting.empty and pace.run(partial(self._show, waiting, sample.zoom)):
                    waiting = EMPTY
            kept = not lies_outside(self._before, places, options.size)
            if not kept:
                tell_nothing_done(self.painting.studio, self._before, places, options.size, changes=True)
        finally:
            if not kept:
                self.field[...] = before
            document.end_gesture()
            if kept and not area.empty:
                old = before[area.top : area.bottom, area.left : area.right].copy()
                self._done.append(Change(area, old, _part(self.field, area)))
                self._undone.clear()
            if self.painting.session is self:
                self._rest(area, waiting if kept else area, pointer.zoom, changed=kept)

    def _rest(self, area: Rect, waiting: Rect, zoom: float, *, changed: bool) -> None:
        """After a stroke over the nodes ``area``: all of it is seen, and what is not exact yet is asked for."""
        if not waiting.empty:
            self._show(waiting, zoom)
        if changed:
            self._note(area)
        elif self._late:
            self._ask()
        else:
            self._show_exact()

    def _lay(self, dabs: list[liquify.Dab]) -> Rect:
        """Puts the dabs into the field; the nodes that changed."""
        area = EMPTY
        for dab in dabs:
            nodes, new = liquify.dabbed(self.field, self.step, dab)
            if not nodes.empty:
                liquify.put(self.field, nodes, new)
                area = area.unite(nodes)
        return area

    # what is seen

    def _show(self, nodes: Rect, zoom: float) -> None:
        document = self.picture.document
        if document.preview_owner not in (None, OWNER):
            return
        self._begin(zoom)
        assert self._shown is not None
        area = self._pixels(nodes)
        if self._fresh and self._late:  # strokes that are not exact yet are to be seen at this level, too
            area = area.unite(self._late_area())
        self._fresh = False
        self._quick = self._quick.unite(area)
        # beyond ``area`` it looks as it did: nothing else is drawn again, though other layers stand for this one now
        seen = area if self._target.straight else area.grow(_SPREAD << _level(zoom))
        document.preview(OWNER, self._shown.change(self.field, self.step, area), Region([seen]))

    def _begin(self, zoom: float) -> None:
        """Makes ready what is shown at this zoom."""
        target, self._zoom = self._target, zoom
        own = target.masked or not target.straight
        level = 0 if target.masked else _level(zoom * target.scale)
        if self._shown is None or self._shown.level != level:
            kind = Own if own else Shown
            self._shown = kind(self.picture.renderer, self._before, target, self._exact, level)
            self._fresh = True

    def _pixels(self, nodes: Rect) -> Rect:
        return liquify.shown_of(nodes, self.step).intersect(self._before.rect)

    def _late_area(self) -> Rect:
        area = EMPTY
        for key in self._late:
            area = area.unite(self._target.outside(Rect.of_tile(key)))
        return area.intersect(self._before.rect)

    # exact tiles

    def _note(self, nodes: Rect) -> None:
        """The tiles under ``nodes`` are to be made exact."""
        area = self._pixels(nodes)
        if not area.empty:
            self._late.update(layers.keys_under(self._before, self._target, area))
        if self._late and self.painting.session is self:
            self._ask()

    def _ask(self) -> None:
        self._stop()
        steps = partial(
            layers.liquified, self._before, self._target, self.field.copy(), self.step, frozenset(self._late), self._exact
        )  # fmt: skip
        self._asked += 1
        self._job = self.painting.studio.render_lane.submit(
            steps, label=LIQUIFY, priority=Priority.normal, replace=OWNER, on_event=partial(self._arrived, self._asked)
        )  # fmt: skip

    def _arrived(self, asked: int, event: object) -> None:
        if not isinstance(event, JobFinished) or self._job is None or asked != self._asked:
            return
        self._job = None
        self._exact = event.result
        area = self._late_area()
        self._late.clear()
        if self.painting.session is self and self.picture.document.is_idle(OWNER):
            self._show_exact(area)

    def _show_exact(self, seen: Rect = EMPTY) -> None:
        """Instead of what was warped for the view (``_quick``), the exact tiles under it."""
        document, area = self.picture.document, self._quick.unite(seen)
        self._quick = EMPTY
        if self._shown is not None and self._shown.rough:  # the next stroke begins from what is exact
            self._shown = None
        if self._exact is self._before:
            document.revert(OWNER)
        elif document.preview_owner in (None, OWNER):
            document.preview(OWNER, self._exact, Region([area]))

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    # steps

    def undo(self) -> bool:
        """One stroke back; before the first one the key is the picture's."""
        return self._step(self._done, self._undone, back=True)

    def redo(self) -> bool:
        return self._step(self._undone, self._done, back=False)

    def _step(self, taken: list[Change], put: list[Change], *, back: bool) -> bool:
        if not taken:
            return False
        change = taken.pop()
        put.append(change)
        liquify.put(self.field, change.area, change.before if back else change.after)
        self._stop()
        self._show(change.area, self._zoom)
        self._note(change.area)
        return True

    def apply(self) -> None:
        if not self._done:
            self.cancel()
            return
        document, studio = self.picture.document, self.painting.studio
        if not self._late:
            document.commit(LIQUIFY, self._exact, owner=OWNER)
            return
        guess = [document.artwork] if document.preview_owner == OWNER else []
        late, exact, before = frozenset(self._late), self._exact, self._before
        field, step, target = self.field, self.step, self._target
        touched = {
            key
            for change in self._done
            for key in layers.keys_under(before, target, self._pixels(change.area))
        }
        self.cancel()

        def steps(artwork: Artwork):
            if guess:
                yield guess.pop()
            if artwork is before:
                return (yield from layers.liquified(before, target, field, step, late, exact))
            again = layers.target_again(artwork, target)
            if again is None:
                return artwork
            return (yield from layers.liquified(artwork, again, field, step, touched))

        imaging.in_background(studio, LIQUIFY, steps)

    def cancel(self) -> None:
        self._stop()
        self.picture.document.revert(OWNER)


def _pressure(pointer: Pointer) -> float:
    return pointer.pressure if pointer.has_pressure else 1.0


def _part(field: np.ndarray, area: Rect) -> np.ndarray:
    return field[area.top : area.bottom, area.left : area.right].copy()


def _level(zoom: float) -> int:
    """The mip level at which one of its pixels is at most one of the screen."""
    return min(max(math.floor(math.log2(1 / max(zoom, 1e-6)) + 1e-6), 0), _COARSEST)
