"""The list of models that opens from the model card: a card for each, what is wrong with those that cannot be used."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QContextMenuEvent, QDesktopServices, QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from studio.messages.models import ModelEntry
from studio.ui import theme
from studio.ui.language import spoken
from studio.ui.widgets import paint
from studio.ui.widgets.cards import Card, ScrollPage

WIDTH = 320
MOST = 420


def title_of(entry: ModelEntry) -> str:
    """The model's name in the language of the window."""
    card = entry.card
    return (card.title_zh or card.title) if spoken().startswith("zh") else card.title


def facts_of(entry: ModelEntry, seconds: float) -> str:
    """``built in · 256 px · about 0.6 s``; the time only where it was measured on this computer."""
    origin = (
        QCoreApplication.translate("GeneratePanel", "built in")
        if entry.embedded
        else QCoreApplication.translate("GeneratePanel", "yours")
    )
    parts = [origin, f"{entry.card.learned_size} px"]
    if "detail" in entry.card.abilities:
        parts.append(QCoreApplication.translate("GeneratePanel", "own detail"))
    if entry.card.steps and not entry.embedded:
        words = QCoreApplication.translate("GeneratePanel", "step {step}")
        parts.append(words.format(step=entry.card.steps))
    if seconds > 0:
        about = QCoreApplication.translate("GeneratePanel", "about {seconds} s")
        parts.append(about.format(seconds=paint.number(max(seconds, 0.1), 1)))
    return " · ".join(parts)


def problem_of(entry: ModelEntry) -> str:
    """Why the model cannot be used, in the language of the window; empty when it can."""
    text = QCoreApplication.translate("engine", entry.problem_text) if entry.problem_text else ""
    return text.format(**entry.problem_arguments) if text else entry.problem


def picture_of(entry: ModelEntry) -> QImage:
    """The model's preview, or an empty image."""
    return QImage.fromData(entry.preview) if entry.preview else QImage()


class ModelList(QFrame):
    """A popup; it closes itself. ``chosen`` brings a model's name and digest, ``export_wanted`` its entry; each model has a menu."""

    chosen = Signal(str, str)
    export_wanted = Signal(object)
    import_wanted = Signal()
    train_wanted = Signal()

    def __init__(self, models: tuple[ModelEntry, ...], current: ModelEntry | None, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(WIDTH)
        self.cards: list[Card] = []
        self._entries: list[ModelEntry] = []
        page = ScrollPage()
        page.body.setSpacing(4)
        for entry in models:
            page.body.addWidget(self._card(entry, entry is current))
        if not models:
            words = QLabel(QCoreApplication.translate("GeneratePanel", "No models yet."))
            words.setProperty("quiet", True)
            page.body.addWidget(words)
        page.body.addStretch(1)
        for text, signal in (
            (QCoreApplication.translate("GeneratePanel", "Import model…"), self.import_wanted),
            (QCoreApplication.translate("GeneratePanel", "Train on a folder…"), self.train_wanted),
        ):
            button = QPushButton(text)
            button.setProperty("quiet", True)
            button.clicked.connect(signal)
            button.clicked.connect(self.close)
            page.foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(page)
        self.resize(WIDTH, min(MOST, 100 + 52 * max(1, len(models))))

    def _card(self, entry: ModelEntry, current: bool) -> Card:
        problem = problem_of(entry)
        line = problem or facts_of(entry, 0.0)
        card = Card(title_of(entry), icon="check" if current else "box", opens=False)
        card.set_texts(title_of(entry), line, "danger_text" if entry.problem else "secondary")
        card.set_image(picture_of(entry))
        card.setEnabled(not entry.problem)
        if problem:
            card.setToolTip(f"{entry.path}\n{problem}")
        card.clicked.connect(lambda: self._choose(entry))
        self.cards.append(card)
        self._entries.append(entry)
        return card

    def _choose(self, entry: ModelEntry) -> None:
        self.chosen.emit(entry.card.name, entry.digest)
        self.close()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the model under the pointer, or of the one that has the keyboard."""
        asked = event.reason() == QContextMenuEvent.Reason.Keyboard
        for card, entry in zip(self.cards, self._entries, strict=True):
            inside = card.rect().contains(card.mapFromGlobal(event.globalPos()))
            if (card.hasFocus() if asked else inside) and not entry.problem:
                self.menu_of(entry).popup(event.globalPos())

    def menu_of(self, entry: ModelEntry) -> QMenu:
        """Export, and where its file is."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        export = menu.addAction(QCoreApplication.translate("GeneratePanel", "Export model…"))
        export.triggered.connect(lambda: self._export(entry))
        show = menu.addAction(QCoreApplication.translate("GeneratePanel", "Show file"))
        folder = QUrl.fromLocalFile(str(Path(entry.path).parent))
        show.triggered.connect(lambda: QDesktopServices.openUrl(folder))
        return menu

    def _export(self, entry: ModelEntry) -> None:
        self.export_wanted.emit(entry)
        self.close()

    def open_below(self, widget: QWidget) -> None:
        """Shows the list under ``widget`` with the keyboard in it."""
        self.move(widget.mapToGlobal(QPoint(widget.width() - WIDTH, widget.height() + 2)))
        self.show()
        usable = [card for card in self.cards if card.isEnabled()]
        if usable:
            usable[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().colour("panel"))
        painter.setPen(theme.current().colour("border"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
