"""Which of the keys in force Qt listens to, and which the window hears itself."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from studio.raster.selecting.combining import Mode
from studio.workspace.shortcuts import is_sequence

CANVAS_KEYS = ("Tab", "Return", "Enter")
"""Every other widget needs them for itself: they mean an action on the canvas alone."""
PLACES = {"[": {"xcb": 34, "wayland": 34, "windows": 26}, "]": {"xcb": 35, "wayland": 35, "windows": 27}}
"""By the place of the key (scan code), not by its label: German, Swiss and Nordic keyboards have no bracket there without
AltGr."""
SHIFT = "Shift+"
HELD = ("before",)
"""Actions that last for as long as their key is held: Qt's shortcuts tell nothing of a release."""
REPEATED = (
    "undo", "redo", "zoom-in", "zoom-out", "previous-variant", "next-variant", "brush-smaller", "brush-larger",
    "brush-opacity-down", "brush-opacity-up", "brush-softer", "brush-harder", "colour-lighter", "colour-darker",
)  # fmt: skip
"""Actions that go on while their key is held down."""
_LOOSE = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier


def window_hears(action_id: str, key: str) -> bool:
    """Whether a key is left to the window, because Qt's own shortcut would take it from others or could not tell it."""
    return key in CANVAS_KEYS or by_place(key) or action_id in HELD or is_sequence(key)


def by_place(key: str) -> bool:
    """Whether a key, with Shift or without, is named by where it lies."""
    return key.removeprefix(SHIFT) in PLACES


def native(key: str) -> str:
    """A key as the keyboard's labels have it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


class HeardKeys:
    """Key → action, for the keys that the window hears itself."""

    def __init__(self) -> None:
        self._actions: dict[str, str] = {}

    def bind(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        """Takes the keys in force, action id → keys."""
        self._actions = {
            key: action_id
            for action_id, bound in keys.items()
            for key in bound
            if window_hears(action_id, key) and not is_sequence(key)
        }

    def action(self, event: QKeyEvent, *, on_canvas: bool = True) -> str:
        """Id of the action that a press means; empty for none. Beside the canvas only those that go by their place."""
        for key in (*_placed(event), *_written(event)):
            if key in self._actions and (on_canvas or by_place(key)):
                return self._actions[key]
        return ""


def _placed(event: QKeyEvent) -> tuple[str, ...]:
    """The key that is named by the place that was pressed, with Shift as such first and else as without; none with Ctrl or
    Alt."""
    if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | _LOOSE):
        return ()
    platform, code = QApplication.platformName(), event.nativeScanCode()
    found = next((key for key, codes in PLACES.items() if code and codes.get(platform) == code), "")
    if not found:
        return ()
    return (SHIFT + found, found) if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else (found,)


def _written(event: QKeyEvent) -> tuple[str, ...]:
    """A press as settings write it: with its modifiers, and the sign that AltGr makes of it."""
    modifiers = event.modifiers() & ~_LOOSE
    try:
        pressed = QKeySequence(modifiers.value | Qt.Key(event.key()).value).toString()
    except ValueError:  # a key of the keyboard's maker
        return ()
    sign = event.text()
    return (pressed, sign) if len(sign) == 1 and sign.isprintable() and not sign.isalnum() else (pressed,)


def mode_of_keys(held: Qt.KeyboardModifier) -> Mode:
    """How a selection joins the one there is: Shift adds, Alt takes away, both intersect."""
    shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
    alt = bool(held & Qt.KeyboardModifier.AltModifier)
    return "intersect" if shift and alt else "add" if shift else "subtract" if alt else "new"
