"""The pictures of a brush's tip and of its texture: shown, taken from files, taken away."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, QStandardPaths, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from studio.raster.tip import Tip
from studio.ui import theme
from studio.ui.language import Retranslated
from studio.ui.widgets.buttons import IconButton
from studio.workspace.brush_tips import take_texture, take_tips
from studio.workspace.studio import Studio

SIDE = 48
MOST_SHOWN = 64


def tip_picture(tip: Tip, side: int) -> QPixmap:
    """A tip as it would print, in the theme's text colour; a coloured one in its own."""
    pixels = tip.pixels()
    height, width = pixels.shape[:2]
    if pixels.ndim == 3:
        image = QImage(pixels.tobytes(), width, height, width * 4, QImage.Format.Format_RGBA8888)
    else:
        cover = QImage(pixels.tobytes(), width, height, width, QImage.Format.Format_Alpha8)
        image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(theme.current().colour("text"))
        painter = QPainter(image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
        painter.drawImage(0, 0, cover)
        painter.end()
    mode = Qt.TransformationMode.SmoothTransformation
    return QPixmap.fromImage(image.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, mode))


class TipRows(Retranslated, QWidget):
    """The tips of the brush in the hand."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._shown: tuple[Tip, ...] = ()
        self.list = QListWidget()
        self.list.setViewMode(QListWidget.ViewMode.IconMode)
        self.list.setIconSize(QSize(SIDE, SIDE))
        self.list.setMovement(QListWidget.Movement.Static)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setFixedHeight(SIDE + 20)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSelectionMode(QListWidget.SelectionMode.SingleSelection)
        self.add, self.remove = IconButton("folder-open"), IconButton("trash-2")
        self.add.clicked.connect(self._ask)
        self.remove.clicked.connect(self._take_away)
        buttons = QVBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(self.add)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 8, 0, 0)
        line.setSpacing(4)
        line.addWidget(self.list, 1)
        line.addLayout(buttons)
        self.retranslate()
        self.refresh()

    def refresh(self) -> None:
        """Shows the tips where the brush prints pictures."""
        brush = self._studio.painting.brush
        self.list.setVisible(brush.tip == "image")
        self.remove.setVisible(brush.tip == "image")
        self.remove.setEnabled(len(brush.tips) > 1)
        if brush.tips is self._shown:
            return
        self._shown = brush.tips
        self.list.clear()
        for tip in brush.tips[:MOST_SHOWN]:
            item = QListWidgetItem(QIcon(tip_picture(tip, SIDE)), "")
            words = QCoreApplication.translate("BrushEditor", "Tip of {width} × {height} px")
            item.setToolTip(words.format(width=tip.width, height=tip.height))
            self.list.addItem(item)

    def _ask(self) -> None:
        dialog = _picture_dialog(self, QCoreApplication.translate("BrushEditor", "Pictures as tips"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda files: take_tips(self._studio, tuple(files)))
        dialog.open()

    def _take_away(self) -> None:
        row = max(self.list.currentRow(), 0)
        tips = self._studio.painting.brush.tips
        if len(tips) > 1:
            self._studio.painting.change_brush(tips=tips[:row] + tips[row + 1 :])

    def retranslate(self) -> None:
        self.list.setAccessibleName(QCoreApplication.translate("recipe", "Tip images"))
        self.add.set_name(QCoreApplication.translate("BrushEditor", "Pictures as tips…"))
        self.remove.set_name(QCoreApplication.translate("BrushEditor", "Take the tip away"))


class TextureRow(Retranslated, QWidget):
    """The picture that the brush in the hand paints on, where its texture is one."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.picture = QLabel()
        self.picture.setFixedSize(SIDE * 2, SIDE * 2)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = QPushButton()
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._ask)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 8, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.picture)
        line.addWidget(self.button)
        line.addStretch(1)
        self.retranslate()
        self.refresh()

    def refresh(self) -> None:
        brush = self._studio.painting.brush
        image = brush.texture_image if brush.texture == "image" else None
        self.picture.setVisible(image is not None)
        if image is not None:
            self.picture.setPixmap(tip_picture(image, SIDE * 2))

    def _ask(self) -> None:
        dialog = _picture_dialog(self, QCoreApplication.translate("BrushEditor", "Picture as texture"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda file: take_texture(self._studio, file))
        dialog.open()

    def retranslate(self) -> None:
        words = QCoreApplication.translate("BrushEditor", "Picture as texture…")
        self.button.setText(words)
        self.button.setAccessibleName(words)
        self.picture.setAccessibleName(QCoreApplication.translate("recipe", "Texture image"))


def _picture_dialog(widget: QWidget, title: str) -> QFileDialog:
    pictures = QCoreApplication.translate("BrushEditor", "Pictures")
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    kinds = f"{pictures} (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.bmp *.gif)"
    dialog = QFileDialog(widget.window(), title, place, kinds)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog
