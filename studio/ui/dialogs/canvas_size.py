"""Canvas size: more or less room around the picture, from a corner, a side or the middle."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from studio.ui import theme
from studio.ui.dialogs.frame import Frame
from studio.ui.dialogs.new_picture import LARGEST, Size
from studio.ui.dialogs.size_rows import LABEL, SizeRows
from studio.ui.widgets import paint
from studio.workspace import imaging, reshaping
from studio.workspace.imaging import Anchor
from studio.workspace.studio import Studio

SIDE = 84
_STEPS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip


class AnchorGrid(QWidget):
    """Nine fields; the chosen one is the part of the picture that stays where it is, arrows show where room comes."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = (1, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(QCoreApplication.translate("CanvasSize", "Anchor"))
        self.setToolTip(
            QCoreApplication.translate("CanvasSize", "The part of the picture that stays where it is")
        )

    @property
    def anchor(self) -> Anchor:
        return self.place[0] / 2, self.place[1] / 2

    def choose(self, column: int, row: int) -> None:
        self.place = (min(max(column, 0), 2), min(max(row, 0), 2))
        self.update()
        self.chosen.emit(self.anchor)

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        step = SIDE / 3
        self.choose(int(event.position().x() // step), int(event.position().y() // step))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self.choose(self.place[0] + step[0], self.place[1] + step[1])

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = SIDE / 3
        for row in range(3):
            for column in range(3):
                field = QRectF(column * step, row * step, step, step).adjusted(1.5, 1.5, -1.5, -1.5)
                here = (column, row) == self.place
                painter.setPen(QPen(look.colour("border"), 1))
                painter.setBrush(look.colour("active_fill" if here else "field"))
                painter.drawRoundedRect(field, theme.FIELD_RADIUS, theme.FIELD_RADIUS)
                away = (column - self.place[0], row - self.place[1])
                if not here and max(abs(away[0]), abs(away[1])) == 1:
                    _arrow(painter, field.center(), away, look)
        if self.hasFocus():
            paint.focus_ring(painter, QRectF(self.rect()))


def _arrow(painter: QPainter, centre: QPointF, away: tuple[int, int], look: theme.Theme) -> None:
    """A small arrow outwards from the chosen field."""
    length = 5.0 if 0 in away else 4.0
    tip = centre + QPointF(away[0] * length, away[1] * length)
    end = centre - QPointF(away[0] * length, away[1] * length)
    painter.setPen(QPen(look.colour("text"), 1.5))
    painter.drawLine(end, tip)
    back = QPointF(away[0], away[1]) * (4.0 if 0 in away else 2.8)
    side = QPointF(-away[1], away[0]) * (4.0 if 0 in away else 2.8)
    painter.drawLine(tip, tip - back + side)
    painter.drawLine(tip, tip - back - side)


class CanvasSizeDialog(Frame):
    """Asks for the new size and what of the old canvas keeps its place."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        super().__init__(translate("CanvasSize", "Canvas size"), parent)
        assert studio.current is not None
        self._studio = studio
        self.end_with_picture(studio)
        artwork = studio.current.document.artwork
        self._before = (artwork.width, artwork.height)
        self.rows = SizeRows(Size(artwork.width, artwork.height, "px", artwork.ppi), linked=False)
        self.rows.ppi.hide()
        self.anchor = AnchorGrid()
        line = QHBoxLayout()
        title = QLabel(translate("CanvasSize", "Anchor"))
        title.setFixedWidth(LABEL)
        line.addWidget(title, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.anchor)
        line.addStretch(1)
        self.sum = QLabel()
        self.sum.setProperty("quiet", True)
        self.body.addWidget(self.rows)
        self.body.addLayout(line)
        self.body.addWidget(self.sum)
        self.add_sentence(
            translate("CanvasSize", "Pixels that no longer fit are kept; Reveal all brings them back.")
        )
        self.add_cancel()
        self.apply_button = self.add_verb(translate("CanvasSize", "Change"), self.change_canvas, main=True)
        self.rows.changed.connect(self._sum)
        self._sum()

    def _sum(self) -> None:
        width, height = self.rows.pixels()
        fits = self.rows.usable and max(width, height) <= LARGEST
        fits = fits and width * height <= reshaping.MOST_PIXELS
        self.apply_button.setEnabled(fits)
        old = f"{self._before[0]} × {self._before[1]}"
        words = QCoreApplication.translate("ImageSize", "{old} → {new} pixels, {millions} megapixels")
        self.sum.setText(
            words.format(old=old, new=f"{width} × {height}", millions=f"{width * height / 1e6:.1f}")
        )

    def change_canvas(self) -> None:
        """Changes and closes."""
        width, height = self.rows.pixels()
        self.accept()
        imaging.resize_canvas(self._studio, width, height, self.anchor.anchor)
