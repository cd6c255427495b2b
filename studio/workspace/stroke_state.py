"""What painting remembers between strokes: where the last one ended, from where a clone takes, symmetry."""

from __future__ import annotations

from typing import NamedTuple
from weakref import WeakKeyDictionary

from msgspec.structs import replace
from psygnal import Signal

from studio.raster.stamp import Stamps
from studio.raster.symmetry import Symmetry
from studio.recipe import check
from studio.workspace.picture import Picture

Point = tuple[float, float]


class CloneSource(NamedTuple):
    """A place in document pixels and the layer that was active when it was chosen."""

    picture: Picture
    layer_id: str
    x: float
    y: float


class StrokeState:
    """The same for all painting tools. ``stamps``: prints of the last stroke, which the next one may use."""

    symmetry_changed = Signal()
    clone_changed = Signal()

    def __init__(self) -> None:
        self.symmetry = Symmetry()
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

    def set_symmetry(self, symmetry: Symmetry) -> None:
        """Raises RecipeError outside the declared ranges."""
        if check(symmetry) != self.symmetry:
            self.symmetry = symmetry
            self.symmetry_changed.emit()

    def centre_symmetry(self, picture: Picture) -> None:
        """Where painting is not symmetric, the centre lies in the middle of ``picture`` from now on."""
        if not self.symmetry.active:
            artwork = picture.document.artwork
            self.set_symmetry(replace(self.symmetry, x=artwork.width / 2, y=artwork.height / 2))

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
