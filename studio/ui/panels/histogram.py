"""The Histogram panel: how often each value occurs, in the picture or the selection."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from studio.raster.statistics import CHANNELS, Histogram
from studio.ui import theme
from studio.ui.bind import while_there
from studio.ui.language import Retranslated
from studio.ui.panels.following import Follower
from studio.ui.widgets.rows import ChoiceRow
from studio.ui.widgets.tone_heights import colour_of, heights_of, polygon_of
from studio.workspace.counting import Counting
from studio.workspace.studio import Studio
from studio.workspace.tone_source import counted

REST_MILLISECONDS = 150
SHOWN = ("colours", *CHANNELS)


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
        heights = heights_of(self.found)
        for name in names:
            self._draw(painter, area, heights[CHANNELS.index(name)], name)
        if self.value >= 0:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            painter.setPen(QPen(look.colour("text"), 1))
            x = area.left() + (self.value + 0.5) / 256 * area.width()
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))

    def _draw(self, painter: QPainter, area: QRectF, heights: np.ndarray, name: str) -> None:
        colour = colour_of(name)
        painter.setPen(Qt.PenStyle.NoPen)
        colour.setAlphaF(0.5 if self.shown == "colours" else 0.9)
        painter.setBrush(colour)
        painter.drawPolygon(polygon_of(heights, area.adjusted(0, 2, 0, 0)))

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
    """Follows the picture when the pen rests; all its pixels counted on the render lane, roughly first."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._counting = Counting(studio.render_lane)
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
            self._counting.stop()
            self.take(None)
            return
        artwork, renderer = picture.document.artwork, picture.renderer

        self._counting.ask(lambda: counted(renderer, artwork), while_there(self, self.take))

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
