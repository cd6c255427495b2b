"""How often each tone occurs, as an area: in the Histogram panel, behind curves and above the handles of levels."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from studio.filters.planes import from_light
from studio.raster.statistics import Histogram
from studio.ui import theme

_COLOURS = {"red": (0.9, 0.25, 0.2), "green": (0.2, 0.75, 0.3), "blue": (0.3, 0.5, 0.95)}
_FAINT = 0.35


def heights_of(found: Histogram) -> np.ndarray:
    """[4, 256] parts of the height for each of ``statistics.CHANNELS``: square roots, so that rare tones are seen. One
    clipped black or white does not flatten all the rest; it is above 1."""
    counts = np.sqrt(found.counts.astype(np.float64))
    return counts / (max(float(np.quantile(counts[:, 1:255], 0.995)), 1.0) * 1.1)


def over_light(heights: np.ndarray) -> np.ndarray:
    """[…, 256] heights over encoded tones as heights over the linear light of these tones."""
    encoded = from_light(np.linspace(0, 1, heights.shape[-1], dtype=np.float32))
    return heights[..., np.rint(encoded * (heights.shape[-1] - 1)).astype(np.intp)]


def colour_of(channel: str) -> QColor:
    return QColor.fromRgbF(*_COLOURS[channel]) if channel in _COLOURS else theme.current().colour("secondary")


def polygon_of(heights: np.ndarray, area: QRectF) -> QPolygonF:
    """The outline of [256] parts of the height of ``area``, cut at its top."""
    step = area.width() / 256
    line = [QPointF(area.left(), area.bottom())]
    for value, height in enumerate(np.minimum(heights, 1.0).tolist()):
        line.append(QPointF(area.left() + (value + 0.5) * step, area.bottom() - height * area.height()))
    line.append(QPointF(area.right(), area.bottom()))
    return QPolygonF(line)


def fill_heights(painter: QPainter, heights: np.ndarray, area: QRectF, channel: str) -> None:
    """Paints them faintly: something else stands in front."""
    colour = colour_of(channel)
    colour.setAlphaF(_FAINT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(polygon_of(heights, area))
