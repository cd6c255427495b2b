"""What a batch needs: a recipe, the folder of pictures, the folder for the results. All three can be dropped on it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.project import filter_recipes
from studio.ui import batching
from studio.ui.dialogs.frame import Frame
from studio.ui.incoming import local_files
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.rows import ElidedLabel, Row, SwitchRow
from studio.ui.widgets.value_slider import ValueSlider
from studio.workspace.studio import Studio

WIDTH = 480


class PathRow(Row):
    """A label, a path, and a button that asks for another one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.path: Path | None = None
        self.words, self.choose = ElidedLabel(), IconButton("folder-open", small=True)
        self.line.addWidget(self.words, 1)
        self.line.addWidget(self.choose)

    def set_path(self, path: Path | None, otherwise: str) -> None:
        self.path = path
        self.words.set_text(str(path) if path is not None else otherwise)
        self.words.token = "text" if path is not None else "secondary"


class FilterBatchDialog(Frame):
    """Without a recipe file the filter layers of the current picture are the recipe."""

    def __init__(self, studio: Studio, parent: QWidget | None = None, folder: Path | None = None) -> None:
        super().__init__(QCoreApplication.translate("Filter", "Batch"), parent, WIDTH)
        self._studio = studio
        self.setAcceptDrops(True)
        words = QCoreApplication.translate(
            "Filter",
            "Filters every picture of a folder into another one; the pictures themselves stay as they are. Started "
            "again, a batch does only what is not done yet.",
        )
        self.add_sentence(words)
        self.recipe, self.source, self.target = (PathRow() for _ in range(3))
        titles = (
            QCoreApplication.translate("Filter", "Recipe"),
            QCoreApplication.translate("Filter", "Pictures"),
            QCoreApplication.translate("Filter", "Results"),
        )
        for row, title, ask in zip(
            (self.recipe, self.source, self.target),
            titles,
            (self._ask_recipe, lambda: self._ask_folder(self.source), lambda: self._ask_folder(self.target)),
            strict=True,
        ):
            row.set_title(title)
            row.choose.set_name(QCoreApplication.translate("Filter", "{row}: choose").format(row=title))
            row.choose.clicked.connect(ask)
            self.body.addWidget(row)
        self.labelled = SwitchRow(QCoreApplication.translate("Filter", "A labelled set to learn from"))
        self.labelled.setToolTip(
            QCoreApplication.translate(
                "Filter",
                "Draws the parameters of the filters anew for each result and notes them beside it, with a caption; started again it makes all of them once more",
            )
        )
        self.each = ValueSlider(
            QCoreApplication.translate("Filter", "Results of each"), 1.0, 100.0, 4.0, hard_high=10_000.0, step=1.0,
            decimals=0, curve=2.0, signed=False,
        )  # fmt: skip
        self.labelled.toggled.connect(self.each.setEnabled)
        self.each.setEnabled(False)
        self.body.addWidget(self.labelled)
        self.body.addWidget(self.each)
        self.add_cancel()
        self.start = self.add_verb(QCoreApplication.translate("Filter", "Start"), self.accept, main=True)
        self._stack = filter_recipes.of_layers(studio.filtering.stacks.stack)
        self.take(folder)

    def take(self, path: Path | None) -> None:
        """A file is a recipe, a folder the pictures; their results go beside it until another place is chosen."""
        if path is not None and path.is_dir():
            before = self.source.path
            self.source.path = path
            if self.target.path is None or self.target.path == _beside(before):
                self.target.path = _beside(path)
        elif path is not None:
            self.recipe.path = path
        self._show()

    def _show(self) -> None:
        here = QCoreApplication.translate("Filter", "The filters of this picture: {count}")
        none = QCoreApplication.translate("Filter", "Choose a recipe, or drop it here")
        self.recipe.set_path(self.recipe.path, here.format(count=len(self._stack)) if self._stack else none)
        wanted = QCoreApplication.translate("Filter", "Choose a folder, or drop it here")
        for row in (self.source, self.target):
            row.set_path(row.path, wanted)
        paths = self.source.path, self.target.path
        recipe = self.recipe.path is not None or bool(self._stack)
        self.start.setEnabled(recipe and None not in paths and paths[0] != paths[1])

    def _ask_recipe(self) -> None:
        kinds = QCoreApplication.translate("Filter", "Filter recipes (*.json)")
        dialog = QFileDialog(self, QCoreApplication.translate("Filter", "Recipe"), "", kinds)
        dialog.fileSelected.connect(lambda path: self.take(Path(path)))
        dialog.open()

    def _ask_folder(self, row: PathRow) -> None:
        dialog = QFileDialog(self, row.label.text(), str(row.path or ""))
        dialog.setFileMode(QFileDialog.FileMode.Directory)

        def chosen(path: str) -> None:
            if row is self.source:
                self.take(Path(path))
            else:
                row.path = Path(path)
                self._show()

        dialog.fileSelected.connect(chosen)
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for path in local_files(event.mimeData()):
            self.take(Path(path))
        event.acceptProposedAction()

    def accept(self) -> None:
        assert self.source.path is not None and self.target.path is not None
        recipe = self.recipe.path if self.recipe.path is not None else self._stack
        owner = self.parent() or self
        super().accept()
        each = round(self.each.value()) if self.labelled.isChecked() else 0
        batching.begin(self._studio, recipe, self.source.path, self.target.path, owner, each)


def _beside(folder: Path | None) -> Path | None:
    """Where results go unless it is said otherwise."""
    return None if folder is None else folder.with_name(f"{folder.name}-filtered")
