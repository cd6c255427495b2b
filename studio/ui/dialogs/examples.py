"""A slider taught by examples: which of a layer's pictures are as wanted, which are not."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QToolTip, QWidget

from studio.document.artwork import SRGB
from studio.document.layer import Variant
from studio.ui import icons, theme
from studio.ui.bind import bind
from studio.ui.dialogs.frame import Frame
from studio.ui.language import spoken
from studio.ui.panels.thumbnails import Thumbnails
from studio.ui.widgets import paint
from studio.ui.widgets.rows import TextRow
from studio.workspace.studio import Studio

ACROSS, SIDE, SPACE, MOST = 7, 62, 6, 42
FEWEST = 3
Vote = Literal["", "yes", "no"]
NEXT: dict[Vote, Vote] = {"": "yes", "yes": "no", "no": ""}


class VoteGrid(QWidget):
    """Small pictures; a click or Space turns one from undecided to yes, to no and back; Y and N say it at once."""

    changed = Signal()

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.images: list[QImage] = [QImage()] * count
        self.votes: list[Vote] = [""] * count
        self._at = 0
        rows = max(1, -(-count // ACROSS))
        self.setFixedSize(ACROSS * (SIDE + SPACE) - SPACE + 4, rows * (SIDE + SPACE) - SPACE + 4)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def sizeHint(self) -> QSize:
        return self.size()

    def rect_of(self, index: int) -> QRectF:
        row, column = divmod(index, ACROSS)
        return QRectF(2 + column * (SIDE + SPACE), 2 + row * (SIDE + SPACE), SIDE, SIDE)

    def _index_at(self, place: QPointF) -> int:
        return next((index for index in range(len(self.votes)) if self.rect_of(index).contains(place)), -1)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        for index, (image, vote) in enumerate(zip(self.images, self.votes, strict=True)):
            area = self.rect_of(index)
            painter.fillRect(area, look.colour("field"))
            if not image.isNull():
                painter.setOpacity(0.4 if vote == "no" else 1.0)
                painter.drawImage(area, image)
                painter.setOpacity(1.0)
            if vote:
                token = "good" if vote == "yes" else "danger_text"
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(look.colour(token), 2))
                painter.drawRect(area.adjusted(0, 0, -1, -1))
                self._paint_mark(painter, look, area, "check" if vote == "yes" else "x")
            if self.hasFocus() and index == self._at:
                paint.focus_ring(painter, area.adjusted(-2, -2, 2, 2), 2)

    def _paint_mark(self, painter: QPainter, look: theme.Theme, area: QRectF, icon: str) -> None:
        shade = look.colour("ink_dark")
        shade.setAlpha(170)
        chip = QRectF(area.right() - 20, area.top() + 1, 19, 19)
        painter.fillRect(chip, shade)
        pixmap = icons.pixmap(icon, 16, "ink_light", self.devicePixelRatioF())
        painter.drawPixmap(int(chip.left()) + 1, int(chip.top()) + 1, pixmap)

    def _set(self, index: int, vote: Vote) -> None:
        if 0 <= index < len(self.votes):
            self.votes[index] = vote
            self._at = index
            self.update()
            self.changed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._index_at(event.position())
        if index >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._set(index, NEXT[self.votes[index]])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        moves = {keys.Key_Left: -1, keys.Key_Right: 1, keys.Key_Up: -ACROSS, keys.Key_Down: ACROSS}
        said: dict[Qt.Key, Vote] = {keys.Key_Y: "yes", keys.Key_N: "no", keys.Key_Delete: ""}
        key = Qt.Key(event.key())
        if key in moves:
            self._at = min(max(self._at + moves[key], 0), len(self.votes) - 1)
            self.update()
        elif key == keys.Key_Space:
            self._set(self._at, NEXT[self.votes[self._at]])
        elif key in said:
            self._set(self._at, said[key])
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self._index_at(QPointF(event.pos()))
            words = {
                "": QCoreApplication.translate("Examples", "Undecided; a click says yes"),
                "yes": QCoreApplication.translate("Examples", "As wanted; a click says no"),
                "no": QCoreApplication.translate("Examples", "Not wanted; a click takes it back"),
            }
            QToolTip.showText(event.globalPos(), words[self.votes[index]] if index >= 0 else "", self)
            return True
        return super().event(event)


class ExamplesDialog(Frame):
    """What has a star is wanted at first, what was dropped is not."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("Examples", "Slider from examples"), parent, width=520)
        self._studio = studio
        layer = studio.generating.target
        dropped = layer.dropped if layer is not None else ()
        variants = layer.variants if layer is not None else ()
        self._variants: tuple[Variant, ...] = (*variants, *dropped)[-MOST:]
        self.grid = VoteGrid(len(self._variants))
        self.grid.setAccessibleName(QCoreApplication.translate("Examples", "Pictures, wanted or not"))
        gone = {one.id for one in dropped}
        self.grid.votes = ["yes" if one.star else "no" if one.id in gone else "" for one in self._variants]
        self._thumbnails = Thumbnails(studio, SIDE * 2, self)
        self._thumbnails.ready.connect(lambda _key: self._show_pictures())
        self.counted = QLabel()
        self.counted.setProperty("quiet", True)
        self.english = TextRow(QCoreApplication.translate("DirectionName", "English name"))
        self.chinese = TextRow(QCoreApplication.translate("DirectionName", "Chinese name"))
        rows = [self.english, self.chinese]
        self.body.addWidget(self.grid, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(self.counted)
        for row in reversed(rows) if spoken().startswith("zh") else rows:
            self.body.addWidget(row)
            row.field.textChanged.connect(lambda _text: self._check())
        self.add_cancel()
        self.verb = self.add_verb(
            QCoreApplication.translate("Examples", "Make slider"), self._learn, main=True
        )
        self.grid.changed.connect(self._check)
        bind(self, studio.generating.directions.changed, self._check)
        self.end_with_picture(studio)
        self._show_pictures()
        self._check()

    def _show_pictures(self) -> None:
        picture = self._studio.current
        space = picture.document.artwork.colour_space if picture is not None else SRGB
        self.grid.images = [self._thumbnails.of_variant(one, space) for one in self._variants]
        self.grid.update()

    def _voted(self, vote: Vote) -> tuple[Variant, ...]:
        return tuple(one for one, said in zip(self._variants, self.grid.votes, strict=True) if said == vote)

    def _check(self) -> None:
        yes, no = len(self._voted("yes")), len(self._voted("no"))
        words = QCoreApplication.translate(
            "Examples", "{yes} wanted, {no} not; from {fewest} of each on, ten of each are better"
        )
        self.counted.setText(words.format(yes=yes, no=no, fewest=FEWEST))
        able = (
            min(yes, no) >= FEWEST and any(self._names()) and not self._studio.generating.directions.finding
        )
        self.verb.setEnabled(able)

    def _names(self) -> tuple[str, str]:
        return self.english.field.text().strip(), self.chinese.field.text().strip()

    def _learn(self) -> None:
        english, chinese = self._names()
        learn = self._studio.generating.directions.learn
        learn(self._voted("yes"), self._voted("no"), english or chinese, chinese or english)
        self.accept()
