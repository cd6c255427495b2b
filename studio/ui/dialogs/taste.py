"""The wall by taste: nine pictures to mark, then nine that follow from all marks so far."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from studio.ui import theme
from studio.ui.bind import bind, bind_later
from studio.ui.dialogs.frame import Frame
from studio.ui.dialogs.wall import ACROSS, SIDE, PictureGrid
from studio.ui.language import spoken
from studio.ui.widgets.picture_strip import image_of_rgb
from studio.workspace.studio import Studio
from studio.workspace.taste import COUNT, DISLIKE, LIKE, NOTHING
from studio.workspace.tasting import BETWEEN, LESS, LIKES, MORE, OWNER

BADGE = 24


class TasteGrid(PictureGrid):
    """A click, a digit or Space likes a picture; the other button, Shift and a click or Shift and Space do not. Enter goes on, a double
    click uses it."""

    marked = Signal(int, int)
    gone_on = Signal()
    used = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: tuple[int, ...] = (NOTHING,) * COUNT

    def set_marks(self, marks: tuple[int, ...]) -> None:
        self._marks = marks
        liked, refused = marks.count(LIKE), marks.count(DISLIKE)
        words = QCoreApplication.translate("Taste", "{liked} liked, {refused} not")
        self.setAccessibleDescription(words.format(liked=liked, refused=refused))
        self.update()

    def _paint_state(self, painter: QPainter, look: theme.Theme, index: int, area: QRectF) -> None:
        mark = self._marks[index]
        if index == self._over:
            painter.setPen(QPen(look.colour("active"), 2, Qt.PenStyle.DashLine))
            painter.drawRect(area.adjusted(-1, -1, 1, 1))
        if mark == NOTHING:
            return
        if mark == DISLIKE:
            veil = look.colour("panel")
            veil.setAlpha(140)
            painter.fillRect(area, veil)
        colour = look.colour("good" if mark == LIKE else "danger_text")
        painter.setPen(QPen(colour, 3))
        painter.drawRect(area.adjusted(1, 1, -1, -1))
        badge = QRectF(area.right() - BADGE - 4, area.top() + 4, BADGE, BADGE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("panel"))
        painter.drawEllipse(badge)
        inner = badge.adjusted(6, 6, -6, -6)
        if mark == LIKE:
            painter.setBrush(colour)
            painter.drawPath(heart(inner))
        else:
            painter.setPen(QPen(colour, 2.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(inner.topLeft(), inner.bottomRight())
            painter.drawLine(inner.topRight(), inner.bottomLeft())
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._index_at(event.position())
        other = event.button() == Qt.MouseButton.RightButton
        if index >= 0 and (other or event.button() == Qt.MouseButton.LeftButton):
            self._at = index
            refuses = other or bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.marked.emit(index, DISLIKE if refuses else LIKE)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self._index_at(event.position())
        if index >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.marked.emit(index, LIKE)  # as it was before the first press
            self.used.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys, key = Qt.Key, event.key()
        refuses = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in (keys.Key_Return, keys.Key_Enter):
            self.gone_on.emit()
        elif key == keys.Key_Space:
            self.marked.emit(self._at, DISLIKE if refuses else LIKE)
        elif keys.Key_1 <= key <= keys.Key_9:
            self.marked.emit(key - keys.Key_1, LIKE)
        else:
            super().keyPressEvent(event)


def heart(area: QRectF) -> QPainterPath:
    """A heart that fills ``area``."""
    left, top, width, height = area.left(), area.top(), area.width(), area.height()

    def at(x: float, y: float) -> QPointF:
        return QPointF(left + x * width, top + y * height)

    path = QPainterPath(at(0.5, 1.0))
    path.cubicTo(at(-0.35, 0.35), at(0.2, -0.3), at(0.5, 0.25))
    path.cubicTo(at(0.8, -0.3), at(1.35, 0.35), at(0.5, 1.0))
    return path


class TasteDialog(Frame):
    """Stays open beside the canvas; each wall that is marked is an undo step of the layer, which keeps the marks."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        super().__init__(translate("Taste", "More of what pleases"), parent, width=ACROSS * SIDE + 44)
        self._studio = studio
        self._tasting = studio.exploring.tasting
        self.add_sentence(translate("Taste", "Click what you like, right-click what you do not."))
        self.grid = TasteGrid()
        self.grid.setAccessibleName(translate("Taste", "Nine pictures to mark"))
        self.body.addWidget(self.grid, 0, Qt.AlignmentFlag.AlignHCenter)
        self.progress, self.problem = self.add_sentence(""), self.add_sentence("", quiet=False)
        self.problem.hide()
        self.anew = self.add_verb(translate("Taste", "Begin anew"), self._tasting.anew)
        self.back = self.add_verb(translate("Taste", "Back"), self._tasting.back)
        self.use = self.add_verb(translate("Taste", "Keep the favourite"), self._tasting.use)
        self.next = self.add_verb(translate("Taste", "Next nine"), self._tasting.go_on, main=True)
        self.anew.setToolTip(
            translate("Taste", "Forgets all marks; the walls begin at the picture that is shown")
        )
        self.back.setToolTip(translate("Taste", "The wall before, with its marks"))
        self.use.setToolTip(
            translate(
                "Taste",
                "What should please most becomes a variation of the layer; a double click keeps any other",
            )
        )
        self.next.setToolTip(
            translate("Taste", "Keeps the marks in the layer and shows nine that follow from them (Enter)")
        )
        self.grid.marked.connect(self._tasting.mark)
        self.grid.gone_on.connect(self._tasting.go_on)
        self.grid.used.connect(self._tasting.use)
        bind(self, self._tasting.changed, self.refresh)
        bind_later(self, studio.exploring.quick.arrived, self.refresh, 30)
        bind_later(self, studio.generating.changed, self.refresh, 100)
        bind_later(self, studio.generating.strip_changed, self.refresh, 100)
        self.end_with_picture(studio)
        self.grid.setFocus()
        self.refresh()

    def refresh(self) -> None:
        """Marks at once, pictures as they come."""
        tasting, quick = self._tasting, self._studio.exploring.quick
        able = tasting.can_mark
        for widget in (self.grid, self.use, self.next):
            widget.setEnabled(able)
        for button in (self.back, self.anew):
            button.setEnabled(able and tasting.rounds > 0)
        if not able:
            return
        self.grid.set_marks(tasting.marks)
        number, count = tasting.part
        words = QCoreApplication.translate("Taste", "Wall {number} of about {count}")
        said = (words.format(number=number, count=count), liked_words(self._studio))
        self.progress.setText(" · ".join(one for one in said if one))
        text, values = tasting.problem()
        self.problem.setText(QCoreApplication.translate("Taste", text).format(**values) if text else "")
        self.problem.setVisible(bool(text))
        requests = tuple(self._studio.exploring.small(state) for state in tasting.states)
        found = [quick.of(request) for request in requests]
        if any(one is None for one in found):
            quick.want(OWNER, requests)
        self.grid.set_images(tuple(QImage() if one is None else image_of_rgb(one) for one in found))

    def done(self, result: int) -> None:
        self._studio.exploring.quick.stop(OWNER)
        super().done(result)


def liked_words(studio: Studio) -> str:
    """``You like: more mist, less night``; empty while nothing is sure that has a name."""
    translate, found = QCoreApplication.translate, studio.exploring.tasting.liked()
    if not found:
        return ""
    more, less = translate("Taste", MORE), translate("Taste", LESS)
    chinese = spoken().startswith("zh")
    parts = [
        (more if up else less).format(name=one.title_zh if chinese and one.title_zh else one.title)
        for one, up in found
    ]
    return translate("Taste", LIKES).format(parts=translate("Taste", BETWEEN).join(parts))
