"""The Jobs panel: everything that runs, how long it will take, and a stop for each."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from studio.ui import theme
from studio.ui.language import Retranslated
from studio.ui.panels import commands
from studio.ui.panels.following import Follower
from studio.ui.status_bar import HATCHED, SOLID, job_words, time_left, waiting_words
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.cards import EmptyState, ScrollPage
from studio.ui.widgets.rows import ElidedLabel
from studio.workspace.jobs import JobLine
from studio.workspace.studio import Studio

ROW = 44


class JobRow(Retranslated, QWidget):
    """Name, time left and stop; the progress runs along the lower edge."""

    def __init__(self, line: JobLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        self.ahead: JobLine | None = None
        self.setFixedHeight(ROW)
        self.name = ElidedLabel()
        self.state = ElidedLabel(token="secondary", pixels=theme.SMALL_PIXELS)
        self.stop = IconButton("x", small=True)
        words = QVBoxLayout()
        words.setContentsMargins(0, 0, 0, 8)
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.state)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 0)
        row.addLayout(words, 1)
        row.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignTop)
        self.stop.clicked.connect(self._stop)
        self.show_line(line)

    def show_line(self, line: JobLine, ahead: JobLine | None = None) -> None:
        """``ahead``: what it waits for."""
        self.line, self.ahead = line, ahead
        self.stop.setEnabled(line.stop is not None)
        self.retranslate()
        self.update()

    def _stop(self) -> None:
        if self.line.stop is not None:
            self.line.stop()

    def retranslate(self) -> None:
        line = self.line
        name = job_words(line)
        if name != self.name.text():
            self.name.set_text(name)
            stop = QCoreApplication.translate("JobsPanel", "Stop: {job}").format(job=name)
            self.stop.set_name(stop)
        parts = []
        if line.part is not None:
            parts.append(f"{round(100 * line.part)} %")
        if line.seconds_left >= 0:
            parts.append(time_left(line.seconds_left))
        if line.text:
            parts.append(QCoreApplication.translate("engine", line.text))
        if self.ahead is not None:
            parts.append(waiting_words(self.ahead))
        text = " · ".join(parts) or QCoreApplication.translate("JobsPanel", "running")
        if text != self.state.text():
            self.state.set_text(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(0, self.height() - 6, self.width(), 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("line"))
        painter.drawRoundedRect(track, 2, 2)
        part = self.line.part
        painter.setBrush(QBrush(look.colour("active"), SOLID if part is not None else HATCHED))
        painter.drawRoundedRect(
            QRectF(0, track.top(), track.width() * (1.0 if part is None else part), 4), 2, 2
        )


class JobsPanel(Retranslated, QWidget):
    """One row for each job; rows are kept while their job runs."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.rows: dict[int, JobRow] = {}
        self.page, self.empty = ScrollPage(), EmptyState()
        self.stop_all = QPushButton()
        self.page.foot.addWidget(self.stop_all)
        self.page.body.addStretch(1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.page)
        self._stack.addWidget(self.empty)
        self.stop_all.clicked.connect(lambda: commands.press(self, studio, "stop-all"))
        self._follower = Follower(self, studio, self.refresh, studio.jobs.changed, milliseconds=60)
        self.retranslate()

    def refresh(self) -> None:
        lines = {line.id: line for line in self._studio.jobs.lines}
        for number in [number for number in self.rows if number not in lines]:
            row = self.rows.pop(number)
            row.hide()
            row.deleteLater()
        for number, line in lines.items():
            ahead = self._studio.jobs.ahead_of(number)
            if number not in self.rows:
                self.rows[number] = JobRow(line)
                self.page.body.insertWidget(self.page.body.count() - 1, self.rows[number])
            if (line, ahead) != (self.rows[number].line, self.rows[number].ahead):
                self.rows[number].show_line(line, ahead)
        self._stack.setCurrentWidget(self.page if lines else self.empty)

    def retranslate(self) -> None:
        self.stop_all.setText(commands.words("stop-all"))
        self.stop_all.setAccessibleName(self.stop_all.text())
        self.stop_all.setToolTip(f"{self.stop_all.text()} ({commands.shortcut('stop-all', self)})")
        self.empty.set_texts(
            QCoreApplication.translate("JobsPanel", "Nothing runs. What takes longer appears here.")
        )
        self.refresh()
