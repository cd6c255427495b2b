"""Which colour profile an export gets: a row, and where it is a table how colours go through it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from studio.project.errors import ExportError
from studio.project.export_profile import by_table, read_profile
from studio.project.options import ExportOptions
from studio.project.profiles import NAMES
from studio.ui import theme
from studio.ui.widgets.rows import ChoiceRow, SwitchRow

LINEAR = "Linear sRGB"
FILE = "file"
_ASK = "ask"


class ProfileRows(QWidget):
    """The picture's profile, a colour space, or an ICC file; ``problem`` says why a file could not be taken."""

    changed = Signal()

    def __init__(
        self,
        own_name: str,
        own: bytes,
        *,
        label_width: int = theme.LABEL_WIDTH,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._own_name, self._own = own_name, own
        self._icc, self._icc_name, self.problem = b"", "", ""
        translate = QCoreApplication.translate
        self.row = ChoiceRow(
            translate("Export", "Colour profile"), self._choices(), "keep", label_width=label_width
        )
        intents = [
            ("relative", translate("Export", "Relative colorimetric")),
            ("perceptual", translate("Export", "Perceptual")),
            ("saturation", translate("Export", "Saturation")),
            ("absolute", translate("Export", "Absolute colorimetric")),
        ]
        self.intent = ChoiceRow(
            translate("Export", "Rendering intent"), intents, "relative", label_width=label_width
        )
        self.black_point = SwitchRow(translate("Export", "Black point compensation"), True)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        for one in (self.row, self.intent, self.black_point):
            body.addWidget(one)
        self._before = "keep"
        self.row.chosen.connect(self._chosen)
        self._show()

    def _choices(self) -> list[tuple[str, str]]:
        translate = QCoreApplication.translate
        keep = translate("Export", "Keep the picture's ({name})").format(name=_named(self._own_name) or "ICC")
        convert = translate("Export", "Convert to {name}")
        found = [("keep", keep), *((name, convert.format(name=_named(name))) for name in NAMES)]
        if self._icc:
            found.append((FILE, convert.format(name=self._icc_name)))
        return [*found, (_ASK, translate("Export", "ICC file…"))]

    def _chosen(self, key: str) -> None:
        self.problem = ""
        if key == _ASK:
            self.row.set_value(self._before)
            self._ask()
        self._show()

    def _ask(self) -> None:
        translate = QCoreApplication.translate
        kinds = translate("Viewing", "Colour profiles") + " (*.icc *.icm *.ICC *.ICM)"
        dialog = QFileDialog(self, translate("Export", "Colour profile of the file"), "", kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take)
        dialog.open()

    def take(self, path: str) -> None:
        """Chooses the profile in the file at ``path``; one that cannot be used is told, and the choice stays."""
        self.problem = ""
        try:
            icc = read_profile(path)
        except ExportError as error:
            arguments = {"file": Path(error.file).name, **error.arguments}
            self.problem = QCoreApplication.translate("project", error.sentence).format(**arguments)
        else:
            self._icc, self._icc_name = icc, Path(path).name
            self.row.set_choices(self._choices(), FILE)
        self._show()

    def _show(self) -> None:
        """Intent and black point where they change anything."""
        self._before = self.row.value()
        table = by_table(ExportOptions(**self.values()), self._own)
        self.intent.setVisible(table)
        self.black_point.setVisible(table)
        self.changed.emit()

    def values(self) -> dict[str, Any]:
        """What was chosen, as fields of ExportOptions."""
        chosen = self.row.value()
        from_file = {"icc": self._icc, "icc_name": self._icc_name} if chosen == FILE else {}
        return {
            "profile": chosen, "intent": self.intent.value(), "black_point": self.black_point.isChecked(), **from_file,
        }  # fmt: skip


def _named(space: str) -> str:
    """A colour space in the language of the window; what only its profile calls itself stays."""
    return QCoreApplication.translate("actions", space) if space in NAMES else space
