"""Above the values of a custom kernel: its grid, and whether its numbers are made to add up to 1."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.filters.convolution import Convolution
from studio.raster.kernel_text import numbers_of
from studio.ui.language import Retranslated
from studio.ui.widgets.form import ParameterForm
from studio.ui.widgets.kernel_grid import KernelGrid
from studio.ui.widgets.rows import SwitchRow


def is_kernel(form: ParameterForm) -> bool:
    """Whether the values of a form are a kernel, so that a :class:`KernelRow` belongs above it."""
    return isinstance(form.values(), Convolution)


class KernelRow(Retranslated, QWidget):
    """Belongs to one form of ``convolution``; each entry is one change of it."""

    def __init__(self, form: ParameterForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self.grid = KernelGrid(form.values().kernel)
        self.normalised = SwitchRow(on=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.grid)
        column.addWidget(self.normalised)
        self.grid.changed.connect(lambda text: form.take(replace(form.values(), kernel=text), finished=True))
        self.normalised.clicked.connect(self._normalise)
        form.changed.connect(lambda _values: self.show_values())
        self.retranslate()
        self.show_values()

    def _normalise(self, on: bool) -> None:
        """Divided by the sum of the numbers; or, off, by 1."""
        self._form.take(replace(self._form.values(), divisor=0.0 if on else 1.0), finished=True)

    def show_values(self) -> None:
        """The grid shows the form's kernel."""
        values: Convolution = self._form.values()
        self.grid.set_text(values.kernel)
        total = float(numbers_of(values.kernel).sum()) or 1.0
        self.normalised.setChecked(values.divisor in (0.0, total))

    def retranslate(self) -> None:
        self.normalised.set_title(QCoreApplication.translate("Kernel", "Normalise: divide by the sum"))
