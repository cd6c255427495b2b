"""A panel follows the studio: it writes itself again once per turn of the event loop, and only while it is seen."""

from __future__ import annotations

from collections.abc import Callable

from psygnal import SignalInstance
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from studio.ui.bind import bind
from studio.workspace.picture import Picture
from studio.workspace.studio import Studio

PEN_DOWN_MILLISECONDS = 80
DRAG_MILLISECONDS = 80
"""Between two calls while a drag previews: its pictures come faster than anybody reads a list beside them."""


class Follower(QObject):
    """Calls ``slot`` after any number of changes; a panel that is hidden is brought up to date when it is shown.

    While a stroke is drawn nothing is called: the pen has the thread for itself.
    """

    def __init__(
        self,
        owner: QWidget,
        studio: Studio,
        slot: Callable[[], object],
        *signals: SignalInstance,
        picture: bool = False,
        milliseconds: int = 0,
    ) -> None:
        """``picture``: follow the current picture's artwork and history as well."""
        super().__init__(owner)
        self._owner, self._studio, self._slot = owner, studio, slot
        self._milliseconds = milliseconds
        self._behind = True
        self._picture: Picture | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.catch_up)
        for signal in signals:
            bind(self, signal, self.soon)
        if picture:
            bind(self, studio.current_changed, self._attend)
            self._attend(studio.current)
            self.destroyed.connect(lambda: _leave(self._picture, self.soon))
        owner.installEventFilter(self)

    def soon(self, *_: object) -> None:
        """Something changed: the slot is called soon, or when the panel is seen again."""
        self._behind = True
        dragged = self._picture is not None and self._picture.document.preview_owner is not None
        wait = DRAG_MILLISECONDS if dragged else self._milliseconds
        # the end of a drag is not kept waiting by the last of its previews
        if self._owner.isVisible() and (not self._timer.isActive() or wait < self._timer.interval()):
            self._timer.start(wait)

    @property
    def waiting(self) -> bool:
        """True while a call is on its way."""
        return self._timer.isActive()

    def catch_up(self) -> None:
        """Calls the slot now if something changed since the last time."""
        picture = self._studio.current
        if picture is not None and picture.document.gesture_open:
            self._timer.start(PEN_DOWN_MILLISECONDS)
        elif self._behind and self._owner.isVisible():
            self._behind = False
            self._slot()

    def _attend(self, picture: Picture | None) -> None:
        _leave(self._picture, self.soon)
        self._picture = picture
        if picture is not None:
            for signal in (picture.document.changed, picture.document.history_changed):
                signal.connect(self.soon, check_nargs=False)
        self.soon()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and self._behind:
            self._timer.start(0)
        return False


def _leave(picture: Picture | None, slot: Callable[..., object]) -> None:
    if picture is not None:
        for signal in (picture.document.changed, picture.document.history_changed):
            signal.disconnect(slot, missing_ok=True)
