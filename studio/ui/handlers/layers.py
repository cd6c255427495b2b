"""What the window carries out for layers: the effects dialog, splitting detail and colour, names, what a layer holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from studio.document.layer import Derived, Fill, Filter, Generated, Shape, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.ui.main_window import MainWindow
    from studio.ui.panels.layers import LayersPanel


def handlers(window: MainWindow) -> dict[str, Callable[[], object]]:
    """Handler by name, as :mod:`studio.workspace.actions.layer` uses it. Dialogs are loaded when they are first wanted."""
    studio = window.studio

    def effects() -> None:
        from studio.ui.dialogs.effects import EffectsDialog

        if layers := studio.effects.able():
            EffectsDialog(studio, tuple(layer.id for layer in layers), window).open()

    def separate() -> None:
        from studio.ui.dialogs.separate import SeparateDialog

        if studio.current is not None:
            SeparateDialog(studio, window).open_beside(window.canvas)

    def fuse() -> None:
        from studio.ui.dialogs.fuse import FuseDialog

        if studio.current is not None:
            FuseDialog(studio, window).open()

    def rename() -> None:
        panel = cast("LayersPanel", window.docks.show_panel("layers"))
        panel.refresh()
        panel.rename()

    def rename_several() -> None:
        from studio.ui.dialogs.layer_names import LayerNamesDialog

        if studio.layers.active is not None:
            LayerNamesDialog(studio, window).open()

    return {
        "effects": effects,
        "separate": separate,
        "fuse": fuse,
        "rename_layer": rename,
        "rename_layers": rename_several,
        "edit_layer": lambda: _edit(window),
    }


def _edit(window: MainWindow) -> None:
    """Takes up what the active layer holds: words, outline, values."""
    layer = window.studio.layers.active
    if isinstance(layer, Filter):
        window.docks.show_panel("filters")
    elif isinstance(layer, Generated):
        window.docks.show_panel("explore")
    elif layer is not None:
        kinds = {Text: "edit-text", Shape: "edit-shape", Fill: "edit-fill-layer", Derived: "edit-fill-layer"}
        window.actions_.run(kinds[type(layer)])
