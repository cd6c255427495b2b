"""Hands on the tones of curves and levels: pickers, points drawn on the picture, and the view of what is clipped.

What is changed is the filter that is tried, else the selected filter layer; both say so by their values alone.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from psygnal import Signal

from studio import recipe
from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import Filter
from studio.document.masks import check_unlocked
from studio.filters import FILTERS
from studio.filters.curves import Curves
from studio.filters.levels import Levels
from studio.filters.mixing import WhiteBalance
from studio.raster.geometry import Rect, Region
from studio.raster.statistics import Histogram
from studio.recipe import QT_TRANSLATE_NOOP, RecipeError
from studio.workspace import tone_points
from studio.workspace.tone_points import Colour, End, Picked, Tone
from studio.workspace.tone_source import below, counted, mask_of, seen_by, tones_counted
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.session import Session

if TYPE_CHECKING:
    from studio.workspace.filter_trial import FilterTrial
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

Mode = Literal["", "black", "grey", "white", "draw"]
PICKED = (Curves, Levels, WhiteBalance)
"""Values for which a press on the picture means a tone."""
SPOT = 5
"""Side of the square of pixels whose mean is picked."""
TRAVEL = 256.0
"""Device pixels of a drag on the picture from black to white."""
OWNER = "filter"
HINTS = {
    "black": QT_TRANSLATE_NOOP("Options", "Press where the picture is to be black; Esc leaves"),
    "grey": QT_TRANSLATE_NOOP("Options", "Press where the picture is to be a neutral grey; Esc leaves"),
    "white": QT_TRANSLATE_NOOP("Options", "Press where the picture is to be white; Esc leaves"),
    "draw": QT_TRANSLATE_NOOP(
        "Options", "Press on a tone and drag up or down: the curve follows; Esc leaves"
    ),
}


class Subject(msgspec.Struct, frozen=True, eq=False):
    """What the hands work on: values of curves, levels, a threshold or a white balance, of a filter that is tried or of a filter layer.

    ``artwork`` holds the filter as the layer ``layer_id``; ``masked``: the filter is tried on that layer's mask instead.
    """

    picture: Picture
    artwork: Artwork
    layer_id: str
    values: Any
    trial: FilterTrial | None = None
    masked: bool = False

    def source(self) -> Artwork:
        """The picture that the filter gets. Raises EditError."""
        return mask_of(self.artwork, self.layer_id) if self.masked else below(self.artwork, self.layer_id)

    def seen(self) -> tuple[object, ...]:
        """Objects of which one is another where :meth:`source` is another picture. Raises EditError."""
        if not self.masked:
            return seen_by(self.artwork, self.layer_id)
        return (self.artwork.selection, getattr(self.artwork.find(self.layer_id), "mask", None))


class TonePicking(Session):
    """Open while a press on the picture means a tone of the selected filter layer; it belongs to no tool."""

    owner = OWNER
    any_tool = True

    def __init__(self, tones: Tones, picture: Picture) -> None:
        super().__init__(picture, tones.studio.painting)
        self._tones = tones

    @property
    def hint(self) -> str:
        return HINTS.get(self._tones.mode, "")

    def press(self, pointer: Pointer) -> Gesture | None:
        return self._tones.press(pointer)

    def apply(self) -> None:
        self._tones.left()

    def cancel(self) -> None:
        self._tones.left()

    def undo(self) -> bool:
        """The step before is one of the picture: the pickers stay in the hand."""
        return False


class Tones:
    """``mode``: what a press on the picture means; ``channel``: the curve that a drag on it changes; ``clip``: the end
    whose clipped tones the canvas shows instead of the picture."""

    changed = Signal()

    def __init__(self, studio: Studio) -> None:
        self.studio = studio
        self.mode: Mode = ""
        self.channel = "curve"
        self.clip: End | Literal[""] = ""
        self._clipped: Picture | None = None

    # ── what it works on ─────────────────────────────────────────────────────────────────────────────────────────────
    def subject(self, kinds: tuple[type, ...] = PICKED) -> Subject | None:
        """None where no filter whose values are of these ``kinds`` is tried or selected."""
        filtering, picture = self.studio.filtering, self.studio.current
        trial = filtering.trial
        if trial is not None:
            if not isinstance(trial.values, kinds):
                return None
            artwork, layer_id, masked = trial.source()
            return Subject(trial.picture, artwork, layer_id, trial.values, trial, masked)
        layer = filtering.target
        if picture is None or layer is None or layer.recipe.name not in FILTERS:
            return None
        try:
            values = filtering.parameters(layer)
        except RecipeError:
            return None
        if not isinstance(values, kinds):
            return None
        return Subject(picture, picture.document.artwork, layer.id, values)

    def count(self, subject: Subject) -> Callable[[], Generator[Histogram | None, None, Histogram]]:
        """The work of counting what the filter gets, for the render lane; as :func:`~studio.workspace.tone_source.counted`."""

        def work() -> Generator[Histogram | None, None, Histogram]:
            yield
            return (yield from counted(subject.picture.renderer, subject.source()))

        return work

    def count_tone(
        self, subject: Subject, tone: str
    ) -> Callable[[], Generator[Histogram | None, None, Histogram]]:
        """:meth:`count` for one tone: :func:`~studio.workspace.tone_source.tones_counted`."""
        return lambda: tones_counted(subject.picture.renderer, subject.source(), tone)

    def _change(self, subject: Subject, values: Picked, *, finished: bool) -> None:
        if subject.trial is not None:
            subject.trial.change(values)
            return
        self.studio.filtering.change(subject.layer_id, values, live=True)
        if finished:
            self.studio.filtering.release()

    # ── a press on the picture ───────────────────────────────────────────────────────────────────────────────────────
    def choose(self, mode: Mode) -> None:
        """A press on the picture means this from now on; the same again, or nothing, ends it."""
        subject, painting = self.subject(), self.studio.painting
        if mode and mode != self.mode and subject is not None and not self._admitted(subject):
            return
        self.studio.filtering.compare(False)
        wanted: Mode = "" if mode == self.mode or subject is None else mode
        if isinstance(painting.session, TonePicking):
            painting.session_done()
        self.mode = wanted
        if wanted and subject is not None and subject.trial is None:
            self.studio.settle(keep=OWNER)
            self.mode = wanted
            painting.admit(TonePicking(self, subject.picture))
        self.changed.emit()

    def _admitted(self, subject: Subject) -> bool:
        """A trial was let in by its lock when it began; a locked filter layer is refused here."""
        if subject.trial is not None:
            return True
        try:
            check_unlocked(subject.artwork, subject.layer_id)
        except EditError as error:
            self.studio.refuse(error)
            return False
        return True

    def left(self) -> None:
        """The session is over, whoever ended it."""
        if self.mode:
            self.mode = ""
            self.changed.emit()

    def press(self, pointer: Pointer) -> Gesture | None:
        """The drag that begins on the picture, or None where the press was all, or means nothing there."""
        subject, mode = self.subject(), self.mode
        if subject is None or not mode:
            return None
        try:
            colour = _colour_at(subject, pointer.x, pointer.y)
        except EditError:
            return None
        if colour is None:
            return None
        if mode != "draw":
            self._change(subject, tone_points.picked(subject.values, mode, colour), finished=True)
            self.choose("")
        elif isinstance(subject.values, Curves):
            return self._draw(subject, subject.values, pointer, colour)
        return None

    def _draw(self, subject: Subject, values: Curves, pointer: Pointer, colour: Colour) -> Gesture:
        """The tone under the pen is a point of the curve that goes up and down with the pen; one undo step."""
        channel = self.channel
        points = getattr(values, channel)
        x, start = tone_points.point_of(values, channel, colour)
        sample: Pointer | None = pointer
        try:
            while sample is not None:
                y = start + (pointer.y - sample.y) * sample.zoom / TRAVEL
                new = msgspec.structs.replace(values, **{channel: tone_points.with_point(points, x, y)})
                self._change(subject, new, finished=False)
                sample = yield
        except GeneratorExit:
            self._take_back(subject)
            raise
        if subject.trial is None:
            self.studio.filtering.release()

    def _take_back(self, subject: Subject) -> None:
        if subject.trial is not None:
            subject.trial.change(subject.values)
        else:
            subject.picture.document.revert(OWNER)
            self.studio.filtering.changed.emit()

    # ── what is clipped ──────────────────────────────────────────────────────────────────────────────────────────────
    def show_clip(self, end: End | Literal[""]) -> None:
        """The canvas shows what becomes black (or white) in the colours of the clipped channels; "" the picture again.

        Only the view changes: the picture keeps its values, and may be changed meanwhile.
        """
        if end:
            self.studio.filtering.compare(False)
        subject = self.subject() if end else None
        if self._clipped is not None:
            self._look(self._clipped, None)
            self._clipped = None
        self.clip = end if subject is not None and not subject.masked else ""
        if self.clip and subject is not None:
            self._clipped = subject.picture
            self._look(subject.picture, _clipping(subject.layer_id, self.clip))
        self.changed.emit()

    def _look(self, picture: Picture, look: Callable[[Artwork], Artwork] | None) -> None:
        if look is None:
            self.studio.masking.look_again(picture)
        else:
            picture.renderer.look_through(look)
        picture.document.changed.emit(Region([picture.document.artwork.rect]))

    def let_go(self) -> None:
        """The filter is no longer in the hand: presses are strokes again and the canvas shows the picture."""
        if isinstance(self.studio.painting.session, TonePicking):
            self.studio.painting.session_done()
        if self.clip:
            self.show_clip("")
        self.left()


def _clipping(layer_id: str, end: End) -> Callable[[Artwork], Artwork]:
    """The artwork with the filter's place taken by the levels that show what it clips."""

    def look(artwork: Artwork) -> Artwork:
        layer = artwork.find(layer_id)
        if not isinstance(layer, Filter):
            return artwork
        kind = FILTERS[layer.recipe.name]
        values = recipe.from_plain(kind.parameters, layer.recipe.parameters)
        view = tone_points.clip_view(values, end) if isinstance(values, (Curves, Levels)) else None
        if view is None:
            return artwork
        stored = recipe.store("levels", FILTERS["levels"].version, view)
        return edits.change(artwork, layer_id, recipe=stored, opacity=1.0, mode="normal", mask_enabled=False)

    return look


def _colour_at(subject: Subject, x: float, y: float) -> Colour | None:
    """The mean of the pixels around a place, straight, in the picture's own numbers, as the filter gets them; None beyond
    the canvas and where nothing is. Raises EditError."""
    artwork = subject.source()
    left, top = int(x // 1), int(y // 1)
    if not (0 <= left < artwork.width and 0 <= top < artwork.height):
        return None
    spot = Rect.of(left - SPOT // 2, top - SPOT // 2, SPOT, SPOT).intersect(artwork.rect)
    red, green, blue, alpha = (
        subject.picture.renderer.compose(artwork, spot, 0).reshape(-1, 4).mean(0).tolist()
    )
    return None if alpha <= 0 else (red / alpha, green / alpha, blue / alpha)


__all__ = ["HINTS", "Mode", "Subject", "Tone", "TonePicking", "Tones"]
