"""A row for a file whose contents a recipe keeps: its name, a button that chooses another, one that takes it out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.recipe import Attached, Parameter, RecipeError, attached
from studio.ui import theme
from studio.ui.language import Retranslated
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.rows import ElidedLabel, Row


class FileRow(Retranslated, Row):
    """``chosen`` brings the new contents. A file that is refused is named in the row, and what there was stays."""

    chosen = Signal(object)

    def __init__(
        self,
        parameter: Parameter,
        value: Attached,
        *,
        label_width: int = theme.LABEL_WIDTH,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(" ", label_width=label_width, parent=parent)
        self._parameter = parameter
        self._attached = value
        self._refusal: RecipeError | None = None
        self.name = ElidedLabel(token="secondary")
        self.open, self.clear = IconButton("folder-open", small=True), IconButton("x", small=True)
        self.line.addWidget(self.name, 1)
        self.line.addWidget(self.open)
        self.line.addWidget(self.clear)
        self.open.clicked.connect(self.ask)
        self.clear.clicked.connect(lambda: self._take(Attached()))
        self.retranslate()

    def attached(self) -> Attached:
        return self._attached

    def set_attached(self, value: Attached) -> None:
        """Shows another file without telling anybody."""
        self._attached, self._refusal = value, None
        self._show()

    def ask(self) -> QFileDialog:
        """The window that asks for a file."""
        endings = self._parameter.endings
        kinds = " ".join(f"*{ending} *{ending.upper()}" for ending in endings) or "*"
        title = QCoreApplication.translate("recipe", self._parameter.title)
        dialog = QFileDialog(self, title, "", f"{title} ({kinds})")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.read)
        dialog.open()
        return dialog

    def read(self, path: str) -> None:
        """Takes what stands in the file, or says why it cannot."""
        try:
            found = attached(self._parameter, Path(path))
        except RecipeError as error:
            self._refusal = error
            self._show()
            return
        self._take(found)

    def _take(self, value: Attached) -> None:
        self.set_attached(value)
        self.chosen.emit(value)

    def _show(self) -> None:
        error = self._refusal
        if error is not None:
            words = QCoreApplication.translate("recipe", error.text).format(**error.arguments)
        else:
            words = self._attached.name or QCoreApplication.translate("FileRow", "No file")
        self.name.token = "warn" if error is not None else "text" if self._attached.name else "secondary"
        self.name.set_text(words)
        self.clear.setEnabled(bool(self._attached.name))

    def _named(self, title: str) -> None:
        words = QCoreApplication.translate("FileRow", "{parameter}: choose a file")
        self.open.set_name(words.format(parameter=title))
        words = QCoreApplication.translate("FileRow", "{parameter}: take it out")
        self.clear.set_name(words.format(parameter=title))

    def retranslate(self) -> None:
        self._named(self.label.text())
        self._show()
