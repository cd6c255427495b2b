"""Shortcuts: every action with its keys; another key is pressed, the usual ones come back with one verb."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from studio.ui import theme
from studio.ui.dialogs.frame import Frame
from studio.ui.keys import native
from studio.ui.menus import ActionSet
from studio.ui.palette import names_of, rank
from studio.ui.widgets.rows import ChoiceRow
from studio.workspace.shortcuts import SETS, is_sequence
from studio.workspace.studio import Studio

_ID = Qt.ItemDataRole.UserRole


class KeyField(QKeySequenceEdit):
    """Takes one combination of keys. Escape is none: it ends the dialog, as everywhere."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumSequenceLength(1)
        self.setClearButtonEnabled(True)
        for button in self.findChildren(QAbstractButton):  # what is emptied is finished, too
            button.clicked.connect(self.editingFinished)

    def event(self, event: QEvent) -> bool:
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and not event.modifiers()
        return QWidget.event(self, event) if escape else super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)


class ShortcutsDialog(Frame):
    """A list to search, two fields that take the pressed keys. A key that another action has moves to the chosen one."""

    def __init__(self, studio: Studio, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("Shortcuts", "Shortcuts"), parent, width=520)
        self._studio, self._actions = studio, actions
        self._names = names_of(actions)
        sets = [(name, QCoreApplication.translate("Shortcuts", title)) for name, title in SETS.items()]
        self.sets = ChoiceRow(
            QCoreApplication.translate("Shortcuts", "Keys as in"), sets, studio.settings.shortcut_set
        )
        self.search = QLineEdit()
        self.search.setPlaceholderText(QCoreApplication.translate("Shortcuts", "Find an action"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.list = QTreeWidget()
        self.keys, self.second = KeyField(), KeyField()
        self.usual = QPushButton(QCoreApplication.translate("Shortcuts", "Usual keys"))
        self._arrange()
        self.told = self.add_sentence("")
        self.add_verb(QCoreApplication.translate("Shortcuts", "All as usual"), self.reset_all)
        self.add_verb(QCoreApplication.translate("Dialog", "Close"), self.accept, main=True)
        self.sets.chosen.connect(self.choose_set)
        self.search.textChanged.connect(self.fill)
        self.list.currentItemChanged.connect(lambda *_: self._show_chosen())
        for field in (self.keys, self.second):
            field.editingFinished.connect(self._typed)
        self.usual.clicked.connect(lambda _checked: self.assign(self.chosen(), None))
        self.fill("")
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)  # words typed at once look for an action

    def _arrange(self) -> None:
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setMinimumHeight(240)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.list.setAccessibleName(QCoreApplication.translate("Shortcuts", "Actions and their keys"))
        self.keys.setAccessibleName(QCoreApplication.translate("Shortcuts", "Press the new keys"))
        self.second.setAccessibleName(QCoreApplication.translate("Shortcuts", "Press a second key"))
        self.usual.setAccessibleName(self.usual.text())
        line = QHBoxLayout()
        line.setSpacing(8)
        for field in (self.keys, self.second):
            field.setToolTip(field.accessibleName())
            line.addWidget(field, 1)
        line.addWidget(self.usual)
        self.body.setSpacing(8)
        self.body.addWidget(self.sets)
        self.body.addWidget(self.search)
        self.body.addWidget(self.list, 1)
        self.body.addLayout(line)

    # ── the list ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def fill(self, query: str) -> None:
        """Lists what the query finds, by any of its names."""
        chosen = self.chosen()
        self.list.clear()
        for action_id in rank(query, self._names):
            item = QTreeWidgetItem([self._actions.words(action_id), self._written(action_id)])
            item.setData(0, _ID, action_id)
            item.setSizeHint(0, QSize(0, theme.ROW))
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.list.addTopLevelItem(item)
            if action_id == chosen:
                self.list.setCurrentItem(item)
        first = self.list.topLevelItem(0)
        if self.list.currentItem() is None and first is not None:
            self.list.setCurrentItem(first)

    def _rewrite(self) -> None:
        """The same actions with the keys that are in force now. The column is measured once at the end, not at each row."""
        header = self.list.header()
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        for row in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(row)
            if item is not None and item.text(1) != (keys := self._written(item.data(0, _ID))):
                item.setText(1, keys)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._show_chosen()

    def choose(self, action_id: str) -> None:
        """Makes an action the one whose keys are changed."""
        for row in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(row)
            if item is not None and item.data(0, _ID) == action_id:
                self.list.setCurrentItem(item)

    def chosen(self) -> str:
        """The id of the chosen action; empty when none is."""
        item = self.list.currentItem()
        return item.data(0, _ID) if item is not None else ""

    def _written(self, action_id: str) -> str:
        return " · ".join(native(key) for key in self._actions.keys(action_id))

    def _own(self, action_id: str) -> tuple[str, ...]:
        """The keys of an action that can be pressed here; the letters of the guide are what is left without any."""
        keys = self._actions.keys(action_id) if action_id else ()
        return tuple(QKeySequence(key).toString() for key in keys if not is_sequence(key))

    def _show_chosen(self) -> None:
        action_id = self.chosen()
        keys = (*self._own(action_id), "", "")
        self.keys.setKeySequence(QKeySequence(keys[0]))
        self.second.setKeySequence(QKeySequence(keys[1]))
        self.second.setEnabled(bool(keys[0]))
        self.usual.setEnabled(action_id in self._studio.settings.shortcuts)
        self.told.setText("")

    # ── changing ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def _typed(self) -> None:
        """What stands in the two fields now; keys beyond them stay as they are."""
        action_id = self.chosen()
        before = self._own(action_id)
        pressed = (self.keys.keySequence().toString(), self.second.keySequence().toString(), *before[2:])
        wanted = tuple(dict.fromkeys(key for key in pressed if key))
        if action_id and wanted != before:
            self.assign(action_id, wanted)

    def assign(self, action_id: str, keys: tuple[str, ...] | None) -> None:
        """Gives the action these keys and takes them from whoever had them; None: the usual ones again."""
        if not action_id:
            return
        chosen = dict(self._studio.settings.shortcuts)
        before = next((owner for key in keys or () if (owner := self._owner(key, action_id))), "")
        chosen.pop(action_id, None)
        if keys is not None:
            wanted = {QKeySequence(key) for key in keys}
            for other, theirs in list(chosen.items()):
                chosen[other] = tuple(key for key in theirs if QKeySequence(key) not in wanted)
            chosen[action_id] = keys
        self._studio.change_settings(shortcuts=chosen)
        self._rewrite()
        if before:
            words = QCoreApplication.translate("Shortcuts", "Taken from “{action}”.")
            self.told.setText(words.format(action=self._actions.words(before)))

    def choose_set(self, name: str) -> None:
        """The keys of another program; what the artist changed stays changed."""
        self._studio.change_settings(shortcut_set=name)
        self._rewrite()

    def reset_all(self) -> None:
        """Every action has its usual keys again."""
        self._studio.change_settings(shortcuts={})
        self._rewrite()

    def _owner(self, key: str, but: str) -> str:
        wanted = QKeySequence(key)
        return next(
            (
                action_id
                for action_id in self._actions.actions
                if action_id != but
                and any(QKeySequence(one) == wanted for one in self._actions.keys(action_id))
            ),
            "",
        )
