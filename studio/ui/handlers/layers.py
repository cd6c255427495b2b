"""What the window carries out for layers: the effects dialog, splitting detail and colour, renaming."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.ui.main_window import MainWindow
    from studio.ui.panels.layers import LayersPanel


def handlers(window: MainWindow) -> dict[str, Callable[[], object]]:
    """Handler by name, as :mod:`studio.workspace.actions.layer` uses it. Dialogs are loaded when they are first wanted."""
    studio = window.studio

    def effects() -> None:
        from studio.ui.dialogs.effects import EffectsDialog

        layer = studio.layers.active
        if studio.current is not None and layer is not None and studio.effects.check(layer):
            EffectsDialog(studio, layer.id, window).open()

    def separate() -> None:
        from studio.ui.dialogs.separate import SeparateDialog

        if studio.current is not None:
            SeparateDialog(studio, window).open()

    def rename() -> None:
        panel = cast("LayersPanel", window.docks.show_panel("layers"))
        panel.refresh()
        panel.rename()

    return {"effects": effects, "separate": separate, "rename_layer": rename}
