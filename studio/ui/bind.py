"""Binds signals of the workspace to widgets, for as long as the widget lives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from psygnal import SignalInstance
from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid


def bind(owner: QObject, signal: SignalInstance, slot: Callable[..., Any]) -> None:
    """Calls ``slot`` at each ``signal`` until ``owner`` is destroyed. To be called, and emitted, on the UI thread."""
    signal.connect(slot, check_nargs=False)
    owner.destroyed.connect(lambda: signal.disconnect(slot, missing_ok=True))


def bind_later(
    owner: QObject, signal: SignalInstance, slot: Callable[[], Any], milliseconds: int = 0
) -> None:
    """Calls ``slot`` once after any number of emissions within one turn of the event loop (or ``milliseconds``)."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(slot)

    def start(*_: Any) -> None:
        if not timer.isActive():
            timer.start()

    bind(owner, signal, start)


def while_there(owner: QObject, call: Callable[[Any], None]) -> Callable[[Any], None]:
    """``call`` as long as ``owner`` lives, then nothing: for the answer of a job that may outlive who asked for it."""

    def answered(event: Any) -> None:
        if isValid(owner):
            call(event)

    return answered
