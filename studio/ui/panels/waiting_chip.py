"""The chip in the head of the results: pictures that wait for a place, and what can be done with them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from studio.document.layer import Generated
from studio.ui import icons, theme
from studio.ui.language import Retranslated
from studio.ui.panels import commands
from studio.ui.widgets.buttons import IconButton
from studio.workspace.studio import Studio

HEIGHT = 22


class WaitingChip(Retranslated, QWidget):
    """``7 pictures wait · Place as layer``; hidden while nothing waits for the current picture."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.words, self.place, self.away = QLabel(), QPushButton(), IconButton("x", small=True)
        self.place.setProperty("link", True)
        self.place.setProperty("small", True)
        self.away.setFixedSize(HEIGHT, HEIGHT)
        line = QHBoxLayout(self)
        line.setContentsMargins(26, 0, 0, 0)
        line.setSpacing(4)
        for part in (self.words, self.place, self.away):
            line.addWidget(part)
        self.place.clicked.connect(lambda: commands.press(self, studio, "place-waiting"))
        self.away.clicked.connect(studio.generating.waiting.put_away)
        self.retranslate()

    def refresh(self) -> None:
        results = self._studio.generating.waiting.here
        self.setVisible(bool(results))
        if not results or self._studio.current is None:
            return
        count = len(results)
        words = (
            QCoreApplication.translate("ResultsPanel", "1 picture waits")
            if count == 1
            else QCoreApplication.translate("ResultsPanel", "{count} pictures wait").format(count=count)
        )
        artwork = self._studio.current.document.artwork
        back = all(isinstance(artwork.find(one.layer_id), Generated) for one in results)
        place = (
            QCoreApplication.translate("ResultsPanel", "Add to their layer")
            if back
            else QCoreApplication.translate("ResultsPanel", "Place as layer")
        )
        if (words, place) != (self.words.text(), self.place.text()):
            self.words.setText(words)
            self.place.setText(place)
            self.place.setAccessibleName(f"{words}: {place}")
            self.adjustSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("generated"), 1))
        painter.setBrush(look.colour("raised"))
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(area, theme.FIELD_RADIUS, theme.FIELD_RADIUS)
        painter.drawPixmap(6, 3, icons.pixmap("inbox", 16, "generated", self.devicePixelRatioF()))

    def retranslate(self) -> None:
        self.away.set_name(
            QCoreApplication.translate("ResultsPanel", "Put away; they stay among all results")
        )
        self.words.setText("")
        self.refresh()
