"""The reference board: pictures to look at while painting, on a plane that pans and zooms."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studio.document import board as edits
from studio.document.board import BoardPicture
from studio.jobs.job import JobFinished, Priority
from studio.ui import theme
from studio.ui.bind import bind_later, while_there
from studio.ui.incoming import brings_pictures, local_files, only_address, pictures_of
from studio.ui.language import Retranslated
from studio.ui.panels.following import Follower
from studio.ui.screen_colours import converted, table
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.picture_strip import PICTURE_MIME, image_of
from studio.workspace.inserting import Incoming
from studio.workspace.studio import Studio

Seen = tuple[str, bool]
"""A picture's id, and whether it is seen in grey."""
MARGIN = 12.0
GRIP = 12.0


class Plane(QWidget):
    """Drag a picture to move it, its lower right corner to size it; drag beside it, or with Space, to pan; the wheel zooms.

    Alt+press picks a colour, as on the canvas. Delete removes the chosen picture, Paste puts one on the board.
    """

    choice_changed = Signal()
    paste_wanted = Signal()

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._images: dict[Seen, QImage] = {}
        self._asked: set[Seen] = set()
        self._on_screen: dict[int, tuple[object, QImage]] = {}
        self.scale, self.offset = 1.0, QPointF(MARGIN, MARGIN)
        self._chosen = ""
        self._grip: tuple[str, QPointF, QPointF, BoardPicture | None] | None = None
        self._dragged: BoardPicture | None = None
        self._fitted = False
        self.empty = ""
        self.setMinimumSize(120, 100)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def sizeHint(self) -> QSize:
        return QSize(280, 240)

    def refresh(self) -> None:
        """The board of the current picture as it is now."""
        pictures = self._studio.board.pictures
        for picture in pictures:
            key = picture.id, picture.grey
            if key not in self._images and key not in self._asked:
                self._asked.add(key)
                self._studio.board.decoded(picture, lambda pixels, key=key: self._ready(key, pixels))
        if pictures and not self._fitted:
            self.fit()
        self._fitted = bool(pictures)
        self._dragged = None
        self.update()
        self.choice_changed.emit()

    @property
    def chosen(self) -> str:
        """The id of the picture that the hand chose last; empty for none."""
        return self._chosen

    @chosen.setter
    def chosen(self, picture_id: str) -> None:
        self._chosen = picture_id
        self.choice_changed.emit()

    @property
    def chosen_picture(self) -> BoardPicture | None:
        return next((one for one in self._studio.board.pictures if one.id == self._chosen), None)

    def _image_of(self, picture: BoardPicture) -> QImage | None:
        """As it is to be seen, or for the moment as it is at hand."""
        there = self._images.get((picture.id, picture.grey))
        return there if there is not None else self._images.get((picture.id, not picture.grey))

    def _shown(self, image: QImage) -> QImage:
        """In the screen's colours, or while these are made, as it is: up to 2048 pixels a side take 130 ms."""
        there = table()
        if there is None:
            self._on_screen.clear()
            return image
        key = image.cacheKey()
        asked, made = self._on_screen.get(key, (None, image))
        if asked is there:
            return made
        self._on_screen[key] = there, made

        def work() -> Generator[None, None, QImage]:
            yield None
            return converted(image, there)

        def arrived(event: object) -> None:
            if isinstance(event, JobFinished) and self._on_screen.get(key, (None,))[0] is there:
                self._on_screen[key] = there, event.result
                self.update()

        self._studio.render_lane.submit(
            work, label="reference", priority=Priority.background, on_event=while_there(self, arrived)
        )
        return made

    def _ready(self, key: Seen, pixels: np.ndarray) -> None:
        self._asked.discard(key)
        self._images[key] = image_of(pixels).copy()
        kept = {image.cacheKey() for image in self._images.values()}
        self._on_screen = {key: seen for key, seen in self._on_screen.items() if key in kept}
        self.update()

    def fit(self) -> None:
        """The whole board in the panel."""
        pictures = self._studio.board.pictures
        if not pictures:
            return
        left, top = min(one.x for one in pictures), min(one.y for one in pictures)
        right = max(one.x + one.width for one in pictures)
        bottom = max(one.y + one.height for one in pictures)
        across = (self.width() - 2 * MARGIN) / max(1.0, right - left)
        down = (self.height() - 2 * MARGIN) / max(1.0, bottom - top)
        self.scale = max(0.02, min(across, down, 4.0))
        self.offset = QPointF(
            (self.width() - (left + right) * self.scale) / 2,
            (self.height() - (top + bottom) * self.scale) / 2,
        )
        self.update()

    def to_board(self, position: QPointF) -> QPointF:
        return (position - self.offset) / self.scale

    def rect_of(self, picture: BoardPicture) -> QRectF:
        shown = self._dragged if self._dragged is not None and self._dragged.id == picture.id else picture
        corner = QPointF(shown.x, shown.y) * self.scale + self.offset
        return QRectF(corner.x(), corner.y(), shown.width * self.scale, shown.height * self.scale)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("surround"))
        pictures = self._studio.board.pictures
        if not pictures:
            painter.setPen(QColor(look.tokens.ink_light))
            words = QRectF(self.rect()).adjusted(16, 16, -16, -16)
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.empty)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for picture in pictures:
            place = self.rect_of(picture)
            image = self._image_of(picture)
            if image is None:
                painter.fillRect(place, look.colour("panel"))
            elif picture.flipped:
                painter.save()
                painter.translate(2 * place.center().x(), 0)
                painter.scale(-1, 1)
                painter.drawImage(place, self._shown(image))
                painter.restore()
            else:
                painter.drawImage(place, self._shown(image))
            if picture.id == self.chosen:
                painter.setPen(QPen(look.colour("active"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(place)
                grip = QRectF(place.right() - GRIP, place.bottom() - GRIP, GRIP, GRIP)
                painter.fillRect(grip, look.colour("active_fill"))

    def colour_at(self, position: QPointF) -> tuple[float, float, float] | None:
        """The colour of the picture under a place of the panel."""
        found = self._under(position)
        image = self._image_of(found) if found is not None else None
        if found is None or image is None:
            return None
        place, inside = self.rect_of(found), QRectF(image.rect())
        across = place.right() - position.x() if found.flipped else position.x() - place.left()
        x = across / place.width() * inside.width()
        y = (position.y() - place.top()) / place.height() * inside.height()
        colour = image.pixelColor(min(int(x), image.width() - 1), min(int(y), image.height() - 1))
        return colour.redF(), colour.greenF(), colour.blueF()

    def _under(self, position: QPointF) -> BoardPicture | None:
        place = self.to_board(position)
        return edits.at(self._studio.board.pictures, place.x(), place.y())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        position, found = event.position(), self._under(event.position())
        picks = event.modifiers() & Qt.KeyboardModifier.AltModifier or self._studio.painting.tool == "picker"
        if event.button() == Qt.MouseButton.LeftButton and picks:
            self._pick(position)
            self._grip = ("pick", position, self.offset, None)
        elif event.button() == Qt.MouseButton.MiddleButton or found is None:
            self._grip = ("pan", position, QPointF(self.offset), None)
            self.chosen = "" if found is None else self.chosen
        elif event.button() == Qt.MouseButton.LeftButton:
            corner = self.rect_of(found).bottomRight() - position
            sizes = found.id == self.chosen and max(corner.x(), corner.y()) <= GRIP
            self.chosen = found.id
            self._grip = ("size" if sizes else "move", position, self.offset, found)
        self.update()

    def _pick(self, position: QPointF) -> None:
        colour = self.colour_at(position)
        if colour is not None:
            self._studio.painting.set_colour(colour)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            return
        kind, start, offset, picture = self._grip
        way = event.position() - start
        if kind == "pan":
            self.offset = offset + way
        elif kind == "pick":
            self._pick(event.position())
        elif picture is not None:
            (moved,) = edits.moved((picture,), picture.id, *self._goal(kind, picture, way))
            self._dragged = moved
        self.update()

    def _goal(self, kind: str, picture: BoardPicture, way: QPointF) -> tuple[float, float, float]:
        """(x, y, scale) of a picture that was dragged by ``way`` pixels of the panel."""
        if kind == "size":
            return picture.x, picture.y, max(0.05, 1 + way.x() / self.scale / picture.width)
        return picture.x + way.x() / self.scale, picture.y + way.y() / self.scale, 1.0

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        grip, self._grip = self._grip, None
        if grip is None:
            return
        kind, start, _, picture = grip
        if picture is None:
            return
        way = event.position() - start
        if way.manhattanLength() >= 3:
            self._studio.board.move(picture.id, *self._goal(kind, picture, way))
        self._dragged = None
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        place = self.to_board(event.position())
        self.scale = min(max(self.scale * 2.0 ** (event.angleDelta().y() / 240), 0.02), 16.0)
        self.offset = event.position() - place * self.scale
        self.update()
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Delete means the chosen reference here, not the selected pixels; Paste puts a picture on the board."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            deletes = self.chosen and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
            if deletes or event.matches(QKeySequence.StandardKey.Paste):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.chosen:
            self.remove_chosen()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
        else:
            super().keyPressEvent(event)

    def remove_chosen(self) -> None:
        if any(one.id == self.chosen for one in self._studio.board.pictures):
            self._studio.board.remove(self.chosen)
        self.chosen = ""


class ReferencePanel(Retranslated, QWidget):
    """Pictures are dropped on it, pasted, or chosen as files. It is saved with the picture and never exported."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.setAcceptDrops(True)
        self.plane = Plane(studio)
        self.add, self.fit, self.remove = IconButton("plus"), IconButton("maximize"), IconButton("trash-2")
        self.grey, self.flip = IconButton("contrast", checkable=True), IconButton("symmetry", checkable=True)
        foot = QHBoxLayout()
        foot.setContentsMargins(8, 4, 8, 4)
        foot.setSpacing(4)
        foot.addWidget(self.add)
        foot.addWidget(self.fit)
        foot.addStretch(1)
        foot.addWidget(self.grey)
        foot.addWidget(self.flip)
        foot.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.plane, 1)
        column.addLayout(foot)
        self.add.clicked.connect(self.ask)
        self.fit.clicked.connect(self.plane.fit)
        self.remove.clicked.connect(self.plane.remove_chosen)
        self.grey.clicked.connect(lambda on: self._show_as(grey=on))
        self.flip.clicked.connect(lambda on: self._show_as(flipped=on))
        self.plane.choice_changed.connect(self._show_choice)
        self.plane.paste_wanted.connect(self.paste)
        self._follower = Follower(self, studio, self.refresh, picture=True)
        bind_later(self, studio.current_changed, self.refresh)
        self.retranslate()

    def refresh(self) -> None:
        self.plane.refresh()
        self.add.setEnabled(self._studio.current is not None)

    def _show_choice(self) -> None:
        """What can be done with the chosen picture, and how it is seen."""
        chosen = self.plane.chosen_picture
        for button in (self.grey, self.flip, self.remove):
            button.setEnabled(chosen is not None)
        self.grey.setChecked(chosen is not None and chosen.grey)
        self.flip.setChecked(chosen is not None and chosen.flipped)

    def _show_as(self, **how: bool) -> None:
        if self.plane.chosen_picture is not None:
            self._studio.board.show_as(self.plane.chosen, **how)

    def paste(self) -> None:
        """The picture, or the picture files, in the system's clipboard."""
        data = QGuiApplication.clipboard().mimeData()
        if data is None or not self._bring(data, QCoreApplication.translate("Reference", "Pasted picture")):
            self._studio.clipboard.nothing()

    def _bring(self, data: QMimeData, name: str) -> bool:
        """Puts what ``data`` holds on the board; False where that is no picture."""
        paths = [path for path in local_files(data) if Path(path).is_file()]
        incoming = [Incoming.of_file(path) for path in paths] or pictures_of(data, name)
        self._studio.board.add(incoming)
        if not incoming and only_address(data):
            self._studio.inserting.not_fetched()
            return True
        return bool(incoming)

    def ask(self) -> None:
        """Asks for picture files."""
        from studio.ui.dialogs.files import picture_filter

        dialog = QFileDialog(
            self, QCoreApplication.translate("Reference", "Add references"), "", picture_filter()
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._studio.board.add_files)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        data = event.mimeData()
        if self._studio.current is not None and not data.hasFormat(PICTURE_MIME) and brings_pictures(data):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._bring(event.mimeData(), QCoreApplication.translate("Window", "Dropped picture"))

    def retranslate(self) -> None:
        self.plane.setAccessibleName(QCoreApplication.translate("Reference", "Reference board"))
        self.plane.empty = QCoreApplication.translate(
            "Reference",
            "Drop or paste pictures here to look at while you paint. They are saved with the picture.",
        )
        self.add.set_name(QCoreApplication.translate("Reference", "Add references…"))
        self.fit.set_name(QCoreApplication.translate("Reference", "Show the whole board"))
        self.grey.set_name(QCoreApplication.translate("Reference", "Show the chosen picture in grey"))
        self.flip.set_name(QCoreApplication.translate("Reference", "Flip the chosen picture"))
        self.remove.set_name(QCoreApplication.translate("Reference", "Remove the chosen picture"))
        self.refresh()
