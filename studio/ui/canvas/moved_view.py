"""The moves of a view: zoom, place, rotation, mirror; what it tells the navigator and takes from it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSizeF, Signal
from PySide6.QtWidgets import QWidget

from studio.raster.geometry import Rect
from studio.raster.selecting.combining import extent
from studio.ui.bind import bind
from studio.ui.canvas.viewport import Viewport
from studio.ui.language import Retranslated
from studio.workspace.picture import Picture
from studio.workspace.studio import Studio
from studio.workspace.viewing import Frame


class MovedView(Retranslated, QWidget):
    """A widget with a viewport on ``picture``. Subclasses show it: ``_look`` is called after every move."""

    viewport_changed = Signal()

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.studio = studio
        self.picture: Picture | None = None
        self.viewport = Viewport()
        self._fit = True

    def _look(self) -> None:
        """The viewport moved."""
        raise NotImplementedError

    def pointed_at(self) -> QPointF:
        """Where the pointer is, in logical pixels of the widget; zooming keeps what is there."""
        raise NotImplementedError

    def follow_navigator(self) -> None:
        """This is the view that the navigator shows and moves."""
        viewing = self.studio.viewing
        bind(self, viewing.centre_wanted, lambda x, y: self.set_viewport(self.viewport.centred(x, y)))
        bind(self, viewing.zoom_wanted, lambda zoom: self.set_viewport(self.viewport.zoomed(zoom)))
        bind(self, viewing.rotation_wanted, lambda turn: self.set_viewport(self.viewport.rotated(turn)))
        self.viewport_changed.connect(self._tell_frame)

    def _device_size(self) -> QSizeF:
        ratio = self.devicePixelRatioF()
        return QSizeF(self.width() * ratio, self.height() * ratio)

    def set_viewport(self, viewport: Viewport) -> None:
        """Another part, size or rotation of the picture in the view."""
        if viewport != self.viewport:
            self._fit = False
            self.viewport = viewport
            self._look()

    @property
    def standing(self) -> tuple[Viewport, bool]:
        """The view as it is, and whether all of the picture stays in it."""
        return self.viewport, self._fit

    def stand(self, before: tuple[Viewport, bool]) -> None:
        """The view as it was before, at the size that the widget has now."""
        viewport, fits = before
        self.set_viewport(viewport.resized(self._device_size()))
        self._fit = fits

    def fit(self) -> None:
        if self.picture is not None:
            artwork = self.picture.document.artwork
            self.set_viewport(self.viewport.fitted(artwork.width, artwork.height))
            self._fit = True

    def zoom_to_selection(self) -> None:
        """The selected part, as large as the view."""
        if self.picture is None or self.picture.document.artwork.selection is None:
            return
        artwork = self.picture.document.artwork
        assert artwork.selection is not None
        self.show_area(extent(artwork.selection).intersect(artwork.rect))

    def show_area(self, area: Rect) -> None:
        """A part of the picture (document pixels), as large as the view."""
        if not area.empty:
            self.set_viewport(self.viewport.framed(area))

    def zoom_step(self, direction: int) -> None:
        self.set_viewport(self.viewport.step(direction, self._anchor()))

    def actual_pixels(self) -> None:
        self.zoom_to(1.0)

    def zoom_to(self, zoom: float) -> None:
        """``zoom`` device pixels for each of the picture's, about what the pen points at."""
        self.set_viewport(self.viewport.zoomed(zoom, self._anchor()))

    def rotate_by(self, degrees: float) -> None:
        """Turns the view clockwise as it is seen; 0 sets it upright."""
        self.set_viewport(self.viewport.turned(degrees) if degrees else self.viewport.rotated(0.0))

    def mirror(self) -> None:
        self.set_viewport(self.viewport.reflected())

    def _anchor(self) -> QPointF | None:
        place = self.pointed_at()
        return place * self.devicePixelRatioF() if self.rect().contains(place.toPoint()) else None

    def to_document(self, position: QPointF) -> QPointF:
        """Document point under a widget position."""
        return self.viewport.map_to_document(position * self.devicePixelRatioF())

    def _tell_frame(self) -> None:
        """What is seen, for the navigator."""
        viewport = self.viewport
        corners = tuple(
            viewport.map_to_document(QPointF(x, y)).toTuple()
            for x, y in ((0, 0), (viewport.width, 0), (viewport.width, viewport.height), (0, viewport.height))
        )
        frame = Frame(corners, viewport.zoom, viewport.rotation, viewport.mirrored)  # type: ignore[arg-type]
        self.studio.viewing.show_frame(frame if self.picture is not None else None)
