"""The line at the foot: the picture at the left, what runs now at the right."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from studio.ui import theme
from studio.ui.bind import bind, bind_later
from studio.ui.language import Retranslated
from studio.ui.menus import language_word
from studio.ui.widgets import paint
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.rows import ElidedLabel
from studio.workspace.jobs import JobLine
from studio.workspace.studio import Studio

TIMES = "\N{MULTIPLICATION SIGN}"
MEMORY_MILLISECONDS = 3000
SOLID, HATCHED = Qt.BrushStyle.SolidPattern, Qt.BrushStyle.BDiagPattern


class Bar(QWidget):
    """A progress bar of 96 × 4 px; hatched as long as nobody knows how much is done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part: float | None = None
        self.setFixedSize(QSize(96, 12))

    def set_part(self, part: float | None) -> None:
        self._part = part
        self.setAccessibleDescription("" if part is None else f"{round(part * 100)} %")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.colour("border"))
        painter.setBrush(look.colour("field"))
        painter.drawRoundedRect(QRectF(0.5, 3.5, self.width() - 1, 5), 2, 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(look.colour("active"), HATCHED if self._part is None else SOLID))
        part = 1.0 if self._part is None else self._part
        painter.drawRoundedRect(QRectF(0, 3, self.width() * part, 6), 2, 2)


class StatusBar(Retranslated, QWidget):
    """Zoom, size, precision, colour space, memory, device of the models | the job that runs, its progress, time left, stop."""

    zoom_wanted = Signal()
    language_wanted = Signal()
    jobs_wanted = Signal()

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._zoom = 1.0
        self._message = ""
        self._said = ""
        self.setFixedHeight(22)
        self.zoom, self.language, self.job = (QPushButton() for _ in range(3))
        for button in (self.zoom, self.language, self.job):
            button.setObjectName("status")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.facts = ElidedLabel(token="secondary", pixels=theme.SMALL_PIXELS)
        self.facts.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hint = ElidedLabel(token="secondary", pixels=theme.SMALL_PIXELS)
        self.hint.setMinimumWidth(0)
        self.progress = Bar()
        self.pause = IconButton("pause", small=True, checkable=True, checked_icon="play")
        self.stop = IconButton("x", small=True)
        for button in (self.pause, self.stop):
            button.setFixedSize(22, 22)
        line = QHBoxLayout(self)
        line.setContentsMargins(4, 0, 4, 0)
        line.setSpacing(4)
        line.addWidget(self.zoom)
        line.addWidget(self.facts)
        line.addSpacing(theme.SPACE[-1])
        line.addWidget(self.hint, 1)
        for widget in (self.job, self.progress, self.pause, self.stop, self.language):
            line.addWidget(widget)
        self.zoom.clicked.connect(self.zoom_wanted)
        self.language.clicked.connect(self.language_wanted)
        self.job.clicked.connect(self.jobs_wanted)
        self.stop.clicked.connect(self._stop)
        self.pause.toggled.connect(studio.training.pause)
        bind(self, studio.current_changed, self.refresh)
        bind(self, studio.painting.tool_changed, self.refresh)
        bind_later(self, studio.jobs.changed, self.refresh_jobs, 50)
        bind_later(self, studio.device_changed, self.refresh)
        bind_later(self, studio.painting.session_changed, self.refresh)
        self._memory = QTimer(self)
        self._memory.timeout.connect(self.refresh)
        self._memory.start(MEMORY_MILLISECONDS)
        self.retranslate()

    def set_zoom(self, zoom: float) -> None:
        """``zoom`` as device pixels per document pixel."""
        self._zoom = zoom
        percent = zoom * 100
        self.zoom.setText(f"{percent:.1f} %" if percent < 100 and percent % 1 > 0.05 else f"{percent:.0f} %")

    def set_message(self, words: str) -> None:
        """Says something instead of what the tool does; empty gives that back."""
        if words != self._message:
            self._message = words
            self.refresh()

    def say(self, words: str) -> None:
        """What holds for the moment, before any hint: a tool that is borrowed; empty when it is over."""
        if words != self._said:
            self._said = words
            self.refresh()

    def refresh(self, *_: object) -> None:
        picture = self._studio.current
        self.zoom.setVisible(picture is not None)
        parts = []
        if picture is not None:
            artwork = picture.document.artwork
            parts.append(f"{artwork.width} {TIMES} {artwork.height}")
            parts.append(_precision(artwork.precision))
            parts.append(artwork.colour_space.name)
        parts.append(memory_text())
        device = self._studio.engine.device if self._studio.engine else None
        if device is not None:
            parts.append(device.device_name)
        self.facts.set_text("   ".join(part for part in parts if part))
        hint = self._studio.painting.kind.hint if picture is not None else ""
        words = QCoreApplication.translate("Options", hint) if hint else ""
        self.hint.set_text(self._said or self._session_hint() or self._message or words)

    def _session_hint(self) -> str:
        session = self._studio.painting.session
        hint = session.hint if session is not None else ""
        return QCoreApplication.translate("Options", hint) if hint else ""

    def refresh_jobs(self) -> None:
        lines = self._studio.jobs.lines
        line = lines[-1] if lines else None
        for widget in (self.job, self.progress, self.stop):
            widget.setVisible(line is not None)
        state = self._studio.training.state
        self.pause.setVisible(line is not None and line.label.startswith("Training") and state is not None)
        if line is not None:
            self.job.setText(self.words(line, len(lines) - 1))
            self.job.setAccessibleName(self.job.text())
            self.progress.set_part(line.part)
            self.stop.setEnabled(line.stop is not None)

    def words(self, line: JobLine, others: int = 0) -> str:
        """``Training “my ink” · 38 min left (+1)``."""
        text = job_words(line)
        ahead = self._studio.jobs.ahead_of(line.id)
        if ahead is not None:
            text += " · " + waiting_words(ahead)
        if line.text:
            text += " · " + QCoreApplication.translate("engine", line.text)
        if line.seconds_left >= 0:
            text += " · " + time_left(line.seconds_left)
        return f"{text} (+{others})" if others > 0 else text

    def _stop(self) -> None:
        lines = self._studio.jobs.lines
        if lines and lines[-1].stop is not None:
            lines[-1].stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().colour("window"))

    def retranslate(self) -> None:
        self.setAccessibleName(QCoreApplication.translate("StatusBar", "Status"))
        self.zoom.setAccessibleName(QCoreApplication.translate("StatusBar", "Zoom"))
        self.zoom.setToolTip(QCoreApplication.translate("StatusBar", "Zoom: fit in window, actual pixels"))
        self.progress.setAccessibleName(QCoreApplication.translate("StatusBar", "Progress"))
        self.pause.set_name(QCoreApplication.translate("StatusBar", "Pause the training"))
        self.stop.set_name(QCoreApplication.translate("StatusBar", "Stop"), "Shift+X")
        self.job.setToolTip(QCoreApplication.translate("StatusBar", "Show everything that runs"))
        self.language.setText(language_word())
        self.language.setAccessibleName(QCoreApplication.translate("StatusBar", "Switch language"))
        self.language.setToolTip(self.language.accessibleName() + " 中 / EN")
        self.set_zoom(self._zoom)
        self.refresh()
        self.refresh_jobs()


def job_words(line: JobLine) -> str:
    """What a job does, in the language of the window."""
    return QCoreApplication.translate("jobs", line.label).format(**line.arguments)


def waiting_words(ahead: JobLine) -> str:
    """``waits for: Measuring “my ink”``."""
    return QCoreApplication.translate("StatusBar", "waits for: {job}").format(job=job_words(ahead))


def time_left(seconds: float) -> str:
    """``38 min left``, in the language of the window."""
    if seconds >= 5400:
        return QCoreApplication.translate("StatusBar", "{hours} h left").format(hours=round(seconds / 3600))
    if seconds >= 90:
        return QCoreApplication.translate("StatusBar", "{minutes} min left").format(
            minutes=round(seconds / 60)
        )
    return QCoreApplication.translate("StatusBar", "{seconds} s left").format(seconds=max(1, round(seconds)))


def _precision(precision: str) -> str:
    words = {
        "float16": QCoreApplication.translate("StatusBar", "16-bit float"),
        "float32": QCoreApplication.translate("StatusBar", "32-bit float"),
    }
    return words.get(precision, precision)


def memory_text() -> str:
    """The memory that the studio's window uses, where the system tells it cheaply."""
    if not sys.platform.startswith("linux"):
        return ""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return ""
    return paint.number(pages * 4096 / 2**20, 0, unit="MiB")
