"""How a picture came to be: its facts, its video."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.ui.main_window import MainWindow


def handlers(window: MainWindow) -> dict[str, Callable[[], object]]:
    """Handler by the name that actions give in ``ui``. Dialogs are loaded when they are first wanted."""
    studio = window.studio

    def video() -> None:
        from studio.ui.dialogs.process import ProcessVideoDialog

        if studio.current is not None:
            ProcessVideoDialog(studio, studio.current, window.window_actions.folder(), window).open()

    def facts() -> None:
        from studio.ui.dialogs.process import FactsDialog

        if studio.current is not None:
            FactsDialog(studio, studio.current, window.window_actions.folder(), window).open()

    return {"process_video": video, "picture_facts": facts}
