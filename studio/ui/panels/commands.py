"""Actions of the one list, pressed from inside a panel."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from studio.ui import icons
from studio.ui.menus import ActionSet, title_of
from studio.workspace.actions import all_actions
from studio.workspace.actions.kind import Action
from studio.workspace.studio import Studio


def press(widget: QObject, studio: Studio, action_id: str) -> bool:
    """Runs an action as its menu would; returns whether it was done. Without a window only what the studio does itself."""
    actions = _set_of(widget)
    if actions is not None:
        return actions.run(action_id)
    action = _action(action_id)
    if action.ui or not action.enabled(studio):
        return False
    action.run(studio)
    return True


def keyboard_back(widget: QObject) -> None:
    """What was written in a field is finished: the keyboard goes back to the canvas of the window."""
    canvas = canvas_of(widget)
    if canvas is not None:
        canvas.setFocus(Qt.FocusReason.OtherFocusReason)


def canvas_of(widget: QObject) -> QWidget | None:
    """The canvas of the window that the widget belongs to; None without one."""
    actions = _set_of(widget)
    canvas = getattr(actions.parent(), "canvas", None) if actions is not None else None
    return canvas if isinstance(canvas, QWidget) else None


def words(action_id: str) -> str:
    """The action's title in the language of the window."""
    return title_of(_action(action_id))


def shortcut(action_id: str, widget: QObject) -> str:
    """The action's first shortcut in the widget's window as the keyboard has it, or nothing."""
    actions = _set_of(widget)
    keys = actions.keys(action_id) if actions is not None else _action(action_id).shortcuts
    return QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""


def menu_of(widget: QWidget, studio: Studio, *action_ids: str) -> QMenu:
    """A menu of actions; an empty name is a separator. It deletes itself when it closes."""
    menu = QMenu(widget)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for action_id in action_ids:
        if action_id:
            _add(menu, widget, studio, _action(action_id))
        else:
            menu.addSeparator()
    return menu


def _add(menu: QMenu, widget: QWidget, studio: Studio, action: Action) -> QAction:
    item = menu.addAction(words(action.id))
    if action.icon and action.checked is None:  # beside an icon no tick is drawn
        item.setIcon(icons.icon(action.icon, 16))
    if keys := shortcut(action.id, widget):
        item.setText(f"{item.text()}\t{keys}")
    item.setEnabled(action.enabled(studio))
    if not item.isEnabled() and action.why is not None and (reason := action.why(studio)):
        item.setToolTip(QCoreApplication.translate("notices", reason))
        menu.setToolTipsVisible(True)
    if action.checked is not None:
        item.setCheckable(True)
        item.setChecked(bool(action.checked(studio)))
    item.triggered.connect(lambda: press(widget, studio, action.id))
    return item


def _action(action_id: str) -> Action:
    return next(action for action in all_actions() if action.id == action_id)


def _set_of(widget: QObject) -> ActionSet | None:
    """The action set of the window that the widget belongs to, floating or docked."""
    place: QObject | None = widget
    while place is not None:
        known = getattr(
            place, "actions_", None
        )  # the window's; a search among its hundreds of children takes 0.4 ms
        if isinstance(known, ActionSet):
            return known
        found = place.findChild(ActionSet, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if found is not None:
            return found
        place = place.parent()
    return None
