"""The question before a generated layer becomes paint."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from studio.ui.dialogs.decision import DecisionDialog
from studio.ui.widgets.rows import SwitchRow
from studio.workspace import rasterising
from studio.workspace.studio import Studio

translate = QCoreApplication.translate


def ask(studio: Studio, parent: QWidget) -> None:
    """Asks about the active generated layer and rasterises it on yes, even if another one is active by then.

    With "Do not ask again" a yes is kept in the settings; after a Cancel the question comes again.
    """
    layer = studio.layers.active
    if layer is None:
        return

    def go() -> None:
        if quiet.isChecked():
            studio.change_settings(ask_before_rasterising=False)
        rasterising.rasterise(studio, layer.id)

    dialog = DecisionDialog(
        translate("Rasterise", "Rasterise layer"),
        translate(
            "Rasterise",
            "The generated layer becomes a paint layer of the picture it shows now. Its sliders and its other variants are lost;"
            " undo brings them back.",
        ),
        ((translate("Rasterise", "Rasterise"), go),),
        parent,
    )
    quiet = SwitchRow(translate("Rasterise", "Do not ask again"))
    quiet.setToolTip(translate("Rasterise", "Can be asked again: Edit ▸ Settings"))
    dialog.body.addWidget(quiet)
    dialog.end_with_picture(studio)
    dialog.open()
