"""Inline cards: what happened, what to do, a button that does it, details folded. They lie over the canvas, never modal."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studio.ui import icons, theme
from studio.ui.bind import bind
from studio.ui.language import Retranslated
from studio.ui.widgets.buttons import IconButton
from studio.workspace.notices import Notice
from studio.workspace.studio import Studio

WIDTH = 380
MOST = 3
STAYS_MILLISECONDS = 6000
OF_THE_PICTURE = frozenset({"clipping", "deselect", "quick-mask", "redo"})
"""Offers that would do something else in another picture."""
_ICONS = {
    "info": ("info", "active"),
    "done": ("circle-check", "good"),
    "warn": ("alert-triangle", "warn"),
    "error": ("circle-alert", "danger_text"),
}


class NoticeCard(Retranslated, QWidget):
    """One notice. ``closed`` when it is put away, ``wanted`` with the id of the action that its button does."""

    closed = Signal()
    wanted = Signal(str)

    def __init__(
        self, notice: Notice, action_words: Callable[[str], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.notice = notice
        self._action_words = action_words
        self.setFixedWidth(WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sentence, self.details = QLabel(), QLabel(notice.details)
        for label in (self.sentence, self.details):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)  # a file may be named like a tag
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details.setProperty("quiet", True)
        self.details.hide()
        self.action, self.fold = QPushButton(), QPushButton()
        for button in (self.action, self.fold):
            button.setProperty("link", True)
        self.close_button = IconButton("x", small=True)
        self._arrange()
        self.action.setVisible(bool(notice.action))
        self.fold.setVisible(bool(notice.details))
        self.action.clicked.connect(lambda: self.wanted.emit(notice.action))
        self.action.clicked.connect(self.closed)
        self.fold.clicked.connect(self._toggle)
        self.close_button.clicked.connect(self.closed)
        self.retranslate()

    def _arrange(self) -> None:
        outer = QHBoxLayout(self)
        outer.setContentsMargins(40, 8, 4, 8)
        outer.setSpacing(4)
        column = QVBoxLayout()
        column.setSpacing(4)
        buttons = QHBoxLayout()
        buttons.addWidget(self.action)
        buttons.addWidget(self.fold)
        buttons.addStretch(1)
        column.addWidget(self.sentence)
        column.addWidget(self.details)
        column.addLayout(buttons)
        outer.addLayout(column, 1)
        outer.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)

    def _toggle(self) -> None:
        self.details.setVisible(self.details.isHidden())
        self.retranslate()
        if isinstance(stack := self.parent(), NoticeStack):
            stack.place()

    def fit(self) -> None:
        """Takes the height that its wrapped sentences need."""
        if (layout := self.layout()) is not None:
            layout.invalidate()
            layout.activate()
            self.setFixedHeight(max(40, layout.totalHeightForWidth(WIDTH)))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        icon, token = _ICONS[self.notice.kind]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("border"), 1))
        painter.setBrush(look.colour("raised"))
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(area, theme.CARD_RADIUS, theme.CARD_RADIUS)
        painter.drawPixmap(12, 8, icons.pixmap(icon, 20, token, self.devicePixelRatioF()))

    def retranslate(self) -> None:
        notice = self.notice
        text = QCoreApplication.translate("notices", notice.text)
        self.sentence.setText(text.format(**notice.arguments))
        self.setAccessibleName(self.sentence.text())
        self.close_button.set_name(QCoreApplication.translate("NoticeCard", "Close"))
        if notice.action:
            self.action.setText(self._action_words(notice.action))
        show, hide = (
            QCoreApplication.translate("NoticeCard", "Show details"),
            QCoreApplication.translate("NoticeCard", "Hide details"),
        )
        self.fold.setText(show if self.details.isHidden() else hide)
        for button in (self.action, self.fold):
            button.setAccessibleName(button.text())
            button.setToolTip(button.text())
        self.fit()


class NoticeStack(QWidget):
    """The newest cards at the top right of the canvas. What went well goes away by itself; errors stay until closed."""

    action_wanted = Signal(str)

    def __init__(self, studio: Studio, action_words: Callable[[str], str], over: QWidget) -> None:
        super().__init__(over)
        self._words = action_words
        self._over = over
        self.cards: list[NoticeCard] = []
        self._newest: NoticeCard | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        # a press beside a card's words must not paint on the picture below
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        over.installEventFilter(self)
        bind(self, studio.notice, self.tell)
        bind(self, studio.current_changed, lambda _picture: self._close_all(OF_THE_PICTURE))
        self.hide()

    def tell(self, notice: Notice) -> None:
        """Shows a card; the same sentence twice is one card."""
        for card in [card for card in self.cards if card.notice == notice]:
            self._close(card)
        card = NoticeCard(notice, self._words, self)
        card.closed.connect(lambda: self._close(card))
        card.wanted.connect(self.action_wanted)
        self.cards.append(card)
        self.column.addWidget(card)
        card.show()  # now, not a turn later: its room is measured below
        for old in self.cards[:-MOST]:
            self._close(old)
        if notice.kind in ("info", "done") and not notice.action:
            timer = QTimer(card)
            timer.setSingleShot(True)
            timer.timeout.connect(lambda: self._close(card))
            timer.start(STAYS_MILLISECONDS)
        self._newest = card
        QTimer.singleShot(0, self._forget_newest)
        self.show()
        self.raise_()
        self.place()

    def _forget_newest(self) -> None:
        self._newest = None

    def was_done(self, action_id: str) -> None:
        """What cards offered was done some other way: they are put away, but for one that this itself brought."""
        self._close_all({action_id}, but=self._newest)

    def _close_all(self, offers: Collection[str], but: NoticeCard | None = None) -> None:
        for card in [card for card in self.cards if card.notice.action in offers and card is not but]:
            self._close(card)

    def clear(self) -> None:
        for card in list(self.cards):
            self._close(card)

    def _close(self, card: NoticeCard) -> None:
        if card in self.cards:
            self.cards.remove(card)
            self.column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.setVisible(bool(self.cards))
        self.place()

    def place(self) -> None:
        """At the top right of what it lies over, as high as its cards."""
        self.column.activate()  # else the new card has no room of its own until the next turn
        self.adjustSize()
        self.move(self._over.width() - self.width() - 12, 12)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self.place()
        return False
