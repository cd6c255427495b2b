"""The dialogs of the Select menu."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from studio.workspace.selecting_forms import FORMS

if TYPE_CHECKING:
    from studio.ui.main_window import MainWindow


def handlers(window: MainWindow) -> dict[str, Callable[[], object]]:
    """Handler by the name that actions give in ``ui``. Dialogs are loaded when they are first wanted."""
    found: dict[str, Callable[[], object]] = {name: partial(_ask, window, name) for name in FORMS}
    found["saved_selections"] = partial(_saved, window)
    return found


def _ask(window: MainWindow, name: str) -> None:
    from studio.ui.dialogs.selecting import SelectingDialog

    window.studio.settle()
    if window.studio.current is not None:
        SelectingDialog(window.studio, FORMS[name], window).open_beside(window.canvas)


def _saved(window: MainWindow) -> None:
    from studio.ui.dialogs.selecting import SavedSelectionsDialog

    if window.studio.current is not None:
        SavedSelectionsDialog(window.studio, window).open()
