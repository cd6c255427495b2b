"""The start: a sheet to draw on, a way to open, a way to generate; and what was open before. Nothing is asked."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studio.jobs.job import Priority
from studio.ui import theme
from studio.ui.language import Retranslated
from studio.ui.menus import language_word
from studio.ui.recent import faces, squared
from studio.ui.widgets import paint
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.cards import Card
from studio.workspace.studio import Studio

if TYPE_CHECKING:
    from studio.project.recovery import Recoverable

MARGIN = 24
COLUMN = 316
MOST_RECENT = 6


class DrawSheet(Retranslated, QWidget):
    """White paper. Presses go through it to the canvas, which starts a picture with that very stroke."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.retranslate()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("ink_light"))
        painter.setPen(look.colour("ink_dark"))
        painter.setFont(theme.text_font(theme.TITLE_PIXELS, semibold=True))
        middle = self.height() / 2
        paint.elided(
            painter, QRectF(16, middle - 28, self.width() - 32, 24), self.title, Qt.AlignmentFlag.AlignHCenter
        )
        painter.setFont(theme.text_font())
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(QRectF(16, middle, self.width() - 32, 60), int(flags), self.line)

    def retranslate(self) -> None:
        self.title = QCoreApplication.translate("StartPage", "Draw")
        self.line = QCoreApplication.translate(
            "StartPage", "Touch the paper: your first stroke starts a picture."
        )
        self.setAccessibleName(self.title)
        self.setAccessibleDescription(self.line)
        self.update()


class StartCards(Retranslated, QWidget):
    """Open, Generate, recent pictures, language and theme."""

    open_wanted = Signal()
    generate_wanted = Signal()
    new_wanted = Signal()
    recent_wanted = Signal(str)
    language_wanted = Signal()
    theme_wanted = Signal()

    def __init__(self, studio: Studio, parent: QWidget) -> None:
        super().__init__(parent)
        self._studio = studio
        self.setCursor(Qt.CursorShape.ArrowCursor)
        # a press on a card must not reach the paper below, where it would start a picture
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.title = QLabel()
        self.title.setProperty("title", True)
        self.open = Card(icon="folder-open", opens=False)
        self.generate = Card(icon="sparkles", opens=False)
        self.new = Card(icon="file-plus", opens=False)
        self.heading = QLabel()
        self.heading.setProperty("quiet", True)
        self.none = QLabel()
        self.none.setWordWrap(True)
        self.recent: dict[str, Card] = {}
        self._left: list[Recoverable] = []
        self._height = 0
        self.language = QPushButton()
        self.theme = IconButton("sun")
        self._arrange()
        self.open.clicked.connect(self.open_wanted)
        self.generate.clicked.connect(self.generate_wanted)
        self.new.clicked.connect(self.new_wanted)
        self.language.clicked.connect(self.language_wanted)
        self.theme.clicked.connect(self.theme_wanted)
        self.retranslate()

    def _arrange(self) -> None:
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 16, 16, 12)
        self.column.setSpacing(8)
        for widget in (self.title, self.open, self.generate, self.new, self.heading, self.none):
            self.column.addWidget(widget)
        self.list = QVBoxLayout()
        self.list.setSpacing(4)
        self.column.addLayout(self.list)
        self.column.addStretch(1)
        foot = QHBoxLayout()
        self.language.setProperty("quiet", True)
        foot.addWidget(self.language)
        foot.addStretch(1)
        foot.addWidget(self.theme)
        self.column.addLayout(foot)

    def show_recent(self, height: int) -> None:
        """Lists what fits into ``height`` px: first the pictures that only the journal has, then the recent files."""
        self._height = height
        for card in self.recent.values():
            self.list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.recent = {}
        room = max(0, min(MOST_RECENT, (height - 320) // 52))
        for item in self._left[:room]:
            self._add_left(item)
        for path in self._studio.settings.recent[: room - len(self.recent)]:
            card = Card(Path(path).name, str(Path(path).parent), icon="image", opens=False, parent=self)
            card.clicked.connect(lambda path=path: self.recent_wanted.emit(path))
            self._add(path, card)
        self.none.setVisible(not self.recent)

    def _add_left(self, item: Recoverable) -> None:
        moment = time.strftime("%Y-%m-%d %H:%M", time.localtime(item.time))
        words = QCoreApplication.translate("StartPage", "not saved · {moment}").format(moment=moment)
        card = Card(item.title, words, icon="image", opens=False, parent=self)
        if item.thumbnail:
            card.set_image(squared(QImage.fromData(item.thumbnail)))
        card.clicked.connect(lambda: self._restore(item))
        self._add(str(item.path), card)

    def _add(self, path: str, card: Card) -> None:
        self.list.addWidget(card)
        self.recent[path] = card

    def _restore(self, item: Recoverable) -> None:
        self._left = [one for one in self._left if one is not item]
        self._studio.filing.recover(item)

    def look(self) -> None:
        """Looks in the background for pictures that were left unsaved, and for the faces of the recent files."""
        self._studio.filing.recoverable(self._found)

    def _found(self, left: list[Recoverable]) -> None:
        self._left = left
        self.show_recent(self._height)
        if self._studio.files_lane.closed:  # the answer came while the studio ends
            return
        paths = tuple(path for path in self.recent if path in self._studio.settings.recent)
        self._studio.files_lane.submit(
            partial(faces, paths),
            label="faces",
            priority=Priority.background,
            replace="faces",
            on_event=self._face,
        )

    def _face(self, event: object) -> None:
        if isinstance(event, tuple) and event[0] in self.recent:
            self.recent[event[0]].set_image(event[1])

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("panel"))
        painter.drawRoundedRect(QRectF(self.rect()), theme.CARD_RADIUS, theme.CARD_RADIUS)

    def retranslate(self) -> None:
        first = QCoreApplication.translate("StartPage", "Generate your first picture")
        self.generate.set_texts(
            first, QCoreApplication.translate("StartPage", "with the model that comes along")
        )
        self.new.set_texts(
            QCoreApplication.translate("StartPage", "New picture"),
            QCoreApplication.translate("StartPage", "in pixels, millimetres or for a platform"),
        )
        self.open.set_texts(
            QCoreApplication.translate("StartPage", "Open"),
            QCoreApplication.translate("StartPage", "or drop a picture on the window"),
        )
        self.title.setText(QCoreApplication.translate("StartPage", "Danqing"))
        self.setAccessibleName(QCoreApplication.translate("StartPage", "Start"))
        self.heading.setText(QCoreApplication.translate("StartPage", "Recent"))
        self.none.setText(QCoreApplication.translate("StartPage", "Your pictures will be here."))
        self.show_recent(self._height)
        self.language.setText("中 / EN")
        self.language.setAccessibleName(QCoreApplication.translate("StartPage", "Switch language"))
        self.language.setToolTip(f"{self.language.accessibleName()}: {language_word()}")
        self.theme.set_name(QCoreApplication.translate("StartPage", "Dark or light"))

    def redress(self) -> None:
        self.theme.set_icon("sun" if theme.current().dark else "moon")
        self.update()


class StartPage(QObject):
    """Sheet and cards over the canvas while no picture is open."""

    def __init__(self, studio: Studio, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._looked = False
        self.sheet = DrawSheet(canvas)
        self.cards = StartCards(studio, canvas)
        canvas.installEventFilter(self)
        self.set_shown(False)

    def is_shown(self) -> bool:
        return not self.sheet.isHidden()

    def set_shown(self, shown: bool) -> None:
        if shown:
            self._place()
            if self._looked:
                self.cards.look()
        for widget in (self.sheet, self.cards):
            widget.setVisible(shown)
            widget.raise_()

    def look(self) -> None:
        """To be called once the window is up: reads what was left and what was open before."""
        self._looked = True
        if self.is_shown():
            self.cards.look()

    def paper_size(self) -> QSize:
        """The size in pixels of the picture that a touch begins: the view's shape, so that it lies where the hand is."""
        ratio = self._canvas.devicePixelRatioF()
        width = max(64, round((self._canvas.width() - 2 * MARGIN) * ratio))
        height = max(64, round((self._canvas.height() - 2 * MARGIN) * ratio))
        return QSize(width * 2, height * 2)

    def _place(self) -> None:
        width, height = self._canvas.width(), self._canvas.height()
        inside = height - 2 * MARGIN
        self.sheet.setGeometry(QRect(MARGIN, MARGIN, max(100, width - COLUMN - 3 * MARGIN + 8), inside))
        self.cards.setGeometry(QRect(width - COLUMN - MARGIN + 8, MARGIN, COLUMN - 8, inside))
        self.cards.show_recent(inside)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.is_shown():
            self._place()
        return False
