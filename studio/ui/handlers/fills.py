"""What the window carries out for fill layers: the dialog of their values; and the question before rasterising."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.recipe import RecipeError
from studio.workspace import rasterising

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.ui.main_window import MainWindow


def handlers(window: MainWindow) -> dict[str, Callable[[], object]]:
    """Handler by name, as :mod:`studio.workspace.actions.fills` uses it. The dialog is loaded when it is first wanted."""
    studio = window.studio

    def edit() -> None:
        from studio.ui.dialogs.fill_layer import FillLayerDialog

        if studio.folder_layers.target is not None:
            from studio.ui.dialogs.assemble import FolderLayerDialog

            studio.settle()
            FolderLayerDialog(studio, studio.folder_layers.target, window).open()
            return
        layer = studio.fill_layers.target
        if layer is None:
            return
        studio.settle()
        try:
            FillLayerDialog(studio, layer, window).open()
        except RecipeError:  # values of another version: shown as they are
            return

    def write_loop() -> None:
        from studio.ui.dialogs.loop import LoopDialog

        layer = studio.fill_layers.target
        if layer is None:
            return
        studio.settle()
        try:
            LoopDialog(studio, layer.id, studio.fill_layers.values(layer), window).open()
        except RecipeError:
            return

    def rasterise() -> None:
        if not rasterising.asks(studio):
            rasterising.rasterise(studio)
            return
        from studio.ui.dialogs.rasterise import ask

        studio.settle()
        ask(studio, window)

    return {"edit_fill_layer": edit, "write_loop": write_loop, "rasterise": rasterise}
