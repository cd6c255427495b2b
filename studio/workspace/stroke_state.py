"""What painting remembers between strokes: where the last one ended, from where a clone takes, symmetry."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple
from weakref import WeakKeyDictionary

from msgspec.structs import replace
from psygnal import Signal

from studio.document.layer import Affine, inverse, joined
from studio.raster.stamp import Stamps
from studio.raster.symmetry import Symmetry, carried
from studio.recipe import check
from studio.workspace.picture import Picture

Point = tuple[float, float]


class CloneSource(NamedTuple):
    """A place in document pixels and the layer that was active when it was chosen."""

    picture: Picture
    layer_id: str
    x: float
    y: float


class _Axes(NamedTuple):
    """Where the axes of a picture were placed, and the picture's frame (see ``Aids``) at that time."""

    x: float
    y: float
    angle: float
    frame: Affine


class StrokeState:
    """The same for all painting tools. ``stamps``: prints of the last stroke, which the next one may use.

    What is copied how often is the same in all pictures; where the axes lie belongs to each picture, and they move with
    its canvas when that is cut, scaled, turned or flipped, and back when that is undone. ``current``: the picture at hand.
    """

    symmetry_changed = Signal()
    clone_changed = Signal()

    def __init__(self, current: Callable[[], Picture | None]) -> None:
        self._current = current
        self._shape = Symmetry()
        self._axes: WeakKeyDictionary[Picture, _Axes] = WeakKeyDictionary()
        self._told = self._shape
        self._followed: Picture | None = None
        self.clone_source: CloneSource | None = None
        self.clone_offset: Point | None = None
        self.stamps: Stamps | None = None
        self.pressure = 1.0
        self._last: WeakKeyDictionary[Picture, Point] = WeakKeyDictionary()

    def last_point(self, picture: Picture) -> Point | None:
        """Where the last stroke in ``picture`` ended, document pixels."""
        return self._last.get(picture)

    def ended_at(self, picture: Picture, point: Point, pressure: float) -> None:
        """Where a stroke ended and how hard it was pressed, most of all: what a straight line goes on with."""
        self._last[picture], self.pressure = point, pressure

    @property
    def symmetry(self) -> Symmetry:
        """That of the picture at hand."""
        return self.symmetry_of(self._current())

    def symmetry_of(self, picture: Picture | None) -> Symmetry:
        """How strokes in ``picture`` are copied; around its middle where no axes were placed in it."""
        if picture is None:
            return self._shape
        artwork, axes = picture.document.artwork, self._axes.get(picture)
        if axes is None:
            return replace(self._shape, x=artwork.width / 2, y=artwork.height / 2)
        placed = replace(self._shape, x=axes.x, y=axes.y, angle=axes.angle)
        if axes.frame == artwork.aids.frame:
            return placed
        return carried(placed, joined(artwork.aids.frame, inverse(axes.frame)))

    def set_symmetry(self, symmetry: Symmetry) -> None:
        """For the picture at hand. Raises RecipeError outside the declared ranges."""
        if check(symmetry) != self.symmetry:
            self._shape = symmetry
            picture = self._current()
            if picture is not None:
                self._place(picture, symmetry)
            self._tell()

    def _place(self, picture: Picture, symmetry: Symmetry) -> None:
        frame = picture.document.artwork.aids.frame
        self._axes[picture] = _Axes(symmetry.x, symmetry.y, symmetry.angle, frame)

    def centre_symmetry(self, picture: Picture) -> None:
        """Where painting is not symmetric, the centre lies in the middle of ``picture`` from now on."""
        if not self._shape.active:
            artwork = picture.document.artwork
            self._place(picture, replace(self._shape, x=artwork.width / 2, y=artwork.height / 2))
            self._tell()

    def follow(self, picture: Picture | None) -> None:
        """``picture`` is at hand: its axes count, and where its canvas changes they are told anew."""
        if self._followed is not None:
            self._followed.document.history_changed.disconnect(self._tell, missing_ok=True)
        self._followed = picture
        if picture is not None:
            picture.document.history_changed.connect(self._tell)
            if self._shape.active and picture not in self._axes:
                self._place(picture, self.symmetry_of(picture))
        self._tell()

    def _tell(self) -> None:
        symmetry = self.symmetry
        if symmetry != self._told:
            self._told = symmetry
            self.symmetry_changed.emit()

    def set_clone_source(self, source: CloneSource | None) -> None:
        """From where clone strokes take; the next stroke says how far away that is from where it paints."""
        self.clone_source, self.clone_offset = source, None
        self.clone_changed.emit()

    def clone_from(self, picture: Picture, x: float, y: float, *, aligned: bool) -> Point | None:
        """How far from a stroke that begins at (x, y) its source lies; None where none was chosen in ``picture``."""
        source = self.clone_source
        if source is None or source.picture is not picture:
            return None
        if not aligned or self.clone_offset is None:
            self.clone_offset = source.x - x, source.y - y
        return self.clone_offset
