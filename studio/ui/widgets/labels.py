"""Words beside and inside controls: one label column for rows that stand under each other, and a tip for what is cut off."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QToolTip, QWidget

WIDEST = 152
"""Of the label column in a panel; a track of 64 px is left beside it."""
WIDEST_IN_DIALOG = 240


@runtime_checkable
class Labelled(Protocol):
    """A row with a label column of its own: ``usual_label`` 0 is one without."""

    usual_label: int

    def label_needed(self) -> int:
        """Pixels that the whole words take."""
        ...

    def set_label_width(self, width: int) -> None: ...


def align(root: QWidget, widest: int = WIDEST) -> None:
    """Makes the label columns of all rows in ``root`` as wide as the longest words need, at most ``widest`` pixels."""
    rows = [one for one in root.findChildren(QWidget) if isinstance(one, Labelled) and one.usual_label]
    if rows:
        usual = max(row.usual_label for row in rows)
        width = max(usual, min(max(row.label_needed() for row in rows), widest))
        for row in rows:
            row.set_label_width(width)


class TellsCutWords:
    """Mixed into a self-painted widget (before its Qt class): hovering says the words for which there is no room."""

    def cut_words(self) -> str:
        """The whole words where some of them are cut off, else nothing."""
        raise NotImplementedError

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and (words := self.cut_words()):
            widget: Any = self
            tip = widget.toolTip()
            QToolTip.showText(event.globalPos(), f"{words}\n{tip}" if tip else words, widget)  # type: ignore[attr-defined]
            return True
        return super().event(event)  # type: ignore[misc]
