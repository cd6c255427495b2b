"""Image size: all pixels at another size, or only another resolution."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QWidget

from studio.raster.rescale import KERNELS, Kernel
from studio.ui.dialogs.frame import Frame
from studio.ui.dialogs.new_picture import LARGEST, Size
from studio.ui.dialogs.size_rows import LABEL, SizeRows
from studio.ui.widgets.rows import ChoiceRow
from studio.workspace import imaging, reshaping
from studio.workspace.studio import Studio


def kernel_words() -> list[tuple[str, str]]:
    """(name, words) of the ways to resample, ``automatic`` first."""
    translate = QCoreApplication.translate
    return [
        ("automatic", translate("ImageSize", "Automatic")),
        ("lanczos", translate("ImageSize", "Lanczos (sharp)")),
        ("mitchell", translate("ImageSize", "Bicubic, Mitchell (smooth)")),
        ("area", translate("ImageSize", "Area (means)")),
        ("linear", translate("ImageSize", "Linear")),
        ("nearest", translate("ImageSize", "Nearest (hard pixels)")),
        ("epx", translate("ImageSize", "Pixel art, EPX (× 2, × 4, …)")),
        ("scale3x", translate("ImageSize", "Pixel art, Scale3x (× 3, × 9)")),
        ("xbr", translate("ImageSize", "Pixel art, smooth (xBR, × 2, × 4, …)")),
    ]


def chosen(kernel: str, before: tuple[int, int], after: tuple[int, int]) -> Kernel:
    """The kernel that is used; ``automatic`` averages where it becomes smaller and keeps edges where it becomes larger."""
    if kernel in KERNELS:
        return kernel
    return "lanczos" if after[0] * after[1] > before[0] * before[1] else "mitchell"


class ImageSizeDialog(Frame):
    """Asks for size, resolution and how pixels are resampled; ``none`` changes the resolution alone."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        super().__init__(translate("ImageSize", "Image size"), parent)
        assert studio.current is not None
        self._studio = studio
        self.end_with_picture(studio)
        artwork = studio.current.document.artwork
        self._before = (artwork.width, artwork.height)
        self.rows = SizeRows(Size(artwork.width, artwork.height, "px", artwork.ppi), linked=True)
        kernels = [*kernel_words(), ("none", translate("ImageSize", "No resampling, only the resolution"))]
        self.kernel = ChoiceRow(translate("ImageSize", "Resampling"), kernels, "automatic", label_width=LABEL)
        self.sum = QLabel()
        self.sum.setProperty("quiet", True)
        self.body.addWidget(self.rows)
        self.body.addWidget(self.kernel)
        self.body.addWidget(self.sum)
        self.add_cancel()
        self.apply_button = self.add_verb(translate("ImageSize", "Resize"), self.resize_picture, main=True)
        self.rows.changed.connect(self._sum)
        self.kernel.chosen.connect(self._kernel_chosen)
        self._sum()

    def _kernel_chosen(self, kernel: str) -> None:
        if kernel == "none":
            self.rows.show_pixels(*self._before)
        for row in (self.rows.wide, self.rows.high):
            row.setEnabled(kernel != "none")
        self._sum()

    def _sum(self) -> None:
        width, height = self.rows.pixels()
        fits = self.rows.usable and max(width, height) <= LARGEST
        fits = fits and width * height <= reshaping.MOST_PIXELS
        self.apply_button.setEnabled(fits)
        if not fits:
            words = QCoreApplication.translate(
                "ImageSize", "Width, height and resolution are numbers above 0; at most {side} pixels a side."
            )
            self.sum.setText(words.format(side=LARGEST))
            return
        words = QCoreApplication.translate("ImageSize", "{old} → {new} pixels, {millions} megapixels")
        old = f"{self._before[0]} × {self._before[1]}"
        self.sum.setText(
            words.format(old=old, new=f"{width} × {height}", millions=f"{width * height / 1e6:.1f}")
        )

    def resize_picture(self) -> None:
        """Resizes and closes."""
        width, height = self.rows.pixels()
        ppi, kernel = self.rows.size_.ppi, self.kernel.value()
        if kernel == "none":
            width, height = self._before
        self.accept()
        imaging.resize(self._studio, width, height, chosen(kernel, self._before, (width, height)), ppi)
