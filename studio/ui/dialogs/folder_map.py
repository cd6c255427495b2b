"""The map of a folder: its pictures by what a model finds in them, and a brush that draws what is between them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from studio.ui.bind import bind, bind_later
from studio.ui.dialogs.find_in_model import PictureField
from studio.ui.dialogs.frame import Frame
from studio.ui.language import joined
from studio.ui.widgets.cards import Card
from studio.ui.widgets.map_view import MapView
from studio.ui.widgets.picture_strip import image_of_rgb
from studio.ui.widgets.value_slider import ValueSlider
from studio.workspace.code_map import OWNER, Mapped
from studio.workspace.studio import Studio

WIDTH, COLUMN = 760, 216


class FolderMapDialog(Frame):
    """Stays open beside the canvas. A drag over the map is one undo step of the selected generated layer, or a new one."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        super().__init__(translate("FolderMap", "Map of a folder"), parent, WIDTH)
        self._studio, self._map = studio, studio.generating.encoding.folder
        self._shown: Mapped | None = None
        self.folder, self.view = Card(icon="folder-open"), MapView()
        self.view.setAccessibleName(translate("FolderMap", "Map"))
        self.preview = PictureField(translate("FolderMap", "Under the brush"))
        self.radius = ValueSlider(
            translate("FolderMap", "Brush"),
            0.02,
            1.0,
            self.view.radius,
            default=0.2,
            step=0.01,
            signed=False,
            curve=2.0,
        )
        self.told, self.progress = QLabel(), QProgressBar()
        self.told.setWordWrap(True)
        self.told.setProperty("quiet", True)
        self.progress.setTextVisible(False)
        self.progress.setRange(0, 1000)
        self.progress.setFixedHeight(8)
        self.pin = QPushButton(translate("FolderMap", "Mix picked pictures"))
        self.pin.setAutoDefault(False)
        self._arrange()
        self.stop = self.add_verb(translate("FolderMap", "Stop"), self._map.stop)
        self.add_verb(translate("Dialog", "Close"), self.accept, main=True).setAutoDefault(False)
        self.folder.clicked.connect(self.ask_folder)
        self.radius.value_changed.connect(self.view.set_radius)
        self.view.brushed.connect(lambda x, y: self._map.brush((x, y), self.view.radius))
        self.view.released.connect(self._map.release)
        self.view.taken.connect(self._map.take)
        self.view.picked_changed.connect(self._show_picked)
        self.pin.clicked.connect(lambda _checked: self._map.pin(self.view.picked))
        bind(self, self._map.changed, self.refresh)
        bind_later(self, studio.exploring.quick.arrived, self._show_preview)
        self.refresh()

    def _arrange(self) -> None:
        line, column = QHBoxLayout(), QVBoxLayout()
        line.setSpacing(12)
        column.setSpacing(8)
        for widget in (self.folder, self.preview, self.radius, self.pin, self.progress):
            widget.setFixedWidth(COLUMN)
            column.addWidget(widget)
        column.addStretch(1)
        line.addWidget(self.view, 1)
        line.addLayout(column)
        self.body.addLayout(line, 1)
        self.body.addWidget(self.told)

    def ask_folder(self) -> QFileDialog:
        title = QCoreApplication.translate("FolderMap", "Folder of pictures")
        start = self._shown.folder if self._shown is not None else self._studio.training.pictures.folder
        dialog = QFileDialog(self, title, start)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._map.make)
        dialog.open()
        return dialog

    def refresh(self) -> None:
        translate, mapped = QCoreApplication.translate, self._map.mapped
        if mapped is not self._shown:
            self._shown = mapped
            images: list[QImage] = []
            names: list[str] = []
            for one in mapped.files if mapped is not None else ():
                images.append(image_of_rgb(one.thumbnail.array()))
                names.append(one.file)
            if mapped is not None:
                self.view.set_pictures(mapped.places, images, names)
        if mapped is not None:
            self.folder.set_texts(Path(mapped.folder).name, mapped.folder)
        else:
            line = translate("FolderMap", "of your own pictures; it is only read")
            self.folder.set_texts(translate("FolderMap", "Choose a folder…"), line)
        running = self._map.running
        self.folder.setEnabled(not running and self._studio.generating.encoding.able)
        self.view.setEnabled(mapped is not None)
        self.radius.setEnabled(mapped is not None)
        self.progress.setVisible(running)
        self.progress.setValue(round(1000 * self._map.part))
        self.stop.setVisible(running)
        self.told.setText(self._words(mapped))
        self._show_picked()
        self._show_preview()

    def _words(self, mapped: Mapped | None) -> str:
        translate = QCoreApplication.translate
        if self._map.problem:
            return self._map.problem
        if self._map.running:
            words = translate("FolderMap", "Pictures so far: {count}…")
            return words.format(count=self._map.count)
        if mapped is None:
            return translate(
                "FolderMap",
                "Pictures that the model finds alike come to lie near each other; a brush draws what is between them.",
            )
        words = translate("FolderMap", "Pictures: {count}; the map shows {share} of what sets them apart.")
        said = [words.format(count=len(mapped.files), share=f"{sum(mapped.shares):.0%}")]
        if mapped.skipped:
            words = translate("FolderMap", "Files that cannot be read or are too small: {count}.")
            said.append(words.format(count=len(mapped.skipped)))
        if mapped.left:
            words = translate("FolderMap", "Left out by chance: {count}.")
            said.append(words.format(count=mapped.left))
        said.append(
            translate(
                "FolderMap", "Drag to draw, double-click to take a picture, Ctrl-click to pick several."
            )
        )
        self.told.setToolTip("\n".join(mapped.skipped[:40]))
        return joined(said)

    def _show_picked(self) -> None:
        self.pin.setEnabled(len(self.view.picked) > 1)

    def _show_preview(self) -> None:
        request = self._map.preview_request
        pixels = self._studio.exploring.quick.of(request) if request is not None else None
        if pixels is not None:
            self.preview.show_image(image_of_rgb(pixels))

    def done(self, result: int) -> None:
        self.view.finish()
        self._map.stop()
        self._studio.exploring.quick.stop(OWNER)
        super().done(result)
