"""The key guide: after its key one letter opens a group of actions, one more does the action (or opens a branch of the group,
such as a family of filters). It shows what can be pressed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec
from PySide6.QtCore import QCoreApplication, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QLabel, QVBoxLayout, QWidget

from studio.ui import theme
from studio.ui.keys import native
from studio.ui.menus import ActionSet
from studio.ui.widgets import paint
from studio.workspace.key_letters import BRANCHES, GROUPS, letters_of
from studio.workspace.shortcuts import is_sequence

COLUMN, LINE, CHIP = 300, 26, 20
ROWS = 14
"""Lines of a column before another one begins."""


class Choice(msgspec.Struct, frozen=True):
    """A letter and what it does: ``key`` is the shorter way, if the action has one."""

    letter: str
    words: str
    action_id: str = ""
    key: str = ""
    usable: bool = True


def _names_to(group: str) -> tuple[str, ...]:
    """The titles of a group and, for two letters, of the branch of it."""
    return (GROUPS[group[0]], *((BRANCHES[group],) if len(group) > 1 else ()))


class GuideLine(QAbstractButton):
    """A letter in its key cap, what it stands for, and the shorter key at the right."""

    def __init__(self, choice: Choice, parent: QWidget) -> None:
        super().__init__(parent)
        self.choice = choice
        self.setFixedSize(COLUMN, LINE)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(f"{choice.letter}: {choice.words}")

    def sizeHint(self) -> QSize:
        return QSize(COLUMN, LINE)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, choice = theme.current(), self.choice
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("hover"))
            painter.drawRoundedRect(QRectF(self.rect()), theme.FIELD_RADIUS, theme.FIELD_RADIUS)
        token = "text" if choice.usable else "disabled"
        cap = QRectF(4.5, (LINE - CHIP) / 2 + 0.5, CHIP - 1, CHIP - 1)
        painter.setPen(QPen(look.colour("border" if choice.usable else "line"), 1))
        painter.setBrush(look.colour("field"))
        painter.drawRoundedRect(cap, theme.FIELD_RADIUS, theme.FIELD_RADIUS)
        painter.setFont(theme.text_font())
        painter.setPen(look.colour(token))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, choice.letter)
        small = theme.text_font(theme.SMALL_PIXELS)
        painter.setFont(small)
        right = painter.fontMetrics().horizontalAdvance(choice.key) + 16 if choice.key else 8
        painter.setPen(look.colour("secondary" if choice.usable else "disabled"))
        key = QRectF(self.width() - right, 0, right - 8, LINE)
        paint.elided(painter, key, choice.key, Qt.AlignmentFlag.AlignRight)
        painter.setFont(theme.text_font())
        painter.setPen(look.colour(token))
        words = QRectF(CHIP + 12, 0, self.width() - CHIP - 12 - right, LINE)
        paint.elided(painter, words, choice.words, Qt.AlignmentFlag.AlignLeft)


class KeyGuide(QWidget):
    """A popup: letters choose, Backspace goes back to the groups, Esc and a press outside close it.

    It takes no input method, so that letters are letters whatever the artist writes in.
    """

    closed = Signal()

    def __init__(self, actions: ActionSet, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._actions, self._window = actions, parent
        self._letters = letters_of(actions.actions.values())
        actions.refresh()
        self.group = ""
        self.lines: list[GuideLine] = []
        self.heading, self.hint = QLabel(), QLabel()
        self.heading.setProperty("title", True)
        self.hint.setProperty("quiet", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(0)
        column.addWidget(self.heading)
        column.addLayout(self._grid)
        column.addWidget(self.hint)
        self.show_group("")

    def open(self) -> None:
        self.show()
        self._settle()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def show_group(self, group: str) -> None:
        """The actions of a group (one letter) or of a branch of it (two); the groups themselves for an empty text."""
        self.group = group
        title = (
            " › ".join(QCoreApplication.translate("menus", name) for name in _names_to(group))
            if group
            else QCoreApplication.translate("KeyGuide", "Keys for everything")
        )
        self.heading.setText(title)
        self.setAccessibleName(title)
        back = QCoreApplication.translate("KeyGuide", "Press a letter. Backspace goes back, Esc closes.")
        self.hint.setText(
            back
            if group
            else QCoreApplication.translate("KeyGuide", "Press the letter of a group. Esc closes.")
        )
        self._fill(self._actions_of(group) if group else self._groups())
        self._settle()

    def _groups(self) -> Iterable[Choice]:
        used = {letters[0] for letters in self._letters.values()}
        for letter, title in GROUPS.items():
            if letter in used:
                yield Choice(letter, QCoreApplication.translate("menus", title))

    def _actions_of(self, group: str) -> Iterable[Choice]:
        ids = {one: its[-1] for one, its in self._letters.items() if its[:-1] == tuple(group)}
        used = {its[:2] for its in self._letters.values() if len(its) > 2}
        for letters, title in BRANCHES.items():
            if letters[:-1] == group and tuple(letters) in used:
                yield Choice(letters[-1], f"{QCoreApplication.translate('menus', title)} …")
        counts = Counter(self._actions.words(action_id) for action_id in ids)
        for action_id, letter in ids.items():
            keys = [one for one in self._actions.keys(action_id) if not is_sequence(one)]
            usable = self._actions.usable(action_id)
            words = self._actions.words(action_id)
            if counts[words] > 1:  # told apart by the menu, as in the palette
                menu = self._actions.actions[action_id].menu.rpartition("/")[2]
                words = f"{QCoreApplication.translate('menus', menu)} › {words}"
            yield Choice(letter, words, action_id, native(keys[0]) if keys else "", usable)

    def _fill(self, choices: Iterable[Choice]) -> None:
        for line in self.lines:
            self._grid.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [GuideLine(choice, self) for choice in choices]
        columns = -(-len(self.lines) // ROWS)
        rows = -(-len(self.lines) // max(columns, 1))
        for place, line in enumerate(self.lines):
            line.clicked.connect(lambda _checked=False, choice=line.choice: self.take(choice))
            self._grid.addWidget(line, place % rows, place // rows)
            line.show()

    def _settle(self) -> None:
        """As large as what it lists, in the middle of the window and inside the screen."""
        self.adjustSize()
        parent = self._window
        middle = parent.mapToGlobal(parent.rect().center()) - QPoint(self.width() // 2, self.height() // 2)
        screen = parent.screen().availableGeometry()
        left = min(max(middle.x(), screen.left()), max(screen.right() - self.width(), screen.left()))
        top = min(max(middle.y(), screen.top()), max(screen.bottom() - self.height(), screen.top()))
        self.move(left, top)

    def take(self, choice: Choice) -> None:
        """Opens the group, or closes and does the action: a dialog that it opens must not fight for the keyboard."""
        if not choice.action_id:
            self.show_group(self.group + choice.letter)
            return
        actions, action_id = self._actions, choice.action_id
        self.close()
        QTimer.singleShot(0, actions, lambda: actions.run(action_id))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().upper()
        found = next((line.choice for line in self.lines if line.choice.letter == letter), None)
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() == Qt.Key.Key_Backspace:
            self.show_group(self.group[:-1])
        elif found is not None:
            self.take(found)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setPen(QPen(look.colour("border"), 1))
        painter.setBrush(look.colour("panel"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
