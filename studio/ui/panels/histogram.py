"""The Histogram panel: how often each value occurs, in the picture or the selection."""

from __future__ import annotations

from collections.abc import Generator

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from studio.document.layer import Fill
from studio.jobs.job import JobFinished, Priority
from studio.raster.statistics import CHANNELS, Histogram, histogram
from studio.recipe import Stored
from studio.ui import theme
from studio.ui.language import Retranslated
from studio.ui.panels.following import Follower
from studio.ui.widgets.rows import ChoiceRow
from studio.workspace.studio import Studio

SIDE = 512
REST_MILLISECONDS = 150
SHOWN = ("colours", *CHANNELS)
_COLOURS = {"red": (0.9, 0.25, 0.2), "green": (0.2, 0.75, 0.3), "blue": (0.3, 0.5, 0.95)}


class Curve(QWidget):
    """The counts as areas; the value under the mouse is read off below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found: Histogram | None = None
        self.shown = "colours"
        self.value = -1
        self.setMinimumSize(128, 80)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)

    def sizeHint(self) -> QSize:
        return QSize(256, 140)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(look.colour("border"), 1))
        painter.setBrush(look.colour("field"))
        painter.drawRect(area)
        if self.found is None or not self.found.pixels:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setCompositionMode(
            QPainter.CompositionMode.CompositionMode_Plus
            if look.dark and self.shown == "colours"
            else QPainter.CompositionMode.CompositionMode_SourceOver
        )
        names = CHANNELS[:3] if self.shown == "colours" else (self.shown,)
        counts = np.sqrt(self.found.counts.astype(np.float64))
        # A clipped black or white must not flatten all the rest.
        top = max(float(np.quantile(counts[:, 1:255], 0.995)), 1.0) * 1.1
        for name in names:
            self._draw(painter, area, counts[CHANNELS.index(name)] / top, name)
        if self.value >= 0:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            painter.setPen(QPen(look.colour("text"), 1))
            x = area.left() + (self.value + 0.5) / 256 * area.width()
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))

    def _draw(self, painter: QPainter, area: QRectF, heights: np.ndarray, name: str) -> None:
        step = area.width() / 256
        line = [QPointF(area.left(), area.bottom())]
        for value, height in enumerate(np.minimum(heights, 1.0)):
            y = area.bottom() - float(height) * (area.height() - 2)
            line.append(QPointF(area.left() + (value + 0.5) * step, y))
        line.append(QPointF(area.right(), area.bottom()))
        colour = QColor.fromRgbF(*_COLOURS[name]) if name in _COLOURS else theme.current().colour("secondary")
        painter.setPen(Qt.PenStyle.NoPen)
        colour.setAlphaF(0.5 if self.shown == "colours" else 0.9)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF(line))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.value = min(max(int(event.position().x() / max(1, self.width()) * 256), 0), 255)
        self._tell()

    def leaveEvent(self, event: object) -> None:
        self.value = -1
        self._tell()

    def _tell(self) -> None:
        self.update()
        parent = self.parent()
        if isinstance(parent, HistogramPanel):
            parent.describe()


class HistogramPanel(Retranslated, QWidget):
    """Follows the picture when the pen rests; counted on the render lane, on at most 512 pixels a side."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.choice = ChoiceRow(" ")
        self.curve = Curve(self)
        self.words = QLabel()
        self.words.setProperty("quiet", True)
        self.words.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.choice)
        column.addWidget(self.curve, 1)
        column.addWidget(self.words)
        self.choice.chosen.connect(self._choose)
        self._follower = Follower(self, studio, self.refresh, picture=True, milliseconds=REST_MILLISECONDS)
        self.retranslate()

    def _choose(self, name: str) -> None:
        self.curve.shown = name
        self.curve.update()
        self.describe()

    def refresh(self) -> None:
        """Counts the picture as it is shown now; a selection alone, if there is one."""
        picture = self._studio.current
        if picture is None:
            self.take(None)
            return
        artwork, renderer = picture.document.artwork, picture.renderer

        def work() -> Generator[None, None, Histogram]:
            yield
            pixels = renderer.thumbnail(artwork, min(SIDE, max(artwork.width, artwork.height)), numbers=True)
            if artwork.selection is not None:
                white = Stored(name="fill-colour", version=1, parameters={"colour": (1.0, 1.0, 1.0, 1.0)})
                inside = artwork.with_(layers=(Fill(recipe=white, mask=artwork.selection),))
                mask = renderer.thumbnail(inside, max(pixels.shape[:2]), numbers=True)
                pixels[..., 3] = np.where(mask[..., 3] >= 128, pixels[..., 3], 0)
            return histogram(pixels)

        def arrived(event: object) -> None:
            if isinstance(event, JobFinished):
                self.take(event.result)

        self._studio.render_lane.submit(
            work,
            label="histogram",
            priority=Priority.background,
            replace=f"histogram-{id(self)}",
            on_event=arrived,
        )

    def take(self, found: Histogram | None) -> None:
        self.curve.found = found
        self.curve.update()
        self.describe()

    def describe(self) -> None:
        """Mean, spread and median; at a value, how many pixels have it or less."""
        found, shown = self.curve.found, self.curve.shown
        channel = "luminance" if shown == "colours" else shown
        if found is None or not found.pixels:
            self.words.setText(
                QCoreApplication.translate("Histogram", "Open a picture to see its histogram.")
            )
            return
        if self.curve.value >= 0:
            counts = found.counts[CHANNELS.index(channel)]
            below = counts[: self.curve.value + 1].sum() / max(1, counts.sum())
            words = QCoreApplication.translate(
                "Histogram", "Value {value}: {part} % of the pixels are not brighter"
            )
            self.words.setText(words.format(value=self.curve.value, part=f"{100 * below:.1f}"))
            return
        words = QCoreApplication.translate(
            "Histogram", "Mean {mean} · deviation {deviation} · median {median}"
        )
        self.words.setText(
            words.format(
                mean=f"{found.mean(channel):.1f}",
                deviation=f"{found.deviation(channel):.1f}",
                median=found.quantile(channel, 0.5),
            )
        )

    def retranslate(self) -> None:
        titles = {
            "colours": QCoreApplication.translate("Histogram", "Colours"),
            "red": QCoreApplication.translate("Histogram", "Red"),
            "green": QCoreApplication.translate("Histogram", "Green"),
            "blue": QCoreApplication.translate("Histogram", "Blue"),
            "luminance": QCoreApplication.translate("Histogram", "Luminance"),
        }
        self.choice.set_title(QCoreApplication.translate("Histogram", "Channel"))
        self.choice.set_choices([(name, titles[name]) for name in SHOWN])
        self.curve.setAccessibleName(QCoreApplication.translate("Histogram", "Histogram"))
        self.describe()
