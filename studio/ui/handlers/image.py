"""What the window carries out for the Image menu: its dialogs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.ui.main_window import MainWindow
    from studio.workspace.assembling import Kind


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

    def content_aware_scale() -> None:
        from studio.ui.dialogs.content_scale import ContentScaleDialog

        studio.settle()
        if studio.current is not None:
            ContentScaleDialog(studio, window).open_beside(window.canvas)

    def cut_out() -> None:
        from studio.ui.dialogs.cut_out import CutOutDialog

        studio.settle()
        if studio.current is not None:
            CutOutDialog(studio, window).open()

    def stitch_panorama() -> None:
        from studio.ui.dialogs.panorama import open_panorama

        open_panorama(studio, window)

    def material_preview() -> None:
        from studio.ui.dialogs.material import MaterialDialog

        studio.settle()
        if studio.current is not None:
            MaterialDialog(studio, window).open()

    return {
        "stitch_panorama": stitch_panorama,
        "cut_out": cut_out,
        "material_preview": material_preview,
        "collage": partial(_assemble, window, "collage"),
        "photomosaic": partial(_assemble, window, "photomosaic"),
        "folder_detail": partial(_folder_detail, window),
        "content_aware_scale": content_aware_scale,
        "fill_from_surroundings": partial(_fill, window),
        **{name: partial(_repair, window, name) for name in ("make_seamless", "quilt", "select_flaws")},
        "image_size": image_size,
        "canvas_size": canvas_size,
        "layer_size": partial(_layer_size, window),
    }


def _fill(window: MainWindow) -> None:
    from studio.ui.dialogs.repair import FillDialog

    window.studio.settle()
    if window.studio.current is not None:
        FillDialog(window.studio, window).open_beside(window.canvas)


def _repair(window: MainWindow, name: str) -> None:
    from studio.ui.dialogs.selecting import SelectingDialog
    from studio.workspace.repair_forms import FORMS

    window.studio.settle()
    if window.studio.current is not None:
        SelectingDialog(window.studio, FORMS[name], window).open_beside(window.canvas)


def _assemble(window: MainWindow, kind: Kind) -> None:
    from studio.ui.dialogs.assemble import AssembleDialog

    window.studio.settle()
    AssembleDialog(window.studio, kind, window).open()


def _folder_detail(window: MainWindow) -> None:
    from studio.ui.dialogs.assemble import FolderDetailDialog

    window.studio.settle()
    if window.studio.current is not None:
        FolderDetailDialog(window.studio, window).open()


def _layer_size(window: MainWindow) -> None:
    from studio.document.errors import EditError
    from studio.ui.dialogs.layer_size import LayerSizeDialog
    from studio.workspace.layer_size import frame_of

    studio = window.studio
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
