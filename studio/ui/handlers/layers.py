"""What the window carries out for layers: the effects dialog, splitting detail and colour, renaming, the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
from PySide6.QtGui import QGuiApplication, QImage

from studio.raster.colour import to_straight8
from studio.raster.geometry import Rect
from studio.ui.bind import bind

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.ui.main_window import MainWindow
    from studio.ui.panels.layers import LayersPanel


def handlers(window: MainWindow) -> dict[str, Callable[[], object]]:
    """Handler by name, as :mod:`studio.workspace.actions.layer` uses it. Dialogs are loaded when they are first wanted."""
    studio = window.studio
    bind(window, studio.merging.copied, to_clipboard)

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


def to_clipboard(pixels: np.ndarray, _place: Rect) -> None:
    """Premultiplied pixels as a picture for other programs, alpha included."""
    straight = np.ascontiguousarray(to_straight8(pixels))
    height, width = straight.shape[:2]
    image = QImage(straight.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)
    QGuiApplication.clipboard().setImage(image.copy())
