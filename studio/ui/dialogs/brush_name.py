"""Name, folder and tags of a brush: asked for a new one, or changed for one of the library."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from studio.project.brushes.preset import Preset
from studio.ui.dialogs.frame import Frame
from studio.ui.language import spoken
from studio.ui.widgets.rows import TextRow
from studio.workspace.studio import Studio

MOST_TAGS = 12


class BrushNameDialog(Frame):
    """For ``preset`` None the brush in the hand becomes a new preset."""

    def __init__(self, studio: Studio, preset: Preset | None, parent: QWidget | None = None) -> None:
        new = preset is None
        title = (
            QCoreApplication.translate("Brushes", "Save brush as")
            if new
            else QCoreApplication.translate("Brushes", "Name and tags")
        )
        super().__init__(title, parent)
        self._studio, self._preset = studio, preset
        start = preset or studio.brushes.current
        self.name = TextRow(QCoreApplication.translate("Brushes", "Name"))
        self.folder = TextRow(QCoreApplication.translate("Brushes", "Folder"))
        self.tags = TextRow(QCoreApplication.translate("Brushes", "Tags"))
        for row in (self.name, self.folder, self.tags):
            self.body.addWidget(row)
        if start is not None:
            shown = start.named(spoken())
            words = QCoreApplication.translate("Brushes", "{name} 2").format(name=shown)
            self.name.field.setText(words if new else shown)
            own_folder = "" if new and studio.brushes.is_built_in(start.id) else _folder_words(start.folder)
            self.folder.field.setText(own_folder or (self._own_folder() if new else ""))
            self.tags.field.setText(", ".join(start.tags))
        self.add_sentence(QCoreApplication.translate("Brushes", "Several tags are divided by commas."))
        self.add_cancel()
        self.verb = self.add_verb(QCoreApplication.translate("Brushes", "Save"), self._save, main=True)
        self.name.field.textChanged.connect(lambda text: self.verb.setEnabled(bool(text.strip())))
        self.name.field.selectAll()
        self.name.field.setFocus()

    def _own_folder(self) -> str:
        return QCoreApplication.translate("Brushes", "My brushes")

    def _save(self) -> None:
        name, folder = self.name.field.text().strip(), self.folder.field.text().strip()
        known = {_folder_words(one): one for one in self._studio.brushes.folders}
        folder = known.get(folder, folder)
        parts = self.tags.field.text().replace("，", ",").replace("、", ",").split(",")
        tags = tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))[:MOST_TAGS]
        if not name:
            return
        if self._preset is None:
            self._studio.brushes.save_as(name, folder, tags)
        else:
            self._studio.brushes.describe(self._preset.id, title=name, folder=folder, tags=tags)
        self.accept()


def _folder_words(folder: str) -> str:
    return QCoreApplication.translate("brush-folders", folder) if folder else ""
