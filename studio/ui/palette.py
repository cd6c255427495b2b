"""The command palette: every action by its English or Chinese name, pinyin, initials, or its name in another program."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import msgspec
from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from studio.ui import icons, theme
from studio.ui.menus import ActionSet
from studio.ui.pinyin import chinese_title, spelled
from studio.ui.widgets import paint

WIDTH, HEIGHT = 560, 420
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
_ID, _SHORTCUT, _ICON, _PATH, _USABLE = (int(Qt.ItemDataRole.UserRole) + i for i in range(5))


class Names(msgspec.Struct, frozen=True):
    """Everything by which an action is found. ``own`` are our own names and weigh more than ``other`` ones."""

    id: str
    own: tuple[str, ...]
    other: tuple[str, ...]
    pinyin: tuple[str, ...]


def score(query: str, text: str) -> float:
    """How well ``query`` finds ``text``, 0 (not) to 1 (the same): start of the text, start of a word, inside, letters in order."""
    query, text = query.casefold().strip(), text.casefold().rstrip("…")
    if not query or not text:
        return 0.0
    if query == text:
        return 1.0
    share = len(query) / len(text)
    if text.startswith(query):
        return 0.9 + 0.09 * share
    words = query.split()
    if len(words) > 1 and all(word in text for word in words):
        starts = text.startswith(words[0]) and all(f" {word}" in text for word in words[1:])
        if starts:
            return 0.85 + 0.05 * share
    at = text.find(query)
    if at > 0:
        return (0.8 if not text[at - 1].isalnum() else 0.6) + 0.09 * share
    if len(words) > 1 and all(word in text for word in words):
        return 0.55 + 0.05 * share
    return _in_order(query.replace(" ", ""), text)


def _in_order(query: str, text: str) -> float:
    if len(query) < 2:
        return 0.0
    at, gaps = -1, 0
    for letter in query:
        found = text.find(letter, at + 1)
        if found < 0:
            return 0.0
        gaps += found - at - 1 if at >= 0 else found
        at = found
    density = len(query) / (len(query) + gaps)
    return 0.5 * density if density > 0.4 else 0.0


def rank(query: str, names: Iterable[Names]) -> list[str]:
    """Ids of the actions that ``query`` finds, best first; all of them, in order, for an empty query."""
    names = list(names)
    if not query.strip():
        return [one.id for one in names]
    found = []
    for place, one in enumerate(names):
        own = max((score(query, text) for text in one.own), default=0.0)
        other = max((score(query, text) * 0.92 for text in one.other), default=0.0)
        latin = query.replace(" ", "")
        sound = (
            max((score(latin, text) * 0.95 for text in one.pinyin), default=0.0) if latin.isascii() else 0.0
        )
        best = max(own, other, sound if sound > 0.55 else 0.0)
        if best > 0.2:
            found.append((-best, place, one.id))
    return [action_id for _, _, action_id in sorted(found)]


def names_of(actions: ActionSet) -> list[Names]:
    """The names of every action: English, Chinese, aliases, pinyin of all Chinese ones."""
    return [
        _named(action.id, action.title, actions.words(action.id), action.aliases)
        for action in actions.actions.values()
    ]


@cache
def _named(action_id: str, title: str, words: str, aliases: tuple[str, ...]) -> Names:
    chinese = chinese_title(title)
    sounds = tuple(sound for text in (chinese, *aliases) for sound in spelled(text))
    return Names(action_id, tuple(dict.fromkeys((title, chinese, words))), aliases, sounds)


class FoundModel(QAbstractListModel):
    """The found actions, best first; what is told of one is asked when it is shown."""

    def __init__(self, actions: ActionSet, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        self.ids: tuple[str, ...] = ()

    def show(self, ids: Iterable[str]) -> None:
        self.beginResetModel()
        self.ids = tuple(ids)
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.ids):
            return None
        actions, action_id = self._actions, self.ids[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return actions.words(action_id)
        if role == _ID:
            return action_id
        if role == _SHORTCUT:
            return actions.shortcut(action_id)
        if role == _ICON:
            return actions.actions[action_id].icon
        if role == _USABLE:
            return actions.usable(action_id)
        if role in (_PATH, Qt.ItemDataRole.ToolTipRole):
            why = actions.why_not(action_id)
            return why or (self._path(action_id) if role == _PATH else "")
        return None

    def _path(self, action_id: str) -> str:
        parts = self._actions.actions[action_id].menu.split("/")
        return " › ".join(QCoreApplication.translate("menus", part) for part in parts if part)


class _Line(QStyledItemDelegate):
    """One found action: icon, our name, where it is in the menus, its shortcut."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(200, 32)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # type: ignore[override]
        look = theme.current()
        area = QRectF(option.rect)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("selection"))
            painter.drawRoundedRect(area.adjusted(4, 0, -4, 0), theme.FIELD_RADIUS, theme.FIELD_RADIUS)
        token = "text" if index.data(_USABLE) else "disabled"
        if icon := index.data(_ICON):
            painter.drawPixmap(int(area.left()) + 14, int(area.top()) + 8, icons.pixmap(icon, 16, token, 1.0))
        painter.setPen(look.colour(token))
        name = index.data(Qt.ItemDataRole.DisplayRole)
        paint.elided(painter, area.adjusted(40, 0, -220, 0), name, Qt.AlignmentFlag.AlignLeft)
        painter.setPen(look.colour("secondary" if index.data(_USABLE) else "disabled"))
        painter.setFont(theme.text_font(theme.SMALL_PIXELS))
        paint.elided(
            painter,
            area.adjusted(area.width() - 216, 0, -110 if index.data(_SHORTCUT) else -14, 0),
            index.data(_PATH),
            Qt.AlignmentFlag.AlignLeft,
        )
        paint.elided(
            painter,
            area.adjusted(area.width() - 108, 0, -14, 0),
            index.data(_SHORTCUT),
            Qt.AlignmentFlag.AlignRight,
        )
        painter.restore()


class CommandPalette(QDialog):
    """A field and what it finds. Enter does it, Esc closes, arrows choose."""

    def __init__(self, actions: ActionSet, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._actions = actions
        self._names = names_of(actions)
        actions.refresh()
        self.setAccessibleName(QCoreApplication.translate("Palette", "Command palette"))
        self.field = QLineEdit()
        self.field.setPlaceholderText(QCoreApplication.translate("Palette", "What do you want to do?"))
        self.field.setAccessibleName(self.field.placeholderText())
        self.model = FoundModel(actions, self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Line(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(QCoreApplication.translate("Palette", "Found"))
        self.nothing = QLabel(
            QCoreApplication.translate("Palette", "Nothing found. Try a word from another program.")
        )
        self.nothing.setProperty("quiet", True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        for widget in (self.field, self.list, self.nothing):
            column.addWidget(widget)
        self.field.textChanged.connect(self.find)
        self.field.installEventFilter(self)
        self.list.clicked.connect(lambda index: self.do(index.data(_ID)))
        self.find("")
        height = min(HEIGHT, parent.height() - 80)
        corner = parent.mapToGlobal(parent.rect().topLeft())
        self.setGeometry(corner.x() + (parent.width() - WIDTH) // 2, corner.y() + 62, WIDTH, height)
        self.field.setFocus()

    def find(self, query: str) -> None:
        """Lists what the query finds."""
        self.model.show(rank(query, self._names))
        some = self.model.rowCount() > 0
        self.list.setVisible(some)
        self.nothing.setVisible(not some)
        if some:
            self.list.setCurrentIndex(self.model.index(0, 0))

    def found(self) -> list[str]:
        """Ids of what is listed, best first."""
        return list(self.model.ids)

    def do(self, action_id: str) -> None:
        """Closes, then does it: a dialog that it opens must not fight for the keyboard."""
        actions = self._actions
        self.close()
        QTimer.singleShot(0, actions, lambda: actions.run(action_id))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.KeyPress:
            return self._key(event)  # type: ignore[arg-type]
        return False

    def _key(self, event: QKeyEvent) -> bool:
        keys = Qt.Key
        steps = {keys.Key_Down: 1, keys.Key_Up: -1, keys.Key_PageDown: 8, keys.Key_PageUp: -8}
        row = self.list.currentIndex().row()
        if event.key() in steps and self.model.rowCount():
            row = min(max(row + steps[Qt.Key(event.key())], 0), self.model.rowCount() - 1)
            self.list.setCurrentIndex(self.model.index(row, 0))
            return True
        if event.key() in (keys.Key_Return, keys.Key_Enter):
            if row >= 0:
                self.do(self.list.currentIndex().data(_ID))
            return True
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setPen(QPen(look.colour("border"), 1))
        painter.setBrush(look.colour("panel"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
