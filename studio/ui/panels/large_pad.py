"""A pad of a panel, for a while over the whole canvas."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

from studio.ui.panels import commands
from studio.ui.widgets.pad import Pad


class LargePad(QObject):
    """A double click on the pad spreads it over the canvas of its window; another one or Escape gives it back to its panel, and so
    does whatever hides the pad or its panel. It is the same pad, with the same values, trail and listeners."""

    def __init__(self, pad: Pad) -> None:
        super().__init__(pad)
        self._pad = pad
        self._kept: QWidget | None = None
        self._canvas: QWidget | None = None
        pad.spread.connect(self._change)

    def _change(self) -> None:
        if self._kept is None:
            self._open()
        else:
            self.give_back()

    def _open(self) -> None:
        pad, panel, canvas = self._pad, self._pad.parentWidget(), commands.canvas_of(self._pad)
        layout = panel.layout() if panel is not None else None
        if canvas is None or layout is None:
            return
        self._kept, self._canvas = QWidget(panel), canvas
        self._kept.setFixedSize(pad.size())
        layout.replaceWidget(pad, self._kept)
        pad.setParent(canvas)
        pad.set_large(True)
        pad.setGeometry(canvas.rect())
        for watched in (canvas, pad, self._kept):
            watched.installEventFilter(self)
        pad.show()
        pad.raise_()
        pad.setFocus(Qt.FocusReason.OtherFocusReason)

    def give_back(self) -> None:
        """The pad is in its panel again; the canvas has the keyboard."""
        kept, canvas, pad = self._kept, self._canvas, self._pad
        panel = kept.parentWidget() if kept is not None else None
        layout = panel.layout() if panel is not None else None
        if kept is None or canvas is None or layout is None:
            return
        self._kept = self._canvas = None
        for watched in (canvas, pad, kept):
            watched.removeEventFilter(self)
        shown = not pad.isHidden()
        pad.setParent(panel)
        pad.set_large(False)
        layout.replaceWidget(kept, pad)
        kept.hide()
        kept.deleteLater()
        pad.setVisible(shown)
        canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._canvas and event.type() == QEvent.Type.Resize:
            self._pad.setGeometry(self._canvas.rect())  # type: ignore[union-attr]
        elif watched is not self._canvas and event.type() == QEvent.Type.Hide and not event.spontaneous():
            self.give_back()
        return False
