"""The Channels panel: red, green, blue and alpha alone in the view, channels and kept selections as selections."""

from __future__ import annotations

from collections.abc import Generator

import numpy as np
from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QMenu, QSizePolicy, QVBoxLayout, QWidget

from studio.jobs.job import JobFinished, Priority
from studio.raster.selecting.combining import Mode
from studio.raster.selecting.tones import Channel
from studio.raster.vision import ALPHA, CHANNELS
from studio.ui import icons, theme
from studio.ui.keys import mode_of_keys
from studio.ui.language import Retranslated
from studio.ui.panels.following import Follower
from studio.ui.panels.saved_selections import SavedSelections
from studio.ui.widgets import paint
from studio.ui.widgets.picture_strip import image_of
from studio.workspace.studio import Studio

SIDE = 64
ROW = 40
REST_MILLISECONDS = 200
SHOWN = (*CHANNELS, ALPHA)
AS_SELECTION: dict[str, Channel] = {
    "all": "luminance", "red": "red", "green": "green", "blue": "blue", "alpha": "alpha",
}  # fmt: skip


class ChannelRow(QAbstractButton):
    """Eye, small picture, name. A click shows the channel alone and back; Ctrl+click makes it the selection, with Shift it
    is added, with Alt taken away, with both intersected; the menu has the same four."""

    select_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image = QImage()
        self.shown, self.alone = True, False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        return QSize(160, ROW)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        left = event.button() == Qt.MouseButton.LeftButton
        if left and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.select_wanted.emit(mode_of_keys(event.modifiers()))
        else:
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.isEnabled():
            self.menu().popup(event.globalPos())

    def menu(self) -> QMenu:
        """Four ways to put the channel to the selection."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        translate, wanted = QCoreApplication.translate, self.select_wanted
        menu.addAction(translate("Selecting", "Load"), lambda: wanted.emit("new"))
        menu.addAction(translate("Selecting", "Add"), lambda: wanted.emit("add"))
        menu.addAction(translate("Selecting", "Subtract"), lambda: wanted.emit("subtract"))
        menu.addAction(translate("Selecting", "Intersect"), lambda: wanted.emit("intersect"))
        return menu

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        fill = "selection" if self.alone else "hover" if self.underMouse() else "panel"
        painter.fillRect(self.rect(), look.colour(fill))
        eye = icons.pixmap("eye", 16, "text" if self.shown else "disabled", self.devicePixelRatioF())
        painter.drawPixmap(8, (ROW - 16) // 2, eye)
        box = QRectF(32, 4, 32, 32)
        if not self.image.isNull():
            scale = min(32 / self.image.width(), 32 / self.image.height())
            width, height = self.image.width() * scale, self.image.height() * scale
            painter.drawImage(QRectF(48 - width / 2, 20 - height / 2, width, height), self.image)
        painter.setPen(look.colour("border"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(look.colour("text"))
        words = QRectF(76, 0, self.width() - 84, ROW)
        paint.elided(painter, words, self.text(), Qt.AlignmentFlag.AlignLeft)
        if self.hasFocus():
            paint.focus_ring(painter, QRectF(self.rect()))


class ChannelsPanel(Retranslated, QWidget):
    """Follows the picture when the pen rests."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.rows = {name: ChannelRow() for name in ("all", *SHOWN)}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(0)
        for name, row in self.rows.items():
            row.clicked.connect(lambda _checked=False, name=name: self.show_alone(name))
            row.select_wanted.connect(lambda mode, name=name: self.select(name, mode))
            column.addWidget(row)
        self.title, self.saved = QLabel(), SavedSelections(studio)
        self.title.setProperty("quiet", True)
        self.title.setContentsMargins(8, 8, 8, 4)
        column.addWidget(self.title)
        column.addWidget(self.saved, 1)
        column.addStretch(0)
        self._follower = Follower(
            self,
            studio,
            self.refresh,
            studio.viewing.look_changed,
            picture=True,
            milliseconds=REST_MILLISECONDS,
        )
        self.retranslate()

    def show_alone(self, name: str) -> None:
        """One channel in the view, as a grey; ``all``: the picture again."""
        viewing = self._studio.viewing
        if name == "all":
            if viewing.look in SHOWN:
                viewing.choose_look(viewing.look)
        else:
            viewing.choose_look(name)
        self._mark()

    def select(self, name: str, mode: Mode = "new") -> None:
        """The channel's values become the selection, or join the one there is; one step."""
        self._studio.selecting.from_channel(AS_SELECTION[name], mode)

    def _mark(self) -> None:
        look = self._studio.viewing.look
        for name, row in self.rows.items():
            row.alone = name == look
            row.shown = look not in SHOWN or row.alone
            row.update()

    def refresh(self) -> None:
        """Small pictures of the channels, made on the render lane."""
        self._mark()
        self.saved.refresh()
        self.title.setVisible(self.saved.count() > 0)
        self.saved.setVisible(self.saved.count() > 0)
        picture = self._studio.current
        for row in self.rows.values():
            row.setEnabled(picture is not None)
        if picture is None:
            self._take(None)
            return
        artwork, renderer = picture.document.artwork, picture.renderer

        def work() -> Generator[None, None, np.ndarray]:
            yield
            return renderer.thumbnail(artwork, min(SIDE, max(artwork.width, artwork.height)), "")

        def arrived(event: object) -> None:
            if isinstance(event, JobFinished):
                self._take(event.result)

        self._studio.render_lane.submit(
            work,
            label="channels",
            priority=Priority.background,
            replace=f"channels-{id(self)}",
            on_event=arrived,
        )

    def _take(self, pixels: np.ndarray | None) -> None:
        for name, row in self.rows.items():
            if pixels is None:
                row.image = QImage()
            elif name == "all":
                row.image = image_of(pixels).copy()
            else:
                channel = pixels[..., SHOWN.index(name)]
                seen = np.full_like(channel, 255) if name == ALPHA else pixels[..., 3]
                grey = np.dstack([channel, channel, channel, seen])
                row.image = image_of(np.ascontiguousarray(grey)).copy()
            row.update()

    def retranslate(self) -> None:
        self.title.setText(QCoreApplication.translate("Selecting", "Saved selections"))
        titles = {
            "all": QCoreApplication.translate("Channels", "All colours"),
            "red": QCoreApplication.translate("Channels", "Red"),
            "green": QCoreApplication.translate("Channels", "Green"),
            "blue": QCoreApplication.translate("Channels", "Blue"),
            "alpha": QCoreApplication.translate("Channels", "Alpha"),
        }
        tip = QCoreApplication.translate(
            "Channels",
            "Click shows it alone; Ctrl+click makes it the selection (Shift adds, Alt takes away, both intersect)",
        )
        for name, row in self.rows.items():
            row.setText(titles[name])
            row.setAccessibleName(titles[name])
            row.setToolTip(tip)
            row.update()
