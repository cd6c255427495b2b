"""A tool that stays open over several presses: a transform, a text, a crop frame, a polygon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from psygnal import Signal

from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.marks import Mark

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

EDITING_KEYS = frozenset(("return", "enter", "escape", "backspace", "delete", "left", "right", "up", "down"))


class Session:
    """Subclasses override what they need. ``apply`` or ``cancel`` is called exactly once, at the end.

    ``owner`` is the name under which it previews, unique to the tool. ``any_tool``: no tool opened it, and while it is open
    a press with any of them is for it. A session that ends by itself calls
    ``painting.session_done()``.
    """

    owner = "session"
    takes_text = False
    any_tool = False
    changed = Signal()

    def __init__(self, picture: Picture, painting: Painting) -> None:
        self.picture = picture
        self.painting = painting

    @property
    def hint(self) -> str:
        """What the status line says while the session is open; a source text in context ``Options``, empty for nothing."""
        return ""

    @property
    def marks(self) -> tuple[Mark, ...]:
        return ()

    def cursor(self, pointer: Pointer) -> str:
        """``cross``, ``arrow``, ``text``, ``move``, ``rotate``, ``none`` or ``size-`` with h, v, fd, bd."""
        return "cross"

    def lets_pick(self, pointer: Pointer) -> bool:
        """Whether Ctrl and a press there may take another layer, which applies what is open."""
        return False

    def press(self, pointer: Pointer) -> Gesture | None:
        """The drag that begins, or None for a mere click."""
        return None

    def hover(self, pointer: Pointer) -> None:
        """The pen moves without touching."""

    def wants(self, key: str, modifiers: frozenset[str]) -> bool:
        """Whether a key that is also a shortcut belongs to the session now."""
        if key in EDITING_KEYS:
            return True
        return self.takes_text and not modifiers & {"control", "alt"}

    def key(self, key: str, text: str, modifiers: frozenset[str]) -> bool:
        """A key by its Qt name in lower case, with the characters it types; True when it was used."""
        return False

    def input_method(self, preedit: str, commit: str, cursor: int) -> None:
        """What an input method composes (shown at the caret) and what it commits."""

    def selected_text(self) -> str:
        """What Ctrl+C and Ctrl+X take."""
        return ""

    def replace_selection(self, words: str) -> None:
        """What Ctrl+V (or Ctrl+X: nothing) puts in its place."""

    def caret(self) -> tuple[float, float, float] | None:
        """(x, y, height) of the insertion point in document pixels: where an input method opens its window."""
        return None

    @property
    def numbers(self) -> tuple[tuple[str, str, float, str], ...]:
        """(name, title, value, unit) of what can be typed into the options bar; titles in context ``recipe``."""
        return ()

    def set_number(self, name: str, value: float) -> None:
        """One of ``numbers`` was typed."""

    def undo(self) -> bool:
        """One step back inside the session; False hands the key to the picture's history (the session is applied first)."""
        return False

    def redo(self) -> bool:
        return False

    def options_changed(self, options: msgspec.Struct) -> None:
        """Another value in the options bar."""

    def apply(self) -> None:
        """Enter, another tool, or anything else that begins: what was done becomes one undo step."""

    def cancel(self) -> None:
        """Esc: as if the session had never been."""
