"""Menus, toolbar and shortcuts: all made from the one list of actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QShortcutEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QMenuBar, QPushButton, QVBoxLayout, QWidget

from studio.raster.selecting.combining import Mode
from studio.ui import theme
from studio.ui.keys import REPEATED, HeardKeys, mode_of_keys, native, window_hears
from studio.ui.language import Retranslated, spoken
from studio.ui.widgets.buttons import IconButton, SwatchButton
from studio.ui.widgets.family_button import FamilyButton
from studio.workspace.actions.kind import LINE_ABOVE, MENUS, Action
from studio.workspace.notices import Notice
from studio.workspace.shortcuts import in_force
from studio.workspace.studio import Studio
from studio.workspace.tool_rings import Rings
from studio.workspace.tools.registry import ALL

MENU_LETTERS = {
    "File": "F",
    "Edit": "E",
    "Image": "I",
    "Layer": "L",
    "Select": "S",
    "Filter": "T",
    "Generate": "G",
    "View": "V",
    "Window": "W",
    "Help": "H",
}
"""The letter that opens a menu with Alt, the same in every language."""

_LINE = ""

Handlers = Mapping[str, Callable[[], object]]
States = Mapping[str, Callable[[], bool]]


class ToolItem(QAction):
    """The action of a tool: a press of its key is told apart from a click on it."""

    keyed = Signal(QKeySequence)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QShortcutEvent) and not event.isAmbiguous():
            self.keyed.emit(event.key())
            return True
        return super().event(event)


class Items(dict[str, QAction]):
    """Action id → its QAction; one that no shortcut of Qt's waits for is made when it is first asked for."""

    def __init__(self, make: Callable[[str], QAction]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, action_id: str) -> QAction:
        item = self[action_id] = self._make(action_id)
        return item


class ActionSet(QObject):
    """A QAction for each action of the list, with its shortcut, its words and whether it can be used now.

    Those without a shortcut, and those whose keys the window hears itself, wait until a menu shows them: there are very
    many, and the window should stand before.
    """

    triggered = Signal(str)
    tool_keyed = Signal(str, QKeySequence)
    """A tool's key was pressed, and with which sequence; whoever listens takes the tool."""

    def __init__(
        self,
        studio: Studio,
        actions: Iterable[Action],
        handlers: Handlers,
        window: QWidget,
        states: States | None = None,
    ) -> None:
        """``handlers`` carry out the actions that name one in ``ui``; a missing one raises KeyError here, not at the press.
        ``states``, by the same names: whether the window has on what such an action switches."""
        super().__init__(window)
        self._studio = studio
        self._handlers, self._states = handlers, states or {}
        self.actions = {action.id: action for action in actions}
        self._heard = HeardKeys()
        self._keys = self._read_keys()
        self._window = window
        self.items = Items(self._late_item)
        for action in self.actions.values():
            if action.ui:
                handlers[action.ui]
            if self._bound(action.id):
                self.items[action.id] = self._item(action.id)

    def _late_item(self, action_id: str) -> QAction:
        item = self._item(action_id)
        if item.isCheckable():
            item.setChecked(self.is_on(action_id))
        return item

    def _item(self, action_id: str) -> QAction:
        action, window = self.actions[action_id], self._window
        item = QAction(window)
        if action.id.startswith("tool-"):
            item = ToolItem(window)
            item.keyed.connect(lambda sequence: self.tool_keyed.emit(action.id, sequence))
        item.setObjectName(action.id)
        item.setCheckable(self._switches(action))
        item.setShortcuts(self._bound(action.id))
        item.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        item.setAutoRepeat(action.id in REPEATED)
        item.triggered.connect(lambda: self.run(action.id))
        self._dress(action.id, item)
        window.addAction(item)  # last: it tells the window of every change
        return item

    def keys(self, action_id: str) -> tuple[str, ...]:
        """The shortcuts in force."""
        return self._keys[action_id]

    @property
    def rings(self) -> Rings:
        """Where repeated presses of the tools' keys lead."""
        return Rings(self._keys, by_shift=self._studio.settings.shortcut_set == "photoshop")

    def _read_keys(self) -> dict[str, tuple[str, ...]]:
        settings = self._studio.settings
        keys = in_force(self.actions.values(), settings.shortcut_set, settings.shortcuts)
        self._heard.bind(keys)
        return keys

    def _bound(self, action_id: str) -> list[QKeySequence]:
        return [QKeySequence(key) for key in self.keys(action_id) if not window_hears(action_id, key)]

    def heard(self, event: QKeyEvent, *, on_canvas: bool = True) -> str:
        """Id of the action whose key is one that the window hears itself; empty for any other press."""
        return self._heard.action(event, on_canvas=on_canvas)

    def _switches(self, action: Action) -> bool:
        return action.checked is not None or action.ui in self._states

    def is_on(self, action_id: str) -> bool:
        """Whether what the action switches is on now."""
        action = self.actions[action_id]
        if action.ui in self._states:
            return self._states[action.ui]()
        return action.checked is not None and bool(action.checked(self._studio))

    def usable(self, action_id: str) -> bool:
        """Whether the action can be used now."""
        return self.actions[action_id].enabled(self._studio)

    def why_not(self, action_id: str) -> str:
        """Why the action cannot be used now, in the language of the window; empty where it can, or nothing is to be said."""
        action = self.actions.get(action_id)
        if action is None or action.why is None or action.enabled(self._studio):
            return ""
        return QCoreApplication.translate("notices", action.why(self._studio))

    def rebind(self) -> None:
        """Takes the shortcuts of the settings as they are now."""
        before, self._keys = self._keys, self._read_keys()
        for action_id, keys in self._keys.items():
            if keys == before[action_id]:
                continue
            bound = self._bound(action_id)
            if action_id in self.items or bound:
                item = self.items[action_id]
                if item.shortcuts() != bound:
                    item.setShortcuts(bound)
                self._dress(action_id, item)

    def run(self, action_id: str) -> bool:
        """Does it, if it can be done now; returns whether it was. A reason why not becomes a quiet card."""
        action = self.actions[action_id]
        if not action.enabled(self._studio):
            if action.why is not None and (reason := action.why(self._studio)):
                self._studio.tell(Notice(kind="info", text=reason))
            self.refresh()
            return False
        if action.ui:
            self._handlers[action.ui]()
        elif action.joins is not None:
            action.joins(self._studio, self._mode(action_id))
        else:
            action.run(self._studio)
        self.ran(action_id)
        return True

    def _mode(self, action_id: str) -> Mode:
        """How a selection joins the one there is; the keys of the action's own shortcut say nothing about it."""
        held = QGuiApplication.keyboardModifiers()
        keys = [QKeySequence(key)[0] for key in self.keys(action_id)]  # pyright: ignore[reportIndexIssue] - it can be indexed
        own = [combination.keyboardModifiers() for combination in keys]
        return "new" if held in own else mode_of_keys(held)

    def ran(self, action_id: str) -> None:
        """What the action does was done: what is shown of all of them follows."""
        self.refresh()
        self.triggered.emit(action_id)

    def refresh(self) -> None:
        """Asks every switch whether it is on.

        Whether an action can be used is asked when it is shown or pressed: the shortcut of a grey item stays bound, so a
        state that changed a moment ago never swallows a key.
        """
        for action_id, item in self.items.items():
            if item.isCheckable():
                item.setChecked(self.is_on(action_id))

    def retranslate(self) -> None:
        for action_id, item in self.items.items():
            self._dress(action_id, item)

    def _dress(self, action_id: str, item: QAction) -> None:
        """Its words and key in the language of the window."""
        words, key = self.words(action_id), self.shortcut(action_id)
        shown_by_qt = not key or not window_hears(action_id, self.keys(action_id)[0])
        item.setText(words if shown_by_qt else f"{words}\t{key}")
        item.setToolTip(_tip(words, key))

    def tip(self, action_id: str) -> str:
        """Words and first shortcut."""
        return _tip(self.words(action_id), self.shortcut(action_id))

    def words(self, action_id: str) -> str:
        return title_of(self.actions[action_id])

    def shortcut(self, action_id: str) -> str:
        """The first shortcut as the keyboard's labels have it."""
        keys = self.keys(action_id)
        return native(keys[0]) if keys else ""


def _tip(words: str, key: str) -> str:
    return f"{words} ({key})" if key else words


def title_of(action: Action) -> str:
    """The action's title in the language of the window; filters and effects are called as their declarations call them."""
    contexts = ("actions", "recipe")
    if action.id.startswith(("filter-", "effect-")):
        contexts = ("recipe", "actions")
    for context in contexts:
        found = QCoreApplication.translate(context, action.title)
        if found != action.title:
            return found
    return action.title


def with_letter(words: str, letter: str) -> str:
    """The words with the letter marked for Alt: inside them, or behind as Chinese programs have it (``文件(&F)``)."""
    at = words.casefold().find(letter.casefold())
    return f"{words[:at]}&{words[at:]}" if at >= 0 else f"{words}(&{letter})"


class _Stays(QObject):
    """Keeps a menu open whose commands mean something else with Alt; Qt closes menus when it is pressed."""

    def eventFilter(self, _menu: QObject, event: QEvent) -> bool:
        return (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Alt
        )


class MenuLine(Retranslated, QMenuBar):
    """The menu bar, 26 px high, with the workspaces at its right end."""

    def __init__(self, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._stays = _Stays(self)
        self._menus: dict[str, QMenu] = {}
        self._waiting: dict[str, list[str]] = {}
        """Path of a menu that was not opened yet → what it will hold: ids of actions, paths of menus, empty for a line."""
        self.setFixedHeight(26)
        self.setNativeMenuBar(False)
        self.hovered.connect(self._pointed_at)
        for name in MENUS:
            self._add(name)
        for action in actions.actions.values():
            if action.menu:
                if action.separator and self._waiting.get(action.menu):
                    self._wait(action.menu, _LINE)
                self._wait(action.menu, action.id)
        for action in actions.actions.values():
            for path in action.also:
                self._wait(path, action.id)
        self.retranslate()

    def menu(self, path: str) -> QMenu:
        """The menu at ``path`` (``Layer/New layer``), whole."""
        if above := path.rpartition("/")[0]:
            self.menu(above)
        self._fill(path)
        return self._menus[path]

    def fill(self) -> None:
        """Makes every menu and item that waits to be shown for the first time."""
        for path in list(self._waiting):
            self.menu(path)

    def _wait(self, path: str, what: str) -> None:
        if path not in self._waiting:
            self._waiting[path] = []
            if above := path.rpartition("/")[0]:
                if path in LINE_ABOVE:
                    self._wait(above, _LINE)
                self._wait(above, path)
        self._waiting[path].append(what)

    def _fill(self, path: str) -> None:
        """Makes the items of a menu that wait for it to open, and the menus below it, still empty."""
        for what in self._waiting.pop(path, ()):
            if what == _LINE:
                self._menus[path].addSeparator()
            elif "/" in what:
                self._add(what)
            else:
                self._menus[path].addAction(self._actions.items[what])
                if self._actions.actions[what].joins is not None:
                    self._menus[path].installEventFilter(self._stays)

    def _pointed_at(self, item: QAction) -> None:
        """Fills the menu that is about to open: Qt finds a place for it by its first item."""
        if item.menu() is not None:
            self._fill(item.data())

    def _add(self, path: str) -> None:
        """A menu, still empty, at the end of the one above it."""
        above, _, name = path.rpartition("/")
        menu = self._menus[above].addMenu(name) if above else self.addMenu(name)
        menu.menuAction().setData(path)
        menu.setToolTipsVisible(False)
        menu.hovered.connect(self._pointed_at)
        menu.aboutToShow.connect(lambda: self._show(path))
        menu.aboutToHide.connect(lambda: self._unbind(menu))
        self._menus[path] = menu
        self._name(path, menu)

    def _show(self, path: str) -> None:
        menu = self._menus[path]
        self._fill(path)
        self._actions.refresh()
        for item in menu.actions():
            if item.objectName() in self._actions.items:
                item.setEnabled(self._actions.usable(item.objectName()))
        reasons = {item: why for item in menu.actions() if (why := self._actions.why_not(item.objectName()))}
        menu.setToolTipsVisible(bool(reasons))
        for item, why in reasons.items():
            item.setToolTip(why)

    def _unbind(self, menu: QMenu) -> None:
        for item in menu.actions():
            if item.objectName() in self._actions.items:
                # After the click has been delivered: a grey item must not keep its shortcut from working later.
                item.setEnabled(True)
                item.setToolTip(self._actions.tip(item.objectName()))

    def retranslate(self) -> None:
        self.setAccessibleName(QCoreApplication.translate("Window", "Menu"))
        for path, menu in self._menus.items():
            self._name(path, menu)

    def _name(self, path: str, menu: QMenu) -> None:
        name = path.rpartition("/")[2]
        words = QCoreApplication.translate("menus", name)
        menu.setTitle(with_letter(words, MENU_LETTERS[name]) if name in MENU_LETTERS else words)


class WorkspaceSwitch(Retranslated, QWidget):
    """Paint | Generate | Train at the right end of the menu bar."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QPushButton] = {}
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 4, 0)
        line.setSpacing(0)
        for name in ("paint", "generate", "photo", "train"):
            button = QPushButton()
            button.setObjectName("workspace")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, name=name: self.chosen.emit(name))
            self.buttons[name] = button
            line.addWidget(button)
        self.retranslate()

    def show_chosen(self, name: str) -> None:
        for key, button in self.buttons.items():
            button.setChecked(key == name)

    def retranslate(self) -> None:
        words = {
            "paint": QCoreApplication.translate("Window", "Paint"),
            "generate": QCoreApplication.translate("Window", "Generate"),
            "photo": QCoreApplication.translate("Window", "Photo"),
            "train": QCoreApplication.translate("Window", "Train"),
        }
        for key, button in self.buttons.items():
            button.setText(words[key])
            button.setAccessibleName(
                QCoreApplication.translate("Window", "Workspace {name}").format(name=words[key])
            )
            button.setToolTip(button.accessibleName())
        self.updateGeometry()


class ToolBar(Retranslated, QWidget):
    """The tools, 36 px wide, the colours at its foot."""

    def __init__(self, studio: Studio, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio, self._actions = studio, actions
        self.setFixedWidth(36)
        self.setAutoFillBackground(True)
        self.buttons: dict[str, FamilyButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(0)
        for kind in ALL:
            if kind.family not in self.buttons:
                button = FamilyButton([one.name for one in ALL if one.family == kind.family])
                button.tool_wanted.connect(lambda name: actions.run(f"tool-{name}"))
                button.menu_wanted.connect(self._choose_member)
                self.buttons[kind.family] = button
                column.addWidget(button)
        column.addStretch(1)
        self.background = SwatchButton(size=20)
        self.foreground = SwatchButton(size=28)
        self.swap = IconButton("arrow-left-right", small=True)
        self.swap.clicked.connect(lambda: actions.run("swap-colours"))
        self.background.clicked.connect(lambda: actions.run("swap-colours"))
        self.foreground.clicked.connect(self.colour_wanted)
        column.addWidget(self.swap, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.background, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(4)
        column.addWidget(self.foreground, 0, Qt.AlignmentFlag.AlignHCenter)
        self.refresh()
        self.retranslate()

    colour_wanted = Signal()

    def refresh(self) -> None:
        """Shows the chosen tool and the colours."""
        for button in self.buttons.values():
            button.show_chosen(self._studio.painting.tool)
        self._name_tools()
        self.foreground.set_colour(self._studio.painting.colour)
        self.background.set_colour(self._studio.painting.background)

    def _name_tools(self) -> None:
        for button in self.buttons.values():
            action = f"tool-{button.tool}"
            button.set_name(self._actions.words(action), self._actions.shortcut(action))
            if again := self._again(button.tool):
                button.setToolTip(f"{button.toolTip()}\n{again}")

    def _again(self, tool: str) -> str:
        """What the tool's key takes when it is pressed once more; empty where that is nothing else."""
        rings = self._actions.rings
        found = rings.again(tool)
        if found is None:
            return ""
        key = QKeySequence(found[0]).toString(QKeySequence.SequenceFormat.NativeText)
        words = (
            QCoreApplication.translate("Window", "{key}: {tool}")
            if rings.by_shift
            else QCoreApplication.translate("Window", "{key} again: {tool}")
        )
        return words.format(key=key, tool=self._actions.words(f"tool-{found[1]}"))

    def _choose_member(self, button: FamilyButton) -> None:
        """The other tools behind a button."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in button.tools:
            menu.addAction(self._actions.items[f"tool-{name}"])
        if again := self._again(button.tool):
            menu.addSeparator()
            menu.addAction(again).setEnabled(False)
        menu.popup(button.mapToGlobal(button.rect().topRight()))

    def retranslate(self) -> None:
        self.setAccessibleName(QCoreApplication.translate("Window", "Tools"))
        self._name_tools()
        self.foreground.set_name(QCoreApplication.translate("Window", "Foreground colour"))
        self.background.set_name(QCoreApplication.translate("Window", "Background colour"))
        self.swap.set_name(
            QCoreApplication.translate("Window", "Swap colours"), self._actions.shortcut("swap-colours")
        )

    def paintEvent(self, event: object) -> None:
        from PySide6.QtGui import QPainter

        painter = QPainter(self)
        look = theme.current()
        painter.fillRect(self.rect(), look.colour("panel"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), look.colour("line"))


def language_word() -> str:
    """What the language switch says: the language that it would change to."""
    return "EN" if spoken().startswith("zh") else "中"
