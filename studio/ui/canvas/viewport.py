"""Where the picture lies in the view: zoom, centre, rotation. Pure arithmetic, frozen."""

from __future__ import annotations

import math

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QTransform

from studio.raster.geometry import Rect

ZOOM_STEPS = (
    0.01, 0.015, 0.02, 0.03, 0.05, 0.0667, 0.1, 0.1667, 0.25, 1 / 3, 0.5, 2 / 3, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0,
    16.0, 24.0, 32.0, 64.0,
)  # fmt: skip
PIXEL_GRID_ZOOM = 8.0
FIT_MARGIN = 24
MAX_LEVEL = 8


class Viewport(msgspec.Struct, frozen=True):
    """``zoom``: device pixels per document pixel. ``centre``: document point in the middle of the view.

    ``rotation`` in degrees, clockwise. ``width``/``height``: the view in device pixels. ``mirrored``: left and right of
    the view are exchanged, after the rotation, as in a mirror held beside the picture.
    """

    zoom: float = 1.0
    centre_x: float = 0.0
    centre_y: float = 0.0
    rotation: float = 0.0
    width: float = 1.0
    height: float = 1.0
    mirrored: bool = False

    @property
    def level(self) -> int:
        """The mip level to show: its pixels are never smaller than half a device pixel."""
        if self.zoom >= 1.0:
            return 0
        return min(int(math.floor(-math.log2(self.zoom) + 1e-6)), MAX_LEVEL)

    def to_view(self) -> QTransform:
        """Document to device pixels."""
        transform = QTransform()
        transform.translate(self.width / 2, self.height / 2)
        if self.mirrored:
            transform.scale(-1.0, 1.0)
        transform.rotate(self.rotation)
        transform.scale(self.zoom, self.zoom)
        transform.translate(-self.centre_x, -self.centre_y)
        return transform

    def to_document(self) -> QTransform:
        return self.to_view().inverted()[0]

    def map_to_document(self, point: QPointF) -> QPointF:
        return self.to_document().map(point)

    def visible(self) -> Rect:
        """Document rectangle that holds everything the view shows, rounded outwards."""
        shown = self.to_document().mapRect(QRectF(0, 0, self.width, self.height))
        return Rect(
            math.floor(shown.left()),
            math.floor(shown.top()),
            math.ceil(shown.right()),
            math.ceil(shown.bottom()),
        )

    def resized(self, size: QSizeF) -> Viewport:
        return replace(self, width=max(size.width(), 1.0), height=max(size.height(), 1.0))

    @property
    def _middle(self) -> QPointF:
        return QPointF(self.width / 2, self.height / 2)

    def zoomed(self, zoom: float, anchor: QPointF | None = None) -> Viewport:
        """Another zoom; the document point under ``anchor`` (device pixels; default: the middle) stays where it is."""
        zoom = min(max(zoom, ZOOM_STEPS[0]), ZOOM_STEPS[-1])
        anchor = self._middle if anchor is None else anchor
        return replace(self, zoom=zoom)._anchored(anchor, self.map_to_document(anchor))

    def rotated(self, rotation: float, anchor: QPointF | None = None) -> Viewport:
        anchor = self._middle if anchor is None else anchor
        return replace(self, rotation=rotation % 360.0)._anchored(anchor, self.map_to_document(anchor))

    def centred(self, x: float, y: float) -> Viewport:
        """The document point (x, y) in the middle."""
        return replace(self, centre_x=x, centre_y=y)

    def turned(self, degrees: float, anchor: QPointF | None = None) -> Viewport:
        """Turned clockwise as the eye sees it, mirrored or not."""
        return self.rotated(self.rotation + (-degrees if self.mirrored else degrees), anchor)

    def turned_back(self, x: float, y: float) -> tuple[float, float]:
        """A direction of the view as it is in the picture, its length kept: a pen leans the same way on a turned sheet."""
        x = -x if self.mirrored else x
        turn = math.radians(-self.rotation)
        return x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)

    def angle_in_document(self, degrees: float) -> float:
        """A clockwise angle of the view as it is in the picture, 0–360."""
        return ((-degrees if self.mirrored else degrees) - self.rotation) % 360.0

    def reflected(self) -> Viewport:
        """What is seen, mirrored left to right about the middle of the view; or back."""
        return replace(self, mirrored=not self.mirrored)

    def panned(self, x: float, y: float) -> Viewport:
        """Moves the picture by (x, y) device pixels."""
        middle = QPointF(self.width / 2 - x, self.height / 2 - y)
        centre = self.map_to_document(middle)
        return replace(self, centre_x=centre.x(), centre_y=centre.y())

    def _anchored(self, anchor: QPointF, document_point: QPointF) -> Viewport:
        now = self.to_view().map(document_point)
        return self.panned(anchor.x() - now.x(), anchor.y() - now.y())

    def fitted(self, width: int, height: int) -> Viewport:
        """The whole picture width × height in the view, never larger than 1:1 unless it is tiny."""
        limit = 1.0 if max(width, height) > 256 else 8.0
        zoom = min(self._filling(width, height), limit)
        return replace(self, zoom=zoom, centre_x=width / 2, centre_y=height / 2)

    def _filling(self, width: int, height: int) -> float:
        """The zoom at which a part of this size fills the view, turned as it is."""
        radians = math.radians(self.rotation)
        across = abs(width * math.cos(radians)) + abs(height * math.sin(radians))
        down = abs(width * math.sin(radians)) + abs(height * math.cos(radians))
        zoom = min((self.width - 2 * FIT_MARGIN) / across, (self.height - 2 * FIT_MARGIN) / down)
        return min(max(zoom, ZOOM_STEPS[0]), ZOOM_STEPS[-1])

    def framed(self, area: Rect) -> Viewport:
        """``area`` (document pixels) in the middle, as large as the view."""
        middle = ((area.left + area.right) / 2, (area.top + area.bottom) / 2)
        return replace(
            self, zoom=self._filling(area.width, area.height), centre_x=middle[0], centre_y=middle[1]
        )

    def step(self, direction: int, anchor: QPointF | None = None) -> Viewport:
        """The next zoom of the usual row."""
        if direction > 0:
            zoom = next((value for value in ZOOM_STEPS if value > self.zoom * 1.001), ZOOM_STEPS[-1])
        else:
            zoom = next((value for value in reversed(ZOOM_STEPS) if value < self.zoom * 0.999), ZOOM_STEPS[0])
        return self.zoomed(zoom, anchor)
