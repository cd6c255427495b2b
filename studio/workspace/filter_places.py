"""Places on the picture that are values of a filter, its centre or its corners, as grips on the canvas.

A place is a pair of parameters ``NAME_x``, ``NAME_y`` that count in widths and heights of the picture from its upper left
corner; by their range of −1 … 2 they are told from other pairs.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import hypot
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from studio import recipe
from studio.document.errors import EditError
from studio.document.masks import check_unlocked
from studio.recipe import QT_TRANSLATE_NOOP, RecipeError
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.marks import Handle, Mark, Outline
from studio.workspace.tools.session import Session

if TYPE_CHECKING:
    from studio.document.artwork import Artwork
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

OWNER = "filter"
LOW, HIGH = -1.0, 2.0
"""The range by which a pair of parameters is known as a place."""
GRIP = 12.0
"""Device pixels around a grip within which a press takes it."""
DIGITS = 4
HINT = QT_TRANSLATE_NOOP(
    "Options", "Press or drag where the filter's centre, or a corner, is to be. Esc leaves."
)
TRIAL_HINT = QT_TRANSLATE_NOOP(
    "Options", "Drag the round grip to where the filter is to act. Enter applies the filter, Esc leaves it."
)
Pair = tuple[str, str]


@lru_cache(256)
def places_of(parameters: type[Struct]) -> tuple[Pair, ...]:
    """The places among a filter's parameters, in the order in which they are declared."""
    declared = {one.name: one for one in recipe.parameters(parameters)}
    found = []
    for name, one in declared.items():
        other = declared.get(f"{name[:-2]}_y") if name.endswith("_x") else None
        if other is not None and (one.low, one.high) == (other.low, other.high) == (LOW, HIGH):
            found.append((name, other.name))
    return tuple(found)


def applying(values: Struct) -> tuple[Pair, ...]:
    """The places that count with these values: some belong to one of several ways only."""
    shown = {one.name: one for one in recipe.parameters(type(values))}
    return tuple(pair for pair in places_of(type(values)) if shown[pair[0]].counts(values))


def point_of(values: Struct, pair: Pair, artwork: Artwork) -> tuple[float, float]:
    """Where a place lies, in document pixels."""
    return getattr(values, pair[0]) * artwork.width, getattr(values, pair[1]) * artwork.height


def moved(values: Any, pair: Pair, x: float, y: float, artwork: Artwork) -> Any:
    """``values`` with the place at (x, y) in document pixels, or as near to it as its range allows."""
    shares = x / artwork.width, y / artwork.height
    return replace(
        values,
        **{name: round(min(max(share, LOW), HIGH), DIGITS) for name, share in zip(pair, shares, strict=True)},
    )


def grabbed(values: Struct, pointer: Pointer, artwork: Artwork) -> Pair | None:
    """The place whose grip is under the pen, the nearest of several."""
    pairs = applying(values)
    away = {pair: _distance(point_of(values, pair, artwork), pointer) for pair in pairs}
    nearest = min(pairs, key=away.__getitem__, default=None)
    return nearest if nearest is not None and away[nearest] <= GRIP else None


def pressed(values: Struct, pointer: Pointer, artwork: Artwork) -> Pair | None:
    """The place that a press anywhere means: the grip under the pen, or the only one there is."""
    pairs = applying(values)
    return grabbed(values, pointer, artwork) or (pairs[0] if len(pairs) == 1 else None)


def _distance(point: tuple[float, float], pointer: Pointer) -> float:
    return hypot(point[0] - pointer.x, point[1] - pointer.y) * pointer.zoom


def dragging(
    values: Struct,
    pair: Pair,
    pointer: Pointer,
    artwork: Artwork,
    change: Callable[[Struct], None],
    take_back: Callable[[], None],
) -> Gesture:
    """The place comes to the pen and goes with it; ``change`` hears of each step, ``take_back`` where it is broken off."""
    grip = point_of(values, pair, artwork)
    held = _distance(grip, pointer) <= GRIP
    off = (grip[0] - pointer.x, grip[1] - pointer.y) if held else (0.0, 0.0)
    if not held:
        change(moved(values, pair, pointer.x, pointer.y, artwork))
    try:
        while (sample := (yield)) is not None:
            change(moved(values, pair, sample.x + off[0], sample.y + off[1], artwork))
    except GeneratorExit:
        take_back()
        raise


def marks_of(values: Struct, artwork: Artwork) -> tuple[Mark, ...]:
    """A grip for each place, and the outline through them where they are corners."""
    points = tuple(point_of(values, pair, artwork) for pair in applying(values))
    grips = tuple(Handle(x, y, "round") for x, y in points)
    return (Outline(points), *grips) if len(points) > 2 else grips


class FilterPlacing(Session):
    """Open while a press on the picture means a place of the selected filter layer; it belongs to no tool."""

    owner = OWNER
    any_tool = True

    def __init__(self, studio: Studio, picture: Picture, layer_id: str) -> None:
        """Raises EditError where the layer is locked."""
        super().__init__(picture, studio.painting)
        check_unlocked(picture.document.artwork, layer_id)
        self._studio, self.layer_id = studio, layer_id

    def _values(self) -> Struct | None:
        """Of the layer, as long as it is the selected one."""
        filtering = self._studio.filtering
        target = filtering.target
        if target is None or target.id != self.layer_id:
            return None
        try:
            return filtering.parameters(target)
        except RecipeError:
            return None

    @property
    def hint(self) -> str:
        return HINT

    @property
    def marks(self) -> tuple[Mark, ...]:
        values = self._values()
        return () if values is None else marks_of(values, self.picture.document.artwork)

    def press(self, pointer: Pointer) -> Gesture | None:
        values, artwork = self._values(), self.picture.document.artwork
        pair = None if values is None else pressed(values, pointer, artwork)
        return None if pair is None or values is None else self._drag(values, pair, pointer, artwork)

    def _drag(self, values: Struct, pair: Pair, pointer: Pointer, artwork: Artwork) -> Gesture:
        """One undo step."""
        filtering = self._studio.filtering

        def change(new: Struct) -> None:
            filtering.change(self.layer_id, new, live=True)
            filtering.changed.emit()
            self.changed.emit()

        def take_back() -> None:
            self.picture.document.revert(OWNER)
            filtering.changed.emit()

        yield from dragging(values, pair, pointer, artwork, change, take_back)
        filtering.release()

    def key(self, key: str, text: str, modifiers: frozenset[str]) -> bool:
        if key in ("escape", "return", "enter"):
            self.painting.close_session()
            return True
        return False

    def apply(self) -> None:
        self.cancel()

    def cancel(self) -> None:
        self._studio.filtering.changed.emit()


def placing(studio: Studio) -> FilterPlacing | None:
    """The session in which places of the selected filter layer are put, while it is open."""
    session = studio.painting.session
    return session if isinstance(session, FilterPlacing) else None


def place(studio: Studio, on: bool) -> None:
    """Lets a press on the picture mean a place of the selected filter layer, or ends that."""
    if placing(studio) is not None:
        studio.painting.close_session()
    picture, target = studio.current, studio.filtering.target
    if not on or picture is None or target is None:
        return
    studio.filtering.compare(False)
    studio.tones.let_go()
    studio.settle(keep=OWNER)
    try:
        studio.painting.admit(FilterPlacing(studio, picture, target.id))
    except EditError as error:
        studio.refuse(error)
    studio.filtering.changed.emit()
