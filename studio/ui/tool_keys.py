"""The keys of the tools: what a press takes, what a repeated one, and what a held one gives back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from studio.ui.key_hold import KeyDown, KeyHold
from studio.workspace.tools.registry import KINDS

if TYPE_CHECKING:
    from studio.ui.main_window import MainWindow

_NO_HOLD = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
"""Keys with these are pressed slowly by any hand: holding them means nothing."""


class ToolKeys:
    """Of one window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._painting = window.studio.painting
        self._down: KeyDown | None = None
        self._last: tuple[str, str] | None = None
        self.hold = KeyHold(self._painting, self._say, window)

    def note(self, event: QEvent) -> None:
        """The window hears of a key before any shortcut takes it: when it went down, and where it lies."""
        if isinstance(event, QKeyEvent) and not event.isAutoRepeat():
            self._down = KeyDown.of(event)

    def press(self, action_id: str, sequence: QKeySequence) -> None:
        """The shortcut ``sequence`` of a tool's action was pressed."""
        painting, tool = self._painting, action_id.removeprefix("tool-")
        down, self._down = self._down, None
        if painting.session is not None and self._window.canvas.input.busy:
            return  # in the midst of a drag of what would be applied
        before = painting.tool
        key = sequence.toString(QKeySequence.SequenceFormat.PortableText)
        taken = self._window.actions_.rings.taken(key, tool, before, self._last)
        self._last = (tool, taken)
        if taken != before:
            painting.choose_tool(taken)
        elif painting.kind.open_at_once and painting.session is None:
            painting.open_session()  # it could not open before
        self._window.actions_.ran(action_id)
        if down is not None and taken != before and _is_held(sequence, down):
            self.hold.begin(down, before)

    def _say(self, taken: str, before: str) -> None:
        words = ""
        if taken:
            words = QCoreApplication.translate(
                "Window", "{tool}, as long as its key is held; then {before} again"
            ).format(tool=self._title(taken), before=self._title(before))
        self._window.status.say(words)

    def _title(self, tool: str) -> str:
        return QCoreApplication.translate("actions", KINDS[tool].title)


def _is_held(sequence: QKeySequence, down: KeyDown) -> bool:
    """Whether holding ``down`` means something: it is what ``sequence`` was pressed with, and no command of many keys."""
    combination = sequence[0]  # pyright: ignore[reportIndexIssue] - it can be indexed
    latin = down.key < 128  # of another script Qt finds the shortcut by the key's place
    return not combination.keyboardModifiers() & _NO_HOLD and (not latin or combination.key() == down.key)
