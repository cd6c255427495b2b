"""What is taken back like a step though it belongs to no picture: names of a model's directions, pins on the pad."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

MOST = 100


class _Change(msgspec.Struct, frozen=True, eq=False):
    """``step``: the picture's step at which it was made, ``last`` its last step then; both empty without a picture."""

    step: str
    last: str
    back: Callable[[], None]
    again: Callable[[], None]


class Asides:
    """Changes between the steps of the picture that was open. Undo comes to one where its step is the current one, before the step
    itself; a redo comes to it before the steps that follow, as long as no other step was made."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._done: list[_Change] = []
        self._undone: list[_Change] = []

    def note(self, back: Callable[[], None], again: Callable[[], None]) -> None:
        """Something was changed just now; ``back`` takes it back, ``again`` does it once more."""
        step, last = self._here()
        self._done = [*self._done, _Change(step, last, back, again)][-MOST:]
        self._undone.clear()

    def _here(self) -> tuple[str, str]:
        picture = self._studio.current
        if picture is None:
            return "", ""
        history = picture.document.history
        return picture.document.step, history[-1].revision_id if history else ""

    @property
    def can_undo(self) -> bool:
        return bool(self._done) and self._done[-1].step == self._here()[0]

    @property
    def can_redo(self) -> bool:
        return bool(self._undone) and (self._undone[-1].step, self._undone[-1].last) == self._here()

    def undo(self) -> bool:
        """False where the last thing that was done is a step of the picture."""
        if not self.can_undo:
            return False
        change, (step, last) = self._done.pop(), self._here()
        self._undone.append(msgspec.structs.replace(change, step=step, last=last))
        change.back()
        return True

    def redo(self) -> bool:
        """False where what comes next is a step of the picture."""
        if not self.can_redo:
            return False
        change = self._undone.pop()
        self._done.append(change)
        change.again()
        return True
