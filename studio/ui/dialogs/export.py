"""Export: the format with what it can keep, then where."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from studio.document.layer import Layer
from studio.project.options import ExportOptions
from studio.ui.dialogs.export_profile import LINEAR, ProfileRows
from studio.ui.dialogs.frame import Frame
from studio.ui.widgets.rows import ChoiceRow, SwitchRow
from studio.ui.widgets.value_slider import ValueSlider
from studio.workspace.picture import Picture
from studio.workspace.studio import Studio

LABEL = 120
FORMATS = {
    "png": ("PNG", True, False),
    "jpg": ("JPEG", False, True),
    "tif": ("TIFF", True, False),
    "webp": ("WebP", False, True),
    "ora": ("OpenRaster", False, False),
}
"""Suffix → name, whether 16 bits can be kept, whether there is a quality."""


class ExportDialog(Frame):
    """Format, bits or quality, profile, photo information; then a file dialog. ``layer``: that layer alone."""

    def __init__(
        self,
        studio: Studio,
        picture: Picture,
        folder: str,
        parent: QWidget | None = None,
        layer: Layer | None = None,
    ) -> None:
        title = QCoreApplication.translate("Export", "Export")
        if layer is not None:
            title = QCoreApplication.translate("Export", "Export layer")
        super().__init__(title, parent)
        self._studio, self._picture, self._folder, self._layer = studio, picture, folder, layer
        self._values = layer is not None and layer.data
        self._make_format_rows()
        self._make_information_rows()
        for row in (
            self.kind,
            self.bits,
            self.quality,
            self.lossless,
            self.profiles,
            self.metadata,
            self.note,
        ):
            self.body.addWidget(row)
        self.add_cancel()
        self.add_verb(QCoreApplication.translate("Export", "Export…"), self.ask, main=True)
        self.kind.chosen.connect(self.refresh)
        self.lossless.toggled.connect(self.refresh)
        self.bits.chosen.connect(self.refresh)
        self.refresh()

    def _make_format_rows(self) -> None:
        kinds = [
            (suffix, name)
            for suffix, (name, _, _) in FORMATS.items()
            if self._layer is None or suffix != "ora"
        ]
        self.kind = ChoiceRow(QCoreApplication.translate("Export", "Format"), kinds, "png", label_width=LABEL)
        bits = [
            ("0", QCoreApplication.translate("Export", "As the picture")),
            ("8", QCoreApplication.translate("Export", "8 bit")),
            ("16", QCoreApplication.translate("Export", "16 bit")),
        ]
        self.bits = ChoiceRow(
            QCoreApplication.translate("Export", "Bits per channel"),
            bits,
            "16" if self._values else "0",
            label_width=LABEL,
        )
        self.quality = ValueSlider(
            QCoreApplication.translate("Export", "Quality"),
            1,
            100,
            92,
            default=92,
            step=1,
            decimals=0,
            label_width=LABEL,
        )
        self.lossless = SwitchRow(QCoreApplication.translate("Export", "Lossless"))

    def _make_information_rows(self) -> None:
        space = self._picture.document.artwork.colour_space
        self.profiles = ProfileRows(space.name, space.icc, label_width=LABEL)
        self.profiles.changed.connect(self.refresh)
        self.metadata = SwitchRow(QCoreApplication.translate("Export", "Keep photo information (EXIF)"), True)
        self.note = QLabel()
        self.note.setProperty("quiet", True)
        self.note.setWordWrap(True)

    def refresh(self, *_: object) -> None:
        """Shows what the format can do."""
        deep, lossy = FORMATS[self.kind.value()][1:]
        layers = self.kind.value() == "ora"
        self.bits.setVisible(deep)
        self.quality.setVisible(lossy and not (self.kind.value() == "webp" and self.lossless.isChecked()))
        self.lossless.setVisible(self.kind.value() == "webp")
        for row in (self.profiles, self.metadata):
            row.setVisible(not layers and not self._values)
        self.note.setText(self._words())

    def _words(self) -> str:
        """What the choices mean for the picture."""
        deep, layers = FORMATS[self.kind.value()][1], self.kind.value() == "ora"
        words = ""
        if not layers and not self._values and self.profiles.problem:
            words = self.profiles.problem
        elif not layers and not self._values and self._coarse():
            words = QCoreApplication.translate(
                "Export",
                "Linear colours in 8 bits show steps in the shadows. Choose PNG or TIFF with 16 bits.",
            )
        elif self.kind.value() == "jpg":
            words = QCoreApplication.translate("Export", "JPEG has no transparency: white shows through.")
        elif layers:
            words = QCoreApplication.translate(
                "Export", "Keeps layers for Krita, GIMP and MyPaint; filter layers become pixels."
            )
        elif self._values and deep:
            words = QCoreApplication.translate(
                "Export", "This layer holds values: its numbers are written as they are, without a profile."
            )
        return words

    def _coarse(self) -> bool:
        """Whether linear numbers would have to do with 8 bits."""
        bits = self.options().bits
        eight = bits == 8 or (bits == 0 and self._picture.document.artwork.precision != "float32")
        return self.profiles.row.value() == LINEAR and (eight or not FORMATS[self.kind.value()][1])

    def options(self) -> ExportOptions:
        """What was chosen."""
        bits = int(self.bits.value()) if FORMATS[self.kind.value()][1] else 0
        return ExportOptions(
            bits=bits,  # type: ignore[arg-type]
            quality=round(self.quality.value()),
            lossless=self.lossless.isChecked(),
            metadata=self.metadata.isChecked(),
            **self.profiles.values(),
        )

    def ask(self) -> None:
        """Asks where, then exports in the background."""
        suffix, name = self.kind.value(), FORMATS[self.kind.value()][0]
        title = QCoreApplication.translate("Export", "Export as {name}").format(name=name)
        called = self._picture.title
        if self._layer is not None:
            called = f"{called} {self._layer.name}".replace("/", "-").replace("\\", "-")
        proposed = str(Path(self._folder) / f"{called}.{suffix}")
        dialog = QFileDialog(self.parentWidget(), title, proposed, f"{name} (*.{suffix})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._write(self.options()))
        self.accept()
        dialog.open()

    def _write(self, options: ExportOptions) -> Callable[[str], None]:
        filing, picture, layer = self._studio.filing, self._picture, self._layer
        if layer is None:
            return lambda path: filing.export(picture, path, options)
        return lambda path: filing.export_layer(picture, layer.id, path, options)
