"""Layer size: what a layer shows, resampled to another size."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QWidget

from studio.raster.geometry import Rect
from studio.ui.dialogs.frame import Frame
from studio.ui.dialogs.image_size import chosen, kernel_words
from studio.ui.dialogs.new_picture import LARGEST, Size
from studio.ui.dialogs.size_rows import LABEL, SizeRows
from studio.ui.widgets.rows import ChoiceRow
from studio.workspace import layer_size, reshaping
from studio.workspace.studio import Studio


class LayerSizeDialog(Frame):
    """Asks for size and kernel. ``frame``: what the layer covers now, in document pixels."""

    def __init__(self, studio: Studio, layer_id: str, frame: Rect, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        super().__init__(translate("LayerSize", "Layer size"), parent)
        assert studio.current is not None
        self._studio, self._layer, self._before = studio, layer_id, (frame.width, frame.height)
        ppi = studio.current.document.artwork.ppi
        self.rows = SizeRows(Size(frame.width, frame.height, "px", ppi), linked=True)
        self.rows.ppi.hide()
        self.kernel = ChoiceRow(
            translate("ImageSize", "Resampling"), kernel_words(), "automatic", label_width=LABEL
        )
        self.sum = QLabel()
        self.sum.setProperty("quiet", True)
        for widget in (self.rows, self.kernel, self.sum):
            self.body.addWidget(widget)
        self.add_cancel()
        self.apply_button = self.add_verb(translate("ImageSize", "Resize"), self.resize_layer, main=True)
        self.rows.changed.connect(self._sum)
        self._sum()

    def _sum(self) -> None:
        width, height = self.rows.pixels()
        fits = self.rows.usable and max(width, height) <= LARGEST and width * height <= reshaping.MOST_PIXELS
        self.apply_button.setEnabled(fits)
        if fits:
            self.sum.setText("{} × {} → {} × {}".format(*self._before, width, height))
        else:
            words = QCoreApplication.translate(
                "ImageSize", "Width, height and resolution are numbers above 0; at most {side} pixels a side."
            )
            self.sum.setText(words.format(side=LARGEST))

    def resize_layer(self) -> None:
        """Resizes and closes."""
        width, height = self.rows.pixels()
        kernel = chosen(self.kernel.value(), self._before, (width, height))
        self.accept()
        layer_size.resize(self._studio, self._layer, width, height, kernel)
