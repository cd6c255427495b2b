"""A tool's key that is held borrows its tool: let go, the hand has the one before again. A tap takes it for good."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QKeyEvent

from studio.ui.canvas.view import CanvasView
from studio.workspace.painting import Painting

HELD_MILLISECONDS = 250
"""A key that is down for longer was no tap, even where nothing was done meanwhile."""
_PRESSES = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.TabletPress,
    QEvent.Type.TouchBegin,
)
_KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease)


class KeyDown(NamedTuple):
    """The key of a press, its place on the keyboard (0 where the system does not say) and its time in milliseconds."""

    key: int
    place: int
    time: int

    @staticmethod
    def of(event: QKeyEvent) -> KeyDown:
        return KeyDown(event.key(), event.nativeScanCode(), event.timestamp())

    def same(self, event: QKeyEvent) -> bool:
        """By its place where that is known: with another layout, or Shift let go first, its name is another."""
        place = event.nativeScanCode()
        return place == self.place if place and self.place else event.key() == self.key


class KeyHold(QObject):
    """From the press of a tool's key to its release; one key at a time.

    ``say`` shows a line while a tool is borrowed, and takes it away with an empty one.
    """

    def __init__(self, painting: Painting, say: Callable[[str, str], None], window: QObject) -> None:
        super().__init__(window)
        self._painting, self._say, self._window = painting, say, window
        self._key: KeyDown | None = None
        self._before = self._taken = ""
        self._used = self._repeated = False
        self._views: list[CanvasView] = []

    def begin(self, key: KeyDown, before: str) -> None:
        """``key`` took the tool that is in the hand now; ``before`` is the one that it comes after."""
        if self._key is not None and self._taken == before:
            before = self._before  # one key after the other: back to what was there before both
        self._stop()
        self._key, self._before, self._taken = key, before, self._painting.tool
        self._used = self._repeated = False
        application = QCoreApplication.instance()
        if application is not None:
            # Only while the key is down: every event of the application passes through here.
            application.installEventFilter(self)

    def _stop(self) -> None:
        if self._key is None:
            return
        self._key = None
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self._say("", "")
        views, self._views = self._views, []
        for view in views:
            view.wait_with_words(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _KEYS and isinstance(event, QKeyEvent):
            return self._on_key(event)
        if kind in _PRESSES and isinstance(watched, CanvasView):
            if watched not in self._views:
                self._views.append(watched)
                watched.wait_with_words(True)
            self._used = True
            self._borrowed()
        elif kind == QEvent.Type.WindowDeactivate and watched is self._window:
            self._end(None)  # the release would go to another window
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        """True for what the held key repeats: it is no letter of a text that was begun meanwhile."""
        if self._key is None or not self._key.same(event):
            return False
        if event.isAutoRepeat():
            self._repeated = True
            self._borrowed()
            event.ignore()
            return True
        if event.type() == QEvent.Type.KeyRelease:
            self._end(event.timestamp())
        return False

    def _borrowed(self) -> None:
        self._say(self._taken, self._before)

    def _end(self, time: int | None) -> None:
        assert self._key is not None
        views, long = list(self._views), time is not None and time - self._key.time > HELD_MILLISECONDS
        self._stop()
        if not (self._used or self._repeated or long):
            return
        before, taken = self._before, self._taken
        busy = next((view for view in views if view.input.busy), None)
        if busy is None:
            self._give_back(before, taken)
        else:  # the drag that was begun with the borrowed tool goes on to its end
            busy.input.afterwards(lambda: self._give_back(before, taken))

    def _give_back(self, before: str, taken: str) -> None:
        session = self._painting.session
        # Another tool was taken meanwhile, or a text was begun: its words need their tool.
        if self._painting.tool == taken and not (session is not None and session.takes_text):
            self._painting.choose_tool(before)
