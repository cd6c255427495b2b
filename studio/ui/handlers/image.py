"""What the window carries out for the Image menu: its dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.ui.main_window import MainWindow


def handlers(window: MainWindow) -> dict[str, Callable[[], object]]:
    """Handler by name, as :mod:`studio.workspace.actions.image` uses it. Dialogs are loaded when they are first wanted."""
    studio = window.studio

    def image_size() -> None:
        from studio.ui.dialogs.image_size import ImageSizeDialog

        if studio.current is not None:
            ImageSizeDialog(studio, window).open()

    def canvas_size() -> None:
        from studio.ui.dialogs.canvas_size import CanvasSizeDialog

        if studio.current is not None:
            CanvasSizeDialog(studio, window).open()

    def layer_size() -> None:
        from studio.document.errors import EditError
        from studio.ui.dialogs.layer_size import LayerSizeDialog
        from studio.workspace.layer_size import frame_of

        studio.settle()
        layer = studio.layers.active
        if studio.current is None or layer is None:
            return
        try:
            frame = frame_of(studio.current.document.committed, layer.id)
        except EditError as error:
            studio.refuse(error)
            return
        LayerSizeDialog(studio, layer.id, frame, window).open()

    def content_aware_scale() -> None:
        from studio.ui.dialogs.selecting import SelectingDialog
        from studio.workspace.repairing import FORM

        studio.settle()
        if studio.current is not None:
            SelectingDialog(studio, FORM, window).open()

    return {
        "content_aware_scale": content_aware_scale,
        "image_size": image_size,
        "canvas_size": canvas_size,
        "layer_size": layer_size,
    }
