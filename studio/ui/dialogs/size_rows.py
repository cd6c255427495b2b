"""Width, height, unit and resolution as rows of a dialog, tied to each other and to pixels."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.ui.dialogs.new_picture import PER_INCH, Size
from studio.ui.widgets import paint
from studio.ui.widgets.rows import ChoiceRow, SwitchRow, TextRow

LABEL = 128


class SizeRows(QWidget):
    """``changed`` with each usable entry and each unusable one; ``usable`` says which."""

    changed = Signal()

    def __init__(self, size: Size, *, linked: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.size_ = size
        self.usable = True
        self._first = size
        translate = QCoreApplication.translate
        self.wide = TextRow(translate("NewPicture", "Width"), label_width=LABEL)
        self.high = TextRow(translate("NewPicture", "Height"), label_width=LABEL)
        units = [(unit, unit) for unit in PER_INCH] + [("percent", "%")]
        self.unit = ChoiceRow(translate("NewPicture", "Unit"), units, size.unit, label_width=LABEL)
        self.ppi = TextRow(translate("NewPicture", "Pixels per inch"), label_width=LABEL)
        self.link = SwitchRow(translate("ImageSize", "Keep proportions"))
        self.link.setChecked(linked)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        for row in (self.wide, self.high, self.unit, self.ppi, self.link):
            box.addWidget(row)
        self.link.setVisible(linked)
        self.wide.field.textEdited.connect(lambda: self._typed("wide"))
        self.high.field.textEdited.connect(lambda: self._typed("high"))
        self.ppi.field.textEdited.connect(lambda: self._typed("ppi"))
        self.unit.chosen.connect(lambda _unit: self._write())
        self._write()

    def pixels(self) -> tuple[int, int]:
        return self.size_.pixels()

    def show_pixels(self, width: int, height: int) -> None:
        """Another size, in pixels."""
        self.size_ = Size(width, height, "px", self.size_.ppi)
        self._write()

    def _factor(self) -> tuple[float, float]:
        """Numbers of the chosen unit for a pixel, across and down."""
        unit = self.unit.value()
        if unit == "percent":
            width, height = self._first.pixels()
            return 100 / width, 100 / height
        per_inch = PER_INCH[unit]
        factor = per_inch / self.size_.ppi if per_inch else 1.0
        return factor, factor

    def _write(self, but: TextRow | None = None) -> None:
        width, height = self.pixels()
        across, down = self._factor()
        values = ((self.wide, width * across), (self.high, height * down), (self.ppi, self.size_.ppi))
        for row, value in values:
            if row is not but:
                row.field.setText(f"{value:.2f}".rstrip("0").rstrip("."))
        self.changed.emit()

    def _typed(self, which: str) -> None:
        row = {"wide": self.wide, "high": self.high, "ppi": self.ppi}[which]
        value = paint.parsed(row.field.text())
        self.usable = value is not None and value > 0
        if not self.usable or value is None:
            self.changed.emit()
            return
        width, height = self.pixels()
        across, down = self._factor()
        if which == "ppi":
            self.size_ = self._with_resolution(float(value))
        else:
            first_width, first_height = self._first.pixels()
            linked = self.link.isChecked() and not self.link.isHidden()
            if which == "wide":
                width = value / across
                height = width * first_height / first_width if linked else height
            else:
                height = value / down
                width = height * first_width / first_height if linked else width
            self.size_ = Size(width, height, "px", self.size_.ppi)
        self._write(but=row)

    def _with_resolution(self, ppi: float) -> Size:
        """Pixels stay where sizes are counted in pixels; millimetres and inches stay where they are counted so."""
        width, height = self.pixels()
        if self.unit.value() in ("px", "percent"):
            return Size(width, height, "px", ppi)
        share = ppi / self.size_.ppi
        return Size(width * share, height * share, "px", ppi)
