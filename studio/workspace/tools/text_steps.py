"""Steps back and forth inside a text while it is edited; outside, all of it is one undo step."""

from __future__ import annotations

import msgspec

from studio.document.layer import Affine
from studio.raster.text.style import TextStyle
from studio.workspace.tools.typing_state import Typing

_RUNS = ("type", "erase", "style")
"""Kinds that are one step as long as nothing else comes between: letters of a word, one drag of a slider."""


class Step(msgspec.Struct, frozen=True):
    """What one step restores, and the kind of the change that followed it."""

    kind: str
    typing: Typing
    style: TextStyle
    language: str
    own: Affine


class Steps(msgspec.Struct):
    """``back``: what was before each change, the latest last; ``forth``: what was taken back."""

    back: list[Step] = msgspec.field(default_factory=list)
    forth: list[Step] = msgspec.field(default_factory=list)
    _running: bool = False

    def remember(self, step: Step) -> None:
        """``step`` is how things are before a change of its kind."""
        joins = self._running and step.kind in _RUNS and self.back and self.back[-1].kind == step.kind
        if not joins:
            self.back.append(step)
        self.forth.clear()
        self._running = True

    def pause(self) -> None:
        """The caret went elsewhere: what is typed there is another step."""
        self._running = False

    def undo(self, now: Step) -> Step | None:
        """The state before the last change; ``now`` can be had again by :meth:`redo`."""
        self._running = False
        if not self.back:
            return None
        self.forth.append(now)
        return self.back.pop()

    def redo(self, now: Step) -> Step | None:
        self._running = False
        if not self.forth:
            return None
        self.back.append(now)
        return self.forth.pop()
