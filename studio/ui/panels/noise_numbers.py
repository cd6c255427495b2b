"""Beside a noise: how often each of its values occurs, and its power over frequency with the slope in words."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from studio.jobs.job import JobFinished, Priority
from studio.recipe import QT_TRANSLATE_NOOP
from studio.ui import theme
from studio.ui.bind import while_there
from studio.ui.language import Retranslated
from studio.ui.panels.following import Follower
from studio.ui.widgets.fold import FoldLine
from studio.workspace.noise_numbers import Numbers, Wanted
from studio.workspace.studio import Studio
from studio.workspace.tone_source import same_seen

REST_MILLISECONDS = 200
SLOPES = (
    (-1.5, QT_TRANSLATE_NOOP("Noise", "violet: hardly anything but the finest grain")),
    (-0.5, QT_TRANSLATE_NOOP("Noise", "blue: fine grain prevails")),
    (0.5, QT_TRANSLATE_NOOP("Noise", "white: all sizes alike")),
    (1.5, QT_TRANSLATE_NOOP("Noise", "pink: large and small forms balance")),
    (2.5, QT_TRANSLATE_NOOP("Noise", "brown: large forms prevail")),
    (float("inf"), QT_TRANSLATE_NOOP("Noise", "smoother than brown: only large, soft forms")),
)
"""Up to which β in power ∝ 1 / f^β a noise is called so (source texts in context ``Noise``)."""


def slope_words(beta: float) -> str:
    """What a noise with power ∝ 1 / f^β is called, source text."""
    return next(words for most, words in SLOPES if beta <= most)


def _number(value: float, digits: int) -> str:
    """With a true minus sign, and none before zeros."""
    return f"{round(value, digits) + 0.0:.{digits}f}".replace("-", "−")


class Plot(QWidget):
    """An area or a line in a field, points from 0 to 1 both ways, a title in its corner."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.points, self.fit, self.filled = "", np.empty((0, 2)), np.empty((0, 2)), False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(130, 88)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 88)

    def take(self, points: np.ndarray, fit: np.ndarray, *, filled: bool = False) -> None:
        """``points`` and ``fit`` [n, 2] (across, up) from 0 to 1."""
        self.points, self.fit, self.filled = points, fit, filled
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(look.colour("line"), 1))
        painter.setBrush(look.colour("field"))
        painter.drawRoundedRect(area, theme.FIELD_RADIUS, theme.FIELD_RADIUS)
        painter.setFont(theme.text_font(theme.SMALL_PIXELS))
        painter.setPen(look.colour("secondary"))
        painter.drawText(area.adjusted(6, 2, -6, -2), Qt.AlignmentFlag.AlignRight, self.title)
        inside = area.adjusted(5, 18, -5, -5)
        line = self._placed(self.points, inside)
        if self.filled and len(line):
            fill = look.colour("active")
            fill.setAlphaF(0.5)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            ends = (QPointF(inside.left(), inside.bottom()), QPointF(inside.right(), inside.bottom()))
            painter.drawPolygon(QPolygonF([ends[0], *line, ends[1]]))
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.colour("active"), 2))
        painter.drawPolyline(QPolygonF(line))
        painter.setPen(QPen(look.colour("text"), 1, Qt.PenStyle.DashLine))
        painter.drawPolyline(QPolygonF(self._placed(self.fit, inside)))

    @staticmethod
    def _placed(points: np.ndarray, area: QRectF) -> list[QPointF]:
        return [
            QPointF(area.left() + x * area.width(), area.bottom() - min(max(y, 0.0), 1.0) * area.height())
            for x, y in points.tolist()
        ]


class NoiseNumbers(Retranslated, QWidget):
    """Folded at first; open, it measures on the render lane when the values or what lies below change. ``toggled``: it
    takes more or less room now."""

    toggled = Signal(bool)

    def __init__(
        self, studio: Studio, wanted: Callable[[], Wanted | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._studio, self._wanted = studio, wanted
        self.found: Numbers | None = None
        self._key: tuple[object, ...] = ()
        self.line, self.body, self.words = FoldLine(), QWidget(), QLabel()
        self.values, self.power = Plot(), Plot()
        self.words.setWordWrap(True)
        self.words.setProperty("quiet", True)
        plots = QHBoxLayout()
        plots.setSpacing(8)
        plots.addWidget(self.values)
        plots.addWidget(self.power)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        column.addLayout(plots)
        column.addWidget(self.words)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.line)
        outer.addWidget(self.body)
        self.body.hide()
        self.line.toggled.connect(self._toggle)
        self._follower = Follower(
            self.body,
            studio,
            self.refresh,
            studio.filtering.changed,
            picture=True,
            milliseconds=REST_MILLISECONDS,
        )
        self.retranslate()

    def _toggle(self, on: bool) -> None:
        self.body.setVisible(on)
        self.toggled.emit(on)

    def refresh(self) -> None:
        """Measures, if the noise or what lies below it is another than the one that was measured."""
        wanted = self._wanted()
        if wanted is None or same_seen(wanted.key, self._key):
            return
        self._key = wanted.key

        def arrived(event: object) -> None:
            if isinstance(event, JobFinished) and self._key is wanted.key:
                self.take(event.result)

        self._studio.render_lane.submit(
            wanted.work,
            label="noise",
            priority=Priority.background,
            replace=f"noise-{id(self)}",
            on_event=while_there(self, arrived),
        )

    def take(self, found: Numbers) -> None:
        """Shows what was measured."""
        self.found = found
        shares = found.values.shares
        across = (np.arange(len(shares)) + 0.5) / len(shares)
        heights = shares / max(float(np.quantile(shares, 0.99)), float(shares.max()) / 4, 1e-9) / 1.05
        self.values.take(np.stack([across, heights], 1), np.empty((0, 2)), filled=True)
        self.power.take(*_logarithmic(found))
        self._describe()

    def _describe(self) -> None:
        found = self.found
        translate = QCoreApplication.translate
        if found is None:
            self.words.setText(translate("Noise", "measuring"))
            return
        words = translate("Noise", "Mean {mean} · deviation {sigma}")
        lines = [words.format(mean=_number(found.values.mean, 3), sigma=_number(found.values.sigma, 3))]
        if found.power is None:
            lines.append(translate("Noise", "No spectrum: all is alike here, or the picture is too small."))
        else:
            beta = -found.power.slope
            words = translate("Noise", "Power ∝ 1 / f^{beta} · {words}")
            lines.append(words.format(beta=_number(beta, 1), words=translate("Noise", slope_words(beta))))
        self.words.setText("\n".join(lines))
        for plot in (self.values, self.power):
            plot.setAccessibleDescription(self.words.text())

    def retranslate(self) -> None:
        title = QCoreApplication.translate("Noise", "Values and spectrum")
        self.line.setText(title)
        self.line.setAccessibleName(title)
        self.values.title = QCoreApplication.translate("Noise", "Values")
        self.power.title = QCoreApplication.translate("Noise", "Power over frequency")
        for plot in (self.values, self.power):
            plot.setAccessibleName(plot.title)
            plot.update()
        self._describe()


def _logarithmic(found: Numbers) -> tuple[np.ndarray, np.ndarray]:
    """Power and its fit over frequency, both as logarithms between 0 and 1."""
    if found.power is None:
        return np.empty((0, 2)), np.empty((0, 2))
    power = found.power
    seen = power.power > 0
    across, up = np.log10(power.frequency[seen]), np.log10(power.power[seen])
    span, low, high = max(float(np.ptp(across)), 1e-9), float(up.min()), float(up.max())
    room = max(1.0 - (high - low), 0.0) / 2  # at least one decade, so that white noise looks level
    low, high = low - room, high + room
    inside = np.log10(np.array([power.low, power.high]))
    fit = power.slope * inside + power.intercept

    def placed(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return np.stack([(x - across[0]) / span, (y - low) / (high - low)], 1)

    return placed(across, up), placed(np.clip(inside, across[0], across[-1]), fit)
